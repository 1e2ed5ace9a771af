"""Signing in at an identity provider: OpenID Connect, authorization code with PKCE (RFC 7636)."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.common.runtime.auth import NotSignedIn
from services.common.runtime.clock import system_now
from services.common.runtime.sealed import Sealer
from services.common.runtime.settings import Settings

ALGORITHMS = ["ES256", "RS256"]
PLACE = "oidc|pending|cookie"
PENDING_SECONDS = 600
SECONDS = 10.0
LEEWAY_SECONDS = 30
AWAY = "统一身份登录暂时连接不上,请稍后再试或用账号密码登录"
FAILED = "统一身份登录没有成功,请重新登录"


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in that was sent to the provider; it lies sealed in a cookie of that browser."""

    state: str
    nonce: str
    verifier: str
    next: str
    expires: int

    def sealed(self, sealer: Sealer) -> str:
        return base64.urlsafe_b64encode(sealer.seal(json.dumps(asdict(self)), PLACE)).decode()

    @classmethod
    def opened(cls, text: str, sealer: Sealer) -> Pending:
        """NotSignedIn for a cookie that is not ours, altered, or too old."""
        try:
            found = cls(**json.loads(sealer.open(base64.urlsafe_b64decode(text), PLACE)))
        except Exception as error:  # whatever is wrong with it: it is not what we gave out
            raise NotSignedIn(FAILED) from error
        if found.expires < system_now().timestamp():
            raise NotSignedIn("统一身份登录超时,请重新登录")
        return found


class Provider:
    """One provider, found by its discovery document; its keys are read again when it changes them."""

    def __init__(self, settings: Settings, http: httpx.AsyncClient | None = None) -> None:
        self._settings = settings
        self._http = http or httpx.AsyncClient(timeout=SECONDS)
        self._found: Mapping[str, Any] | None = None
        self._keys: KeySet | None = None

    async def begin(self, back: str, next_path: str) -> tuple[str, Pending]:
        """Where to send the browser, and what to remember until it is back."""
        found = await self._discovered()
        pending = Pending(
            state=secrets.token_urlsafe(24),
            nonce=secrets.token_urlsafe(24),
            verifier=secrets.token_urlsafe(48),
            next=next_path,
            expires=int(system_now().timestamp()) + PENDING_SECONDS,
        )
        asked = {
            "response_type": "code",
            "client_id": self._settings.oidc_client_id,
            "redirect_uri": back,
            "scope": "openid",
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": challenge_of(pending.verifier),
            "code_challenge_method": "S256",
        }
        address = str(found["authorization_endpoint"])
        return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}", pending

    async def finish(self, back: str, pending: Pending, answer: Mapping[str, str]) -> str:
        """The person the provider vouches for, by the claim of the settings; NotSignedIn otherwise."""
        if not secrets.compare_digest(answer.get("state", "").encode(), pending.state.encode()):
            raise NotSignedIn(FAILED)
        # RFC 9207: an answer that names its issuer must come from ours.
        if answer.get("iss", self._settings.oidc_issuer) != self._settings.oidc_issuer:
            raise NotSignedIn(FAILED)
        if "code" not in answer:
            raise NotSignedIn("统一身份登录已取消")
        token = await self._redeem(back, pending, answer["code"])
        claims = await self._claims(token)
        if claims.get("nonce") != pending.nonce:
            raise NotSignedIn(FAILED)
        person = claims.get(self._settings.oidc_claim)
        if not isinstance(person, str) or not person:
            raise NotSignedIn(FAILED)
        return person

    async def _redeem(self, back: str, pending: Pending, code: str) -> str:
        settings = self._settings
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": settings.oidc_client_id,
            "code_verifier": pending.verifier,
        }
        secret = settings.oidc_client_secret_file
        login = (
            httpx.BasicAuth(settings.oidc_client_id, secret.read_text().strip()) if secret else httpx.Auth()
        )
        found = await self._discovered()
        try:
            reply = await self._http.post(str(found["token_endpoint"]), data=form, auth=login)
        except httpx.HTTPError as error:
            raise NotSignedIn(AWAY) from error
        if reply.status_code != httpx.codes.OK or "id_token" not in (body := _json(reply)):
            raise NotSignedIn(FAILED)
        return str(body["id_token"])

    async def _claims(self, token: str) -> Mapping[str, Any]:
        """Of an ID token that is signed by the provider, for us, and not over."""
        settings = self._settings
        try:
            claims = (await self._decoded(token)).claims
            jwt.JWTClaimsRegistry(
                now=int(system_now().timestamp()),
                leeway=LEEWAY_SECONDS,
                iss={"essential": True, "value": settings.oidc_issuer},
                aud={"essential": True, "value": settings.oidc_client_id},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
            ).validate(claims)
        except (JoseError, ValueError) as error:
            raise NotSignedIn(FAILED) from error
        audience = claims["aud"]
        several = isinstance(audience, list) and len(audience) > 1
        if claims.get("azp", settings.oidc_client_id if not several else "") != settings.oidc_client_id:
            raise NotSignedIn(FAILED)
        return claims

    async def _decoded(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, await self._key_set(), algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            # The provider may have changed its keys since they were read.
            self._keys = None
            return jwt.decode(token, await self._key_set(), algorithms=ALGORITHMS)

    async def _key_set(self) -> KeySet:
        if self._keys is None:
            found = await self._discovered()
            self._keys = KeySet.import_key_set(await self._get(str(found["jwks_uri"])))
        return self._keys

    async def _discovered(self) -> Mapping[str, Any]:
        if self._found is None:
            issuer = self._settings.oidc_issuer
            found = await self._get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != issuer:
                raise NotSignedIn("统一身份登录设置有误:签发者不一致,请联系系统运维人员")
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                self._require_safe(str(found.get(name, "")))
            self._found = found
        return self._found

    def _require_safe(self, address: str) -> None:
        if urlsplit(address).scheme != "https" and not self._settings.is_development:
            raise NotSignedIn("统一身份登录设置有误:地址须为https,请联系系统运维人员")

    async def _get(self, address: str) -> Any:
        self._require_safe(address)
        try:
            reply = await self._http.get(address)
            reply.raise_for_status()
        except httpx.HTTPError as error:
            raise NotSignedIn(AWAY) from error
        return _json(reply)


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _json(reply: httpx.Response) -> dict[str, Any]:
    try:
        body = reply.json()
    except ValueError as error:
        raise NotSignedIn(FAILED) from error
    if not isinstance(body, dict):
        raise NotSignedIn(FAILED)
    return body
