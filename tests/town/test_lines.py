"""The line index against documents in every way TOML can be written."""

from hypothesis import given
from hypothesis import strategies as st

from parentsite.town.pack.lines import line_index, line_of

DOCUMENT = '''\
# a comment with [brackets] and "quotes
top = 1
[ a . "b c" ]
one = "x # no comment"
two.three = 'C:\\path'
list = [
  { name = "first", deep = { er = 1 } },  # [[no]]
  # only a comment
  { name = "]}" },
]
[[rows]]
text = """
[not.a.table]
key = "nor a key\\""" """
after = 2026-01-01
[rows.inner]
x = true
[[rows]]
[rows.inner]
y = \'\'\'
it''s\'\'\'
z = [[1, 2],
     [3]]
'''


def test_every_value_has_its_line() -> None:
    index = line_index(DOCUMENT)
    assert index[("top",)] == 2
    assert index[("a", "b c")] == 3
    assert index[("a", "b c", "one")] == 4
    assert index[("a", "b c", "two", "three")] == 5
    assert index[("a", "b c", "list", 0, "deep", "er")] == 7
    assert index[("a", "b c", "list", 1, "name")] == 9
    assert index[("rows", 0)] == 11
    assert index[("rows", 0, "after")] == 15
    assert index[("rows", 0, "inner", "x")] == 17
    assert index[("rows", 1)] == 18
    assert index[("rows", 1, "inner", "y")] == 20
    assert index[("rows", 1, "inner", "z", 1, 0)] == 23


def test_what_is_missing_has_the_line_of_the_table_around_it() -> None:
    index = line_index(DOCUMENT)
    assert line_of(("rows", 1, "inner", "absent"), index) == 19
    assert line_of(("nowhere", "at all"), index) == 1


def test_no_string_and_no_table_in_the_index() -> None:
    index = line_index(DOCUMENT)
    assert ("not", "a", "table") not in index
    assert not any("key" in path for path in index)


@given(st.lists(st.sampled_from(["x", "é", "[", "]", "#", "=", "{", ",", '\\"', "\\\\", "'"])))
def test_strings_never_lead_astray(signs: list[str]) -> None:
    document = f'before = ["{"".join(signs)}", 1]\nafter = 2\n'
    assert line_index(document)[("after",)] == 2
