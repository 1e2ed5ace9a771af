"""Who acts: a person with posts, a system, or the machine itself."""

from __future__ import annotations

from dataclasses import dataclass

from services.common.policy.areas import DISTRICT
from services.common.policy.roles import Post, Role, covers


@dataclass(frozen=True, slots=True)
class Actor:
    """The one in whose name a command runs: id and the posts held today."""

    id: str
    posts: tuple[Post, ...] = ()

    def holds(self, roles: frozenset[Role], area: str) -> bool:
        """Whether one of the posts has a role in `roles` and an area that covers `area`."""
        return any(post.role in roles and covers(post.area, area) for post in self.posts)


SYSTEM = Actor("system", (Post(Role.SYSTEM, DISTRICT.code),))
PUBLIC = Actor("public", (Post(Role.PUBLIC, DISTRICT.code),))
