"""`/openapi.json`, made from the operations themselves, so that it is the whole truth."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from collector import __version__
from collector.endpoints.intake import Acknowledgement
from collector.endpoints.operation import PROBLEM, Operation
from collector.errors import STATUS
from collector.submission import Sent

_REF = "#/components/schemas/{name}"
_ALWAYS = ("method", "busy")
_BODY = ("unreadable", "media_type", "encoding", "too_large", "slow_body", "invalid")


class Problem(msgspec.Struct):
    """RFC 9457. `fields`: for 422, a sentence for each field at fault. `challenge`: for 429, a proof of work to solve;
    `working`: what to say meanwhile. `groups`: the places of the mistyped groups of a code."""

    type: str
    title: str
    status: int
    detail: str
    fields: dict[str, str] | None = None
    challenge: dict[str, Any] | None = None
    working: str | None = None
    groups: list[int] | None = None


async def _nothing(_: object) -> None:
    """The intake answers by itself; here it is only described."""


INTAKE = Operation(
    handler=_nothing,
    summary="Send a submission",
    tag="citizen",
    answers={201: Acknowledgement, 200: Acknowledgement},
    refusals=(
        "origin", "placement_not_live", "forbidden", "placement", "key_used", "nothing_to_say", "slow_down", "busy", "full",
        "sign_in",
    ),
    query=None,
    body=Sent,
    need=None,
    receipt=False,
    scoped=True,
    text="Answered after it is on disk. The same key again is 200 with the first answer; with other words it is 409. "
    "A team's token vouches for channels other than web and form, and for older times.",
)  # fmt: skip


def document(routes: list[BaseRoute], public_url: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of `routes` and of the intake."""
    found = [("/api/submissions", "post", INTAKE)]
    for route in routes:
        described = getattr(getattr(route, "endpoint", None), "operation", None)
        if isinstance(route, Route) and described is not None:
            for method in sorted((route.methods or set()) - {"HEAD"}):
                found.append((re.sub(r"{(\w+):\w+}", r"{\1}", route.path), method.lower(), described))
    types: list[Any] = [Problem]
    for _, _, op in found:
        types += [t for t in (op.body, *op.answers.values()) if isinstance(t, type) and issubclass(t, msgspec.Struct)]
    unique = list(dict.fromkeys(types))
    schemas, components = msgspec.json.schema_components(unique, ref_template=_REF)
    ref = dict(zip(unique, schemas, strict=True))
    paths: dict[str, Any] = {}
    for path, method, op in found:
        paths.setdefault(path, {})[method] = _described(path, method, op, ref)
    spec = {
        "openapi": "3.1.0",
        "info": {
            "title": "Tijdens",
            "version": __version__,
            "description": "Citizens react while something is still being decided; those who decide hear them live.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": public_url}],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": _SECURITY},
    }
    made: dict[str, Any] = _for_json_schema(spec)
    return made


_SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "A team's token."},
    "receipt": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Receipt CODE`, the code as printed.",
    },
}


def _described(path: str, method: str, op: Operation, ref: dict[Any, Any]) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]
    if op.query is not None:
        schema = msgspec.json.schema(op.query)
        own = next(iter(schema["$defs"].values())) if "$ref" in schema and len(schema["$defs"]) == 1 else _own(schema)
        for name, part in own["properties"].items():
            parameters.append({"name": name, "in": "query", "required": False, "schema": _not_null(part)})
    refusals = set(op.refusals) | set(_ALWAYS)
    if op.body is not None:
        refusals |= set(_BODY)
    if op.need is not None:
        refusals |= {"sign_in", "forbidden", "second_factor_needed"}
    described: dict[str, Any] = {
        "operationId": f"{method}{re.sub(r'[^a-zA-Z]+', '_', path)}",
        "tags": [op.tag],
        "summary": op.summary,
        "description": op.text,
        "responses": {},
    }
    if parameters:
        described["parameters"] = parameters
    if op.need is not None:
        described["security"] = [{"token": []}]
    if op.receipt:
        described["security"] = [{"receipt": []}]
    if op.body is not None:
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": ref[op.body]}}}
    for status, answer in op.answers.items():
        described["responses"][str(status)] = _answer(answer, ref)
    for code in sorted(refusals, key=lambda code: (STATUS[code], code)):
        told = described["responses"].setdefault(
            str(STATUS[code]), {"description": "", "content": {PROBLEM: {"schema": ref[Problem]}}}
        )
        told["description"] = ", ".join(part for part in (told["description"], f"`{code}`") if part)
    return described


def _answer(answer: Any, ref: dict[Any, Any]) -> dict[str, Any]:
    if answer is None:
        return {"description": "Done; there is nothing to read."}
    if isinstance(answer, str):
        return {"description": "The file.", "content": {answer.split(";")[0]: {"schema": {"type": "string"}}}}
    text = (answer.__doc__ or "").strip().split("\n")[0]
    return {"description": text or answer.__name__, "content": {"application/json": {"schema": ref[answer]}}}


def _own(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema["$ref"].rsplit("/", 1)[-1]
    found: dict[str, Any] = schema["$defs"][name]
    return found


def _not_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter is there or not; it is never null."""
    if "anyOf" in schema:
        rest = [part for part in schema["anyOf"] if part != {"type": "null"}]
        return rest[0] if len(rest) == 1 else {"anyOf": rest}
    if None in schema.get("enum", ()):
        return {**schema, "enum": [value for value in schema["enum"] if value is not None]}
    return {name: value for name, value in schema.items() if name != "default" or value is not None}


def _for_json_schema(part: Any) -> Any:
    """ECMA-262 patterns end with `$` where Python needs `\\Z`."""
    if isinstance(part, dict):
        return {
            key: value.replace(r"\Z", "$") if key == "pattern" else _for_json_schema(value)
            for key, value in part.items()
        }
    return [_for_json_schema(item) for item in part] if isinstance(part, list) else part


async def openapi(request: Request) -> Response:
    """The document, for machines; `/docs` shows the same to people."""
    raw = msgspec.json.encode(document(request.app.routes, request.state["parts"].public_url))
    return Response(raw, media_type="application/json", headers={"access-control-allow-origin": "*"})


routes = [Route("/openapi.json", openapi)]
