"""Tokens: ES256 JWTs of five minutes with the posts in them, verified offline by every service."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from services.common.policy.law import Forbidden
from services.common.policy.roles import Post, Role
from services.common.runtime.actor import Actor, Delegated
from services.common.runtime.clock import system_now
from services.common.runtime.ids import new_id

ISSUER = "jiuzhu"
LIFETIME = timedelta(minutes=5)
MOST_REMEMBERED = 4096


class NotSignedIn(Forbidden):
    """No valid token came with the call."""

    code = "not-signed-in"


@dataclass(frozen=True, slots=True)
class Keys:
    """The key that verifies tokens, and, where tokens are made, the one that signs them."""

    public: ECKey
    private: ECKey | None = None
    # A token comes with every request of its five minutes: the signature is checked the first time.
    verified: dict[str, tuple[float, Actor]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def fresh(cls) -> Keys:
        key = ECKey.generate_key("P-256")
        return cls(ECKey.import_key(key.as_pem(private=False)), key)

    @classmethod
    def load(cls, private: Path | None, public: Path | None) -> Keys:
        """Keys from PEM files; either alone is enough for its purpose."""
        if private:
            signing = ECKey.import_key(private.read_bytes())
            return cls(ECKey.import_key(signing.as_pem(private=False)), signing)
        if public:
            return cls(ECKey.import_key(public.read_bytes()))
        raise ValueError("JIUZHU_TOKEN_KEY_FILE or JIUZHU_TOKEN_PUBLIC_KEY_FILE is needed")

    def issue(self, actor: Actor) -> str:
        """A token for `actor`, valid for five minutes of real time."""
        if self.private is None:
            raise ValueError("this process holds no signing key")
        now = system_now()
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "sub": actor.id,
            "posts": [[post.role.value, post.area] for post in actor.own],
            "iat": int(now.timestamp()),
            # Whole seconds are too coarse to tell a token made just before a revocation from one just after.
            "ims": int(now.timestamp() * 1000),
            "exp": int((now + LIFETIME).timestamp()),
            "jti": new_id(),
        }
        if actor.delegated:
            claims["lent"] = [
                [lent.post.role.value, lent.post.area, lent.principal, sorted(lent.actions)]
                for lent in actor.delegated
            ]
        if actor.scopes is not None:
            claims["scope"] = " ".join(sorted(actor.scopes))
        if actor.device:
            claims["device"] = actor.device
        return jwt.encode({"alg": "ES256"}, claims, self.private)

    def verify(self, token: str) -> Actor:
        """The actor of a token; NotSignedIn if it is forged, expired or malformed."""
        until, actor = self.verified.get(token, (0.0, None))
        if actor and system_now().timestamp() < until:
            return actor
        try:
            claims = jwt.decode(token, self.public, algorithms=["ES256"]).claims
            registry = jwt.JWTClaimsRegistry(
                now=int(system_now().timestamp()),
                iss={"essential": True, "value": ISSUER},
                exp={"essential": True},
                sub={"essential": True},
            )
            registry.validate(claims)
            actor = _actor_of(claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise NotSignedIn("登录已失效,请重新登录") from error
        if len(self.verified) >= MOST_REMEMBERED:
            self.verified.clear()
        self.verified[token] = (float(claims["exp"]), actor)
        return actor


def _actor_of(claims: dict[str, Any]) -> Actor:
    lent = tuple(
        Delegated(Post(Role(role), area), str(principal), frozenset(actions))
        for role, area, principal, actions in claims.get("lent", ())
    )
    posts = tuple(Post(Role(role), area) for role, area in claims["posts"])
    whole = tuple(one.post for one in lent if not one.actions)
    return Actor(
        str(claims["sub"]),
        tuple(dict.fromkeys((*posts, *whole))),
        lent,
        scopes=frozenset(claims["scope"].split()) if "scope" in claims else None,
        device=str(claims.get("device", "")),
        issued_at=datetime.fromtimestamp(claims["ims"] / 1000, UTC) if "ims" in claims else None,
    )


def bearer(header: str | None) -> str:
    """The token of an Authorization header."""
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn("请先登录")
    return token
