"""The main navigation: one line of places, those shown that one of the person's roles may open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.common.policy.roles import Post, Role

_VILLAGE = frozenset({Role.GRID_WORKER, Role.LIAISON, Role.VILLAGE_HEAD})
_TOWNSHIP = frozenset({Role.TOWNSHIP_HANDLER, Role.OFFICE_HEAD, Role.DEPUTY_LEADER, Role.PRINCIPAL_LEADER})
_DISTRICT = frozenset({Role.DISTRICT_HANDLER, Role.DISTRICT_LEADER})
_OFFICE = _TOWNSHIP | _DISTRICT


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the navigation; `action` is the row of that service's access table it stands for."""

    title: str
    path: str
    roles: frozenset[Role]
    service: str
    action: str


# The gate decides; this only keeps away links that lead to a refusal. A test compares both.
NAV = (
    Place("今日", "/intake/today", frozenset(Role), "intake", ""),
    Place(
        "案件",
        "/intake/cases",
        _VILLAGE | _OFFICE | {Role.ARCHIVIST, Role.AUDITOR},
        "intake",
        "list-cases",
    ),
    Place(
        "近亲属备案",
        "/intake/kin",
        _OFFICE | {Role.ARCHIVIST, Role.AUDITOR},
        "intake",
        "list-kin",
    ),
    Place("总览", "/intake/overview", _OFFICE | {Role.AUDITOR}, "intake", "read-overview"),
    Place("审批会", "/approval/docket", _OFFICE | {Role.AUDITOR}, "approval", "read-docket"),
    Place(
        "临时救助",
        "/approval/relief",
        _OFFICE | {Role.FINANCE, Role.AUDITOR, Role.ARCHIVIST},
        "approval",
        "read-relief",
    ),
    Place(
        "公示",
        "/disclosure/publicities",
        _VILLAGE | _OFFICE | {Role.PETITION_OFFICER, Role.ARCHIVIST, Role.AUDITOR},
        "disclosure",
        "read-publicity",
    ),
    Place(
        "保障名册",
        "/review/roll",
        _OFFICE | {Role.ARCHIVIST, Role.AUDITOR, Role.FINANCE},
        "review",
        "list-roll",
    ),
    Place("审计", "/intake/audit", frozenset({Role.AUDITOR}), "intake", "read-audit"),
)
# Who shows the pages that belong to no service, and whose look stands under a path of its own.
SHELL = "intake"
SERVICES = frozenset(place.service for place in NAV)
# What hangs on the head of every page: news of one's own cases.
NOTICES = Place("通知", "/intake/notices", _VILLAGE | _OFFICE, "intake", "read-notices")
# The field in the head of every page.
SEARCH = Place("查找", "/intake/search", _VILLAGE | _OFFICE | {Role.ARCHIVIST}, "intake", "find-person")


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the page shows it."""

    title: str
    path: str
    is_here: bool


def nav_for(posts: Sequence[Post], path: str) -> list[Link]:
    """What the holder of these posts may open."""
    held = {post.role for post in posts}
    return [Link(place.title, place.path, _is_here(place.path, path)) for place in NAV if held & place.roles]


def _is_here(place: str, path: str) -> bool:
    """Meetings belong to the docket, files to the roll, the fund to relief; in intake the list it is."""
    service = place.split("/")[1]
    if service == "approval":
        is_relief = path.startswith(("/approval/relief", "/approval/fund"))
        return path.startswith("/approval/") and is_relief == place.startswith("/approval/relief")
    return path.startswith(place) if service == "intake" else path.startswith(f"/{service}/")


def may_be_told(posts: Sequence[Post]) -> bool:
    """Whether there is news of cases for the holder of these posts."""
    return any(post.role in NOTICES.roles for post in posts)


def may_search(posts: Sequence[Post]) -> bool:
    """Whether the head of the page offers to find people."""
    return any(post.role in SEARCH.roles for post in posts)
