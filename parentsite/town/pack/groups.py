"""Reading the kinds of groups."""

from parentsite.town.groups import GroupForm, GroupKind
from parentsite.town.pack.table import Table
from parentsite.town.pack.values import provenance


def read_group_kinds(root: Table) -> tuple[GroupKind, ...]:
    """Every `[group_kinds.<code>]`, in the order in which pages show them; a town may have none."""
    return tuple(_kind(code, table) for code, table in root.named("group_kinds"))


def _kind(code: str, table: Table) -> GroupKind:
    table.book.claim(code, table.path)
    kind = GroupKind(
        code=code,
        form=table.choice("form", GroupForm),
        name=table.text("name"),
        text=table.text("text"),
        is_sensitive=table.flag("sensitive"),
        both_parents=table.flag("both_parents"),
        **provenance(table),
    )
    # One seat a child would tell the second parent that the first has chosen this kind.
    if kind.is_sensitive and not kind.both_parents:
        table.wrong("both_parents", "must be true for a sensitive kind: a refusal would tell of the other parent")
    return kind
