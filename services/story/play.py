"""The order of the story; each chapter checks what it sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.story import afterwards, investigation, meeting, publicity, visit
from services.story.scene import Scene
from services.story.system import System, calling

CHAPTERS = (
    visit.record,
    visit.arrives,
    investigation.accept,
    investigation.verify,
    investigation.order_survey,
    investigation.survey,
    investigation.opinion,
    publicity.post,
    publicity.meeting_comes_too_early,
    publicity.conclude,
    meeting.district_visits,
    meeting.decide,
    meeting.serve_notice,
    meeting.file_with_district,
    afterwards.listed,
    afterwards.enrolled,
    afterwards.clock_stopped,
    afterwards.told_again,
)


async def play(system: System, say: Callable[[str], Any]) -> None:
    """Steps 1 to 8 for one new household on a running demonstration; StoryFailed where a fact is wrong."""
    async with calling(system) as stubs:
        scene = Scene(system, stubs, say)
        for chapter in CHAPTERS:
            await chapter(scene)
