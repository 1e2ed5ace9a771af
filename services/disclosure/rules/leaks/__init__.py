"""The gate before everything that is published: it stops with what it found, and never repeats it in full."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from services.common.policy.articles import PIPL_6, R5_4
from services.common.policy.law import Finding, Refused, rule
from services.disclosure.rules.leaks.found import WORDS, Leak, LeakKind
from services.disclosure.rules.leaks.name import LONGEST_NAME, NameNotPublishable, publishable_name
from services.disclosure.rules.leaks.numbers import numbers_in
from services.disclosure.rules.leaks.words import words_in

__all__ = [
    "LONGEST_NAME",
    "LeakFound",
    "LeakKind",
    "NameNotPublishable",
    "leaks_in",
    "publishable_name",
    "publishable_text",
]


class LeakFound(Refused):
    """A text or file that is to be published holds what must not get out."""

    code: ClassVar[str] = "leak-found"

    def __init__(self, what: str, leaks: Sequence[Leak]) -> None:
        self.leaks = tuple(leaks)
        shown = "；".join(str(leak) for leak in leaks[:5])
        more = f"；另有{len(leaks) - 5}处" if len(leaks) > 5 else ""
        super().__init__(R5_4, f"{what}里有不能公开的内容，未发布：{shown}{more}。请删去后再发布")


@rule(R5_4, PIPL_6)
def leaks_in(text: str, allowed: Collection[str] = ()) -> tuple[Leak, ...]:
    """Everything in a text that must not be public; `allowed` are the office's own."""
    for known in sorted(allowed, key=len, reverse=True):
        text = text.replace(known, "。") if known else text
    return (*numbers_in(text), *words_in(text))


@rule(R5_4, PIPL_6)
def publishable_text(
    what: str, text: str, *, allowed: Collection[str] = (), words_reviewed: bool = False
) -> Finding[str]:
    """A text that may be published; numbers and addresses always stop it.

    The law itself speaks of illnesses and grades of disability. Where somebody has read the text and answers
    that it speaks of nobody, such words may stay.
    """
    found = [leak for leak in leaks_in(text, allowed) if not (words_reviewed and leak.kind in WORDS)]
    if found:
        raise LeakFound(what, found)
    note = "，病名和残疾等级经核对不指向任何人" if words_reviewed else ""
    return Finding(R5_4, text, {"text": f"{what}经检查没有证件号码、电话、账号、住址{note}，可以公开"})
