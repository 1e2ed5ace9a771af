"""Each function as it is documented: its examples run, in a form of their own."""

from __future__ import annotations

import pytest

from services.common.forms.compiler import FUNCTION_FILES
from services.common.forms.functions import FUNCTIONS, UNSUPPORTED, Function
from tests.unit.forms.filling import started

EXAMPLES = [
    pytest.param(expression, expected, id=expression)
    for function in FUNCTIONS.values()
    for expression, expected in function.examples
]


def test_all_files_of_functions_are_entered() -> None:
    assert len(FUNCTION_FILES) == 5
    assert not FUNCTIONS.keys() & UNSUPPORTED.keys()


@pytest.mark.parametrize(("expression", "expected"), EXAMPLES)
def test_an_example_gives_what_the_documentation_says(expression: str, expected: str) -> None:
    session = started(f"""
| survey | | | | |
| | type | name | label | calculation |
| | text | x | 甲 | |
| | calculate | result | | {expression.replace("|", "")} |
""")
    assert session.value("result") == expected


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS.keys())
def test_a_function_is_documented(function: Function) -> None:
    assert function.usage.startswith(function.name)
    assert function.meaning.endswith(".")
