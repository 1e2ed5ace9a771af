"""Ids, tokens and the development clock."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from services.common.policy.roles import Post, Role
from services.common.runtime.actor import Actor
from services.common.runtime.auth import Keys, NotSignedIn, bearer
from services.common.runtime.clock import DevelopmentClock, system_now
from services.common.runtime.ids import new_id

WORKER = Actor("s1", (Post(Role.GRID_WORKER, "140403102001"), Post(Role.LIAISON, "140403102001")))


def test_ids_sort_in_the_order_they_were_made() -> None:
    ids = [new_id() for _ in range(5000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    assert {(text[14], text[19] in "89ab") for text in ids} == {("7", True)}


def test_a_token_brings_back_its_actor_with_every_post() -> None:
    keys = Keys.fresh()
    assert keys.verify(keys.issue(WORKER)) == WORKER


def test_a_token_is_worthless_after_five_minutes() -> None:
    keys = Keys.fresh()
    with time_machine.travel(system_now(), tick=False) as traveller:
        token = keys.issue(WORKER)
        traveller.shift(timedelta(minutes=4, seconds=59))
        assert keys.verify(token) == WORKER
        traveller.shift(timedelta(seconds=2))
        with pytest.raises(NotSignedIn):
            keys.verify(token)


def test_a_token_with_changed_posts_or_without_signature_is_refused() -> None:
    keys = Keys.fresh()
    head, body, signature = keys.issue(WORKER).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["posts"] = [["district_leader", "140403"]]
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    for token in (f"{head}.{forged}.{signature}", f"{unsigned}.{forged}.", f"{unsigned}.{body}.", ""):
        with pytest.raises(NotSignedIn):
            keys.verify(token)


@pytest.mark.parametrize("header", [None, "", "Basic abc", "Bearer", "Bearer "])
def test_only_a_bearer_token_is_a_token(header: str | None) -> None:
    with pytest.raises(NotSignedIn):
        bearer(header)


def test_the_development_clock_only_moves_forward_and_survives_a_restart(tmp_path: Path) -> None:
    clock = DevelopmentClock(path=tmp_path / "clock")
    target = clock.now() + timedelta(days=30)
    clock.advance_to(target)
    clock.advance_to(target - timedelta(days=20))
    assert clock.now() >= target
    assert DevelopmentClock(path=tmp_path / "clock").now() >= target
