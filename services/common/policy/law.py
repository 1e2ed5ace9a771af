"""How code points at the law: an article is cited, a finding is concluded under it, a refusal names it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Article:
    """One article: the id that code and tests cite, and the Chinese title that people read."""

    id: str
    title: str

    def __str__(self) -> str:
        return f"{self.id}{self.title}"


@dataclass(frozen=True, slots=True)
class Finding(Generic[T_co]):
    """One conclusion, its article and the facts it was drawn from; `facts["text"]` is for people."""

    article: Article
    value: T_co
    facts: Mapping[str, object]


class Refused(Exception):
    """The law says no. `code` is stable and for programs, `message` is a Chinese sentence for people."""

    code: ClassVar[str] = "refused"

    def __init__(self, article: Article, message: str) -> None:
        super().__init__(f"{message}（{article.title}）")
        self.article = article
        self.message = message


class Invalid(Exception):
    """The input is wrong; the message says what to do about the named field."""

    code: ClassVar[str] = "invalid"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}：{message}" if field else message)
        self.field = field
        self.message = message


class TooLarge(Invalid):
    """The input is larger than is taken in; the message says how large it may be."""

    code: ClassVar[str] = "too-large"


class Missing(Exception):
    """A thing that was asked for does not exist."""

    code: ClassVar[str] = "not-found"

    def __init__(self, what: str) -> None:
        super().__init__(f"没有找到{what}")
        self.what = what
        self.message = f"没有找到{what}"


class Conflict(Exception):
    """Somebody else changed it first, or it exists already with another content."""

    code: ClassVar[str] = "conflict"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Forbidden(Exception):
    """This person may not do this here; where an article forbids it, it is named."""

    code: ClassVar[str] = "forbidden"

    def __init__(self, message: str, article: Article | None = None) -> None:
        super().__init__(f"{message}（{article.title}）" if article else message)
        self.message = message
        self.article = article


RULES: dict[str, list[str]] = {}


def rule(*articles: Article) -> Callable[[F], F]:
    """Register a function as what carries out these articles, for docs/regulations.md."""

    def register(function: F) -> F:
        place = f"{function.__module__}:{function.__qualname__}"
        for article in articles:
            places = RULES.setdefault(article.id, [])
            if place not in places:
                places.append(place)
        return function

    return register
