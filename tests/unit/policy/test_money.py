"""Amounts: as written, as printed, rounded once."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.policy.law import Invalid
from services.common.policy.money import Fen, Rounding, exact_yuan, parse_yuan, round_once, yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1280", 128000), ("1,280.00", 128000), ("￥1,280.5元", 128050), (" 0.01 ", 1),
        ("１２８０．００", 128000),
        ("-3.20", -320), ("1,234,567.89", 123456789),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, fen: int):
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text", ["", "abc", "1.234", "1,28", "1e3", "12,34.00", "nan", "１,", "--1", "1 000", "9" * 5000]
)
def test_what_is_not_an_amount_is_refused(text: str):
    with pytest.raises(Invalid, match="金额"):
        parse_yuan(text)


@given(st.integers(-(10**14), 10**14))
def test_what_is_printed_is_read_back(fen: int):
    assert parse_yuan(yuan(fen)) == fen


@given(st.fractions(0, 10**9), st.sampled_from(Rounding))
def test_rounding_moves_by_less_than_a_coin_and_a_rounded_amount_stays(amount: Fraction, how: Rounding):
    coin = {"fen": 1, "jiao": 10, "yuan": 100}[how.value.rsplit("-", 1)[1]]
    rounded = round_once(amount, how)
    assert abs(rounded - amount) < coin
    assert rounded % coin == 0
    assert round_once(Fraction(rounded), how) == rounded
    assert not how.value.startswith("ceil") or rounded >= amount


def test_half_goes_up():
    assert round_once(Fraction(5, 2), "half-up-fen") == Fen(3)
    assert round_once(Fraction(101), Rounding.CEIL_YUAN) == Fen(200)


def test_an_unknown_rounding_is_refused():
    with pytest.raises(Invalid):
        round_once(Fraction(1), "bankers")


def test_an_unrounded_amount_is_marked():
    assert exact_yuan(Fraction(100000, 3)) == "333.3333…"
    assert exact_yuan(Fraction(-100000, 3)) == "-333.3333…"
    assert exact_yuan(Fraction(128000)) == "1,280.00"
