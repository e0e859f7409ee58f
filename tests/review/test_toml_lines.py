"""The line of a key in a TOML file."""

from review.toml_lines import key_lines

TEXT = '''title = "x"
long = """
[not.a.table]
key = 1
"""
[points.common]
max = 30

[[grades]]
id = "a"
[[grades.rules]]
fact = "f"
[[grades]]
[[grades.rules]]
[[grades.rules]]
"quoted key" = 1
options = [  # two
  # first
  { id = "a" },

  { id = "b" },
]
after.dotted = 1
'''


def test_tables_keys_and_elements():
    assert dict(key_lines(TEXT)) == {
        ("title",): 1,
        ("long",): 2,
        ("points", "common"): 6,
        ("points", "common", "max"): 7,
        ("grades", 0): 9,
        ("grades", 0, "id"): 10,
        ("grades", 0, "rules", 0): 11,
        ("grades", 0, "rules", 0, "fact"): 12,
        ("grades", 1): 13,
        ("grades", 1, "rules", 0): 14,
        ("grades", 1, "rules", 1): 15,
        ("grades", 1, "rules", 1, "options"): 17,
        ("grades", 1, "rules", 1, "options", 0): 19,
        ("grades", 1, "rules", 1, "options", 1): 21,
        ("grades", 1, "rules", 1, "after", "dotted"): 23,
    }


def test_a_list_left_open_goes_on_to_the_end():
    assert dict(key_lines("a = [\n1,\n")) == {("a",): 1, ("a", 0): 2}
