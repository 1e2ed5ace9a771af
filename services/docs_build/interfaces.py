"""docs/rpc.md and docs/openapi.json: what people's screens, tablets and other systems can ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from services.common.policy.roles import Role
from services.common.runtime.rpc import Rpc
from services.common.runtime.service import Blueprint
from services.docs_build.contracts import ARTICLE, Contract, Method
from services.docs_build.tables import GENERATED, articles, table

# What others build against; pages for people are not an interface.
INTERFACES = ("/field/", "/openrosa/", "/board/", "/intake/session", "/intake/whoami")
INTRODUCTION = """\
Every call carries `authorization: Bearer <token>`. A role counts in its own area and everything below it;
*recusal* means that near kin of the household are refused (R3.10). Health and reflection answer without a
token. A refusal is `FAILED_PRECONDITION` with the article in `google.rpc.ErrorInfo`, wrong input
`INVALID_ARGUMENT` with the field.
"""


def rpc_page(contracts: Sequence[Contract], found: Mapping[str, Blueprint]) -> str:
    """docs/rpc.md: method → action → roles, from the tables that the gate obeys."""
    parts = [
        GENERATED.format(source="proto/ and the access tables of the services"),
        "# gRPC\n",
        INTRODUCTION,
        table(("role", "code"), ((role.chinese, f"`{role.value}`") for role in Role)),
    ]
    for contract in contracts:
        blueprint = found[contract.service]
        if blueprint.rpc is None:
            continue
        rows = [_rpc_row(method, blueprint, blueprint.rpc) for method in contract.methods]
        parts.append(f"## jiuzhu.{contract.service}.v1 {blueprint.title}\n\n{contract.note}\n")
        parts.append(table(("method", "says", "action", "roles", "recusal", "articles"), rows))
    return "\n".join(parts)


def openapi(office: FastAPI, public: FastAPI, version: str) -> dict[str, Any]:
    """What tablets and the public ask over HTTP, and signing in, as one OpenAPI document."""
    document: dict[str, Any] = get_openapi(
        title="Jiuzhu over HTTP",
        version=version,
        description="`/board` is served on the public port, everything else on the office port. A token of "
        "`POST /intake/session` goes into `authorization: Bearer …`.",
        routes=[*office.routes, *public.routes],
    )
    paths = document["paths"].items()
    return document | {"paths": {path: calls for path, calls in paths if path.startswith(INTERFACES)}}


def _rpc_row(method: Method, blueprint: Blueprint, rpc: Rpc) -> tuple[str, ...]:
    if method.name in rpc.acts:
        action = blueprint.acts[rpc.acts[method.name]].action
    else:
        action = rpc.reads[method.name].action
    access = blueprint.access[action]
    roles = [role for role in Role if role in access.roles and role is not Role.SYSTEM]
    return (
        f"`{method.name}`" + (" (stream)" if method.streaming else ""),
        method.note,
        f"`{action}`",
        "、".join(role.chinese for role in roles) or "the machine alone",
        "yes" if access.recusal else "no",
        articles(dict.fromkeys(ARTICLE.findall(method.note))),
    )
