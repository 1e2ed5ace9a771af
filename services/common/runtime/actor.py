"""Who acts: a person with posts, a system, or the machine itself; and in whose place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from services.common.policy.areas import DISTRICT
from services.common.policy.roles import Post, Role, covers


@dataclass(frozen=True, slots=True)
class Delegated:
    """A post of somebody on leave, lent for some actions; without any named, for all of the post's."""

    post: Post
    principal: str
    actions: frozenset[str] = frozenset()

    def serves(self, action: str) -> bool:
        return not self.actions or action in self.actions


@dataclass(frozen=True, slots=True)
class Actor:
    """The one in whose name a command runs: id and the posts held today.

    `posts` has the delegated ones that fit the action at hand too; `on_behalf_of` is set by the gate once
    one of those is what lets the actor in. `scopes` are all that a token was given for, None is no limit.
    """

    id: str
    posts: tuple[Post, ...] = ()
    delegated: tuple[Delegated, ...] = ()
    on_behalf_of: str = ""
    scopes: frozenset[str] | None = None
    device: str = ""
    issued_at: datetime | None = field(default=None, compare=False)

    def holds(self, roles: frozenset[Role], area: str) -> bool:
        """Whether one of the posts has a role in `roles` and an area that covers `area`."""
        return _fits(self.posts, roles, area)

    def principals(self, roles: frozenset[Role], area: str) -> tuple[str, ...]:
        """Whose place must be taken to act there: nobody's where an own post is enough."""
        if _fits(self.own, roles, area):
            return ()
        return tuple(
            lent.principal
            for lent in self.delegated
            if lent.post in self.posts and _fits((lent.post,), roles, area)
        )

    @property
    def own(self) -> tuple[Post, ...]:
        """The posts that are not lent by anybody."""
        lent = {one.post for one in self.delegated}
        return tuple(post for post in self.posts if post not in lent)

    @property
    def areas(self) -> frozenset[str]:
        """Every area that the actor may have to do with, whatever the action."""
        return frozenset(post.area for post in (*self.posts, *(lent.post for lent in self.delegated)))

    @property
    def signature(self) -> str:
        """How acts are signed: the one who acted, and in whose place."""
        return f"{self.id} 代 {self.on_behalf_of}" if self.on_behalf_of else self.id

    def doing(self, action: str) -> Actor:
        """The same actor with the posts that count for `action`."""
        if not self.delegated:
            return self
        lent = (
            one.post
            for one in self.delegated
            if one.serves(action) or (self.on_behalf_of and one.principal == self.on_behalf_of)
        )
        return replace(self, posts=tuple(dict.fromkeys((*self.own, *lent))))


def _fits(posts: tuple[Post, ...], roles: frozenset[Role], area: str) -> bool:
    return any(post.role in roles and covers(post.area, area) for post in posts)


SYSTEM = Actor("system", (Post(Role.SYSTEM, DISTRICT.code),))
PUBLIC = Actor("public", (Post(Role.PUBLIC, DISTRICT.code),))
