"""What every chapter of the story has at hand: the system, the people in it, and the narrator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from services.common.policy.articles import ARTICLES
from services.common.policy.calendar import SHANGHAI
from services.story.checks import StoryFailed
from services.story.system import Person, Stubs, System

MORNING = time(9, 0)
# The system the story is told on starts on a Monday, nine in the morning in Shanghai.
START = datetime(2026, 9, 14, 9, 0, tzinfo=SHANGHAI)


@dataclass(slots=True)
class Scene:
    """The story as far as it has come: `case_id` is known once the application has arrived."""

    system: System
    stubs: Stubs
    say: Callable[[str], Any]
    now: datetime = START
    case_id: str = ""
    household_id: str = ""
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, account: str) -> Person:
        """Somebody of the demonstration by account; signed in once for the whole story."""
        return self.people.setdefault(account, Person(self.system, account))

    def chapter(self, number: int, title: str) -> None:
        self.say(f"\n第{number}步 {title}")

    def tell(self, article: str, sentence: str) -> None:
        """One line of the story, with the article it stands on."""
        if article not in ARTICLES:
            raise StoryFailed(f"没有条文 {article}")
        self.say(f"  {article:<9} {sentence}")

    async def turn_to(self, day: str, at: time = MORNING) -> None:
        """Move the system's clock to this time in Shanghai; everything due on the way is done."""
        self.now = datetime.combine(date.fromisoformat(day), at, SHANGHAI)
        await self.system.advance(self.now)
        self.say(f"  —— {day} {at:%H:%M}")
