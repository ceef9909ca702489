"""Filling in a form found on a page, with no more freedom than a browser gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from tests.page_laws import Sheet

Value = str | list[str] | None
NOT_TYPED = {"submit", "button", "reset", "image"}


@dataclass(frozen=True)
class Filled:
    """A form ready to be sent."""

    action: str
    method: str
    pairs: list[tuple[str, str]]


def fill_in(
    sheet: Sheet,
    path: str,
    fields: Mapping[str, Value],
    *,
    action: str | None,
    press: str | None,
    value: str | None,
    htmx: bool,
) -> Filled:
    """Take what the form holds, change `fields` (a list for several, none for nothing), and press a button."""
    form = _form(sheet, action, press, value)
    controls = _controls(sheet, form)
    unknown = fields.keys() - {control.get("name") for control in controls}
    assert not unknown, f"the form {form.get('action')} has no field {', '.join(sorted(unknown))}"
    pairs = [pair for control in controls for pair in _pairs(control, fields)]
    for name, wanted in fields.items():
        assert _taken(pairs, name) == _listed(wanted), f"{name} cannot be {wanted!r}"
    button = next(one for one in _buttons(sheet, form) if _is_pressed(one, press, value))
    if button.get("name"):
        pairs.append((button.get("name"), button.get("value", "")))
    target = button.get("formaction") or form.get("action")
    if htmx:
        asks = [one for one in (button, form) if one.get("hx-post") or one.get("hx-get")]
        assert asks, f"the form {target} does not ask through htmx"
        target = asks[0].get("hx-post") or asks[0].get("hx-get")
    return Filled(urljoin(path, target), form.get("method", "get"), pairs)


def _form(sheet: Sheet, action: str | None, press: str | None, value: str | None) -> Any:
    found = [
        form
        for form in (sheet.all("//main//form") or sheet.all("//form"))
        if (action is None or form.get("action") == action)
        and any(_is_pressed(button, press, value) for button in _buttons(sheet, form))
    ]
    if not found and action is not None:
        found = [form for form in sheet.all("//form") if form.get("action") == action]
    assert len(found) == 1, f"{len(found)} forms fit, among {[form.get('action') for form in sheet.all('//form')]}"
    return found[0]


def _buttons(sheet: Sheet, form: Any) -> list[Any]:
    xpath = "button[not(@type='button')]|.//input[@type='submit']"
    return [*form.xpath(f".//{xpath}"), *_outside(sheet, form, "button")]


def _is_pressed(button: Any, press: str | None, value: str | None) -> bool:
    return (press is None or button.get("name") == press) and (value is None or button.get("value") == value)


def _controls(sheet: Sheet, form: Any) -> list[Any]:
    inside = [*form.xpath(".//input|.//select|.//textarea")]
    inside += [one for tag in ("input", "select", "textarea") for one in _outside(sheet, form, tag)]
    return [one for one in inside if one.get("name") and one.get("type") not in NOT_TYPED]


def _outside(sheet: Sheet, form: Any, tag: str) -> list[Any]:
    return sheet.all(f"//{tag}[@form='{form.get('id')}']") if form.get("id") else []


def _pairs(control: Any, fields: Mapping[str, Value]) -> list[tuple[str, str]]:
    name = control.get("name")
    wanted = _listed(fields[name]) if name in fields else None
    if control.tag == "select":
        options = control.xpath(".//option")
        offered = [option.get("value", "".join(option.itertext())) for option in options]
        chosen = [value for value, option in zip(offered, options, strict=True) if option.get("selected") is not None]
        before = chosen or ([] if control.get("multiple") is not None else offered[:1])
        return [(name, value) for value in (before if wanted is None else [v for v in wanted if v in offered])]
    if control.get("type") in {"radio", "checkbox"}:
        own = control.get("value", "on")
        is_on = control.get("checked") is not None if wanted is None else own in wanted
        return [(name, own)] if is_on else []
    before = [(control.text or "").removeprefix("\n") if control.tag == "textarea" else control.get("value", "")]
    return [(name, value) for value in (before if wanted is None else wanted)]


def _taken(pairs: list[tuple[str, str]], name: str) -> list[str]:
    return sorted(value for key, value in pairs if key == name)


def _listed(value: Value) -> list[str]:
    if value is None:
        return []
    return sorted(value) if isinstance(value, list) else [value]
