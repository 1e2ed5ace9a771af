"""Tokens for systems of the district: OAuth 2.0 client credentials (RFC 6749, 4.4)."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse

from services.common.policy.law import Invalid
from services.common.runtime.auth import LIFETIME, Keys, NotSignedIn
from services.common.runtime.service import Service
from services.intake.commands.sign_in import TooManyTries, identify_client


def routes(service: Service) -> APIRouter:
    """The one door of other systems."""
    router = APIRouter(prefix="/intake", tags=["intake"])

    @router.post("/token")
    async def token(
        request: Request,
        grant_type: Annotated[str, Form()] = "",
        client_id: Annotated[str, Form()] = "",
        client_secret: Annotated[str, Form()] = "",
        scope: Annotated[str, Form()] = "",
    ) -> JSONResponse:
        if grant_type != "client_credentials":
            return _error(400, "unsupported_grant_type", "只支持 client_credentials")
        header = request.headers.get("authorization", "")
        if header:
            client_id, client_secret = _basic(header)
        try:
            actor = await identify_client(service, client_id, client_secret, frozenset(scope.split()))
        except TooManyTries as error:
            return _error(429, "slow_down", error.message)
        except NotSignedIn as error:
            return _error(401, "invalid_client", error.message)
        except Invalid as error:
            return _error(400, "invalid_scope", error.message)
        keys: Keys = request.app.state.keys
        return JSONResponse(
            {
                "access_token": keys.issue(actor),
                "token_type": "Bearer",
                "expires_in": int(LIFETIME.total_seconds()),
                "scope": " ".join(sorted(actor.scopes or ())),
            }
        )

    return router


def _basic(header: str) -> tuple[str, str]:
    """Id and secret of HTTP Basic; what cannot be read fits no system."""
    scheme, _, value = header.partition(" ")
    try:
        text = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        text = ""
    client_id, _, secret = text.partition(":")
    return (client_id, secret) if scheme.lower() == "basic" else ("", "")


def _error(status: int, code: str, message: str) -> JSONResponse:
    challenge = {"WWW-Authenticate": 'Basic realm="jiuzhu"'} if status == 401 else {}
    return JSONResponse({"error": code, "error_description": message}, status, headers=challenge)
