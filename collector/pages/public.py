"""The other pages: the API for people, the dashboard's frame."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from collector.endpoints.openapi import document
from collector.endpoints.operation import language_of, right_of
from collector.errors import Refusal
from collector.pages.render import Renderer
from collector.token import OPERATOR


class PublicPages:
    """Small pages that ask the store one thing."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/", self.home, methods=["GET"]),
            Route("/docs", self.docs, methods=["GET"]),
            Route("/dashboard", self.dashboard, methods=["GET"]),
        ]

    async def home(self, request: Request) -> Response:
        return RedirectResponse("/demo" if request.state["parts"].demo else "/d", 302)

    async def docs(self, request: Request) -> Response:
        spec = document(request.app.routes, request.state["parts"].public_url)
        return self._renderer.page(request, "docs.html", robots="all", operations=_operations(spec))

    async def dashboard(self, request: Request) -> Response:
        """The frame of the dashboard; who is signed out is led to the sign-in page by its script. Operators have a page of
        their own, and who needs a second factor first is led to where it is set up."""
        try:
            right = await right_of(request, request.state["parts"])
        except Refusal as refusal:
            if refusal.code == "second_factor_needed":
                return RedirectResponse(f"/second-factor?lang={language_of(request)}", 303)
        else:
            if right.role == OPERATOR:
                return RedirectResponse(f"/operator?lang={language_of(request)}", 303)
        response = await request.state["dashboard"].response(request, "index.html", "no-cache")
        headers: dict[str, str] = {
            "content-security-policy": self._renderer.policy(frames=True),
            "content-language": language_of(request),
        }
        response.headers.update(headers)
        return response  # type: ignore[no-any-return]


def _operations(spec: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The OpenAPI document by tag, flat enough for a page."""
    tags: dict[str, list[dict[str, Any]]] = {}
    for path, methods in spec["paths"].items():
        for method, op in methods.items():
            body = op.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            tags.setdefault(op["tags"][0], []).append(
                {
                    "id": op["operationId"],
                    "method": method.upper(),
                    "path": path,
                    "summary": op["summary"],
                    "text": op["description"],
                    "security": _SECURITY.get(next(iter(op.get("security", [{}])[0]), ""), ""),
                    "parameters": [(p["name"], _takes(p["schema"])) for p in op.get("parameters", [])],
                    "body": _fields(spec, body) if body else [],
                    "answers": [(status, told["description"]) for status, told in op["responses"].items()],
                }
            )
    return list(tags.items())


_SECURITY = {"token": "Authorization: Bearer TOKEN, or a session.", "receipt": "Authorization: Receipt CODE."}


def _fields(spec: dict[str, Any], schema: dict[str, Any]) -> list[tuple[str, str]]:
    name = schema["$ref"].rsplit("/", 1)[-1]
    found = spec["components"]["schemas"][name]
    required = found.get("required", [])
    return [(n + (" *" if n in required else ""), _takes(part)) for n, part in found["properties"].items()]


def _takes(schema: dict[str, Any]) -> str:
    """One line on what a value may be."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if "anyOf" in schema:
        return ", ".join(_takes(part) for part in schema["anyOf"] if part != {"type": "null"})
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"] if value is not None)
    if schema.get("type") == "array":
        return f"a list of {_takes(schema.get('items', {}))}"
    bounds = [f"{sign} {schema[name]}" for name, sign in _BOUNDS.items() if name in schema]
    return " ".join([str(schema.get("type", "anything")), *bounds])


_BOUNDS = {"minimum": "≥", "maximum": "≤", "maxLength": "at most", "minLength": "at least", "pattern": "like"}
