"""More than 20,000 seeded texts: no number gets through in any writing, and ordinary sentences do."""

from __future__ import annotations

from collections import Counter

import pytest

from services.demo.numbers import seeded
from services.disclosure.rules.leaks import LeakKind, leaks_in
from services.disclosure.rules.leaks.found import WORDS
from services.disclosure.rules.leaks.words import STEMS
from tests.unit.disclosure.hidden import DIAGNOSES, NUMBERS, WRITINGS, hidden_numbers, ordinary

EACH = 150
ORDINARY_SENTENCES = 10_000
NUMBER_KINDS = set(LeakKind) - WORDS - {LeakKind.FILE_METADATA, LeakKind.ADDRESS}


@pytest.mark.law("R5.4", "PIPL.6")
def test_every_number_in_every_writing_is_found() -> None:
    missed: Counter[tuple[str, str]] = Counter()
    texts = 0
    for kind, writing, text in hidden_numbers(seeded(57), EACH):
        texts += 1
        if not {leak.kind for leak in leaks_in(text)} & NUMBER_KINDS:
            missed[kind, writing] += 1
    assert texts == len(NUMBERS) * len(WRITINGS) * EACH >= 10_000
    assert missed == {}


@pytest.mark.law("R5.4")
def test_fewer_than_one_ordinary_sentence_in_a_hundred_is_stopped() -> None:
    chance = seeded(2024)
    stopped = Counter(
        text for text in (ordinary(chance) for _ in range(ORDINARY_SENTENCES)) if leaks_in(text)
    )
    assert stopped.total() < ORDINARY_SENTENCES / 100, stopped.most_common(5)


@pytest.mark.law("R5.4", "PIPL.28")
def test_99_of_100_names_of_illnesses_are_found() -> None:
    assert len(DIAGNOSES) >= 500
    missed = [
        name
        for name in DIAGNOSES
        if LeakKind.DIAGNOSIS not in {leak.kind for leak in leaks_in(f"户主{name}，现予公示。")}
    ]
    assert len(missed) <= len(DIAGNOSES) / 100, missed


def test_no_name_of_the_list_stands_in_the_gates_own_words() -> None:
    assert set(STEMS) & set(DIAGNOSES) == set()
