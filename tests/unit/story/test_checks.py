"""The story ends at the first wrong fact and names what it should have been."""

from __future__ import annotations

import hashlib
import io

import grpc
import pytest
from grpc.aio import Metadata
from PIL import Image

from services.common.policy.identity import IdNumber
from services.demo.households import households
from services.story import family
from services.story.checks import StoryFailed, eventually, expect
from services.story.photos import photo


def test_a_wrong_fact_ends_the_story_and_names_what_was_expected() -> None:
    with pytest.raises(StoryFailed, match="法定时限：应为 '2026-10-30'，实际是 '2026-10-26'"):
        expect("法定时限", "2026-10-26", "2026-10-30")


async def test_what_comes_with_an_event_is_waited_for() -> None:
    seen = iter([1, 2, 3])

    async def look() -> int:
        return next(seen)

    assert await eventually("第三次", look, lambda found: found == 3) == 3


async def test_what_is_not_there_yet_is_waited_for() -> None:
    answers = iter([grpc.StatusCode.NOT_FOUND, None])

    async def look() -> str:
        code = next(answers)
        if code:
            raise grpc.aio.AioRpcError(code, Metadata(), Metadata(), details="没有找到")
        return "在册"

    assert await eventually("在册登记", look, bool) == "在册"


async def test_patience_ends_and_says_what_was_seen_last() -> None:
    async def look() -> str:
        return "公示中"

    with pytest.raises(StoryFailed, match="最后看到 '公示中'"):
        await eventually("公示届满", look, lambda _: False, seconds=0.1)


async def test_a_refusal_is_not_waited_out() -> None:
    async def look() -> str:
        raise grpc.aio.AioRpcError(grpc.StatusCode.PERMISSION_DENIED, Metadata(), Metadata())

    with pytest.raises(grpc.aio.AioRpcError):
        await eventually("案卷", look, bool)


def test_photos_are_pictures_that_differ_and_are_the_same_every_time() -> None:
    made = [photo("board", number) for number in range(4)]

    assert len({hashlib.sha256(content).hexdigest() for content in made}) == 4
    assert made[1] == photo("board", 1)
    with Image.open(io.BytesIO(made[0])) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1280, 960))


@pytest.mark.law("GB11643")
def test_the_family_of_the_story_is_new_to_the_district() -> None:
    known = {member.id_number for household in households() for member in household.members}
    numbers = [IdNumber.parse(member.id_number).value for member in family.MEMBERS]

    assert len(set(numbers)) == 3
    assert known.isdisjoint(numbers)


def test_the_amount_is_the_difference_to_three_times_the_standard() -> None:
    assert family.AMOUNT_FEN == 3 * 76_000 - family.BUSINESS_FEN - family.TRANSFER_FEN
