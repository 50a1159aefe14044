"""The widget's and the dashboard's files, from memory, compressed once.

The widget stands on other people's pages, so its files may be read from anywhere; the dashboard's may not."""

from __future__ import annotations

import asyncio
import gzip
import posixpath
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256, sha384
from importlib.resources import files
from importlib.resources.abc import Traversable

import brotli
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from collector import WIDGET_VERSION
from collector.endpoints.lean import lean
from collector.endpoints.operation import language_of, problem_response
from collector.endpoints.parts import Parts
from collector.errors import Refusal

_MEDIA = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
}
IMMUTABLE = "public, max-age=31536000, immutable"
FIRST = "tijdens.js"  # what a page names; a module script of another origin says which that is
_WORKER = "kiosk/worker.js"  # it asks us and nobody else, and sees addresses below /f/
_OF_WORKER = {"content-security-policy": "default-src 'none'; connect-src 'self'", "service-worker-allowed": "/f/"}
RELEASED = "released/"  # below widget/: the files of earlier versions
_START = '<script type="module" src="/assets/dashboard/app.js">'
_IMPORTED = re.compile(rb'^(?:import|export) [^;]*?"(\.{1,2}/[^"]+)";$', re.MULTILINE)


class Assets:
    """All files below one package folder: path → bytes. Compressed when first asked for, then kept. The widget's scripts lose
    their comments on the way to other people's pages; what was released is served as it was."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._files: dict[str, bytes] = {}
        self._packed: dict[tuple[str, str], bytes] = {}
        self._collect(files(package), "")
        if package == "dashboard":
            self._files["index.html"] = self._preloading(self._files["index.html"])

    def _collect(self, folder: Traversable, prefix: str) -> None:
        for entry in folder.iterdir():
            if entry.is_dir() and not entry.name.startswith(("_", ".")):
                self._collect(entry, f"{prefix}{entry.name}/")
            elif entry.name.rsplit(".", 1)[-1] in _MEDIA:
                raw = entry.read_bytes()
                ours = self._package == "widget" and not prefix.startswith(RELEASED)
                self._files[prefix + entry.name] = lean(raw) if ours and entry.name.endswith(".js") else raw

    def _preloading(self, page: bytes) -> bytes:
        """The page names every module that it begins with, so that the browser fetches them at once and not, import by
        import, one row after another."""
        found = ["app.js"]
        for path in found:  # grows while it is read
            for name in _IMPORTED.findall(self._files[path]):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), name.decode()))
                if target not in found:
                    found.append(target)
        links = "".join(f'<link rel="modulepreload" href="/assets/dashboard/{path}">\n  ' for path in found[1:])
        return page.decode().replace(_START, links + _START).encode()

    def raw(self, path: str) -> bytes:
        """Refusal `not_found` for a path that is not in the folder; nothing outside it can be named."""
        try:
            return self._files[path]
        except KeyError:
            raise Refusal("not_found") from None

    def integrity(self, path: str) -> str:
        """The `integrity` attribute for a file."""
        return "sha384-" + b64encode(sha384(self.raw(path)).digest()).decode()

    async def response(self, request: Request, path: str, cache: str) -> Response:
        """The file as the client can take it: Brotli, gzip or plain."""
        raw = self.raw(path)
        accepted = request.headers.get("accept-encoding", "")
        encoding = "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""
        headers = {
            "cache-control": cache,
            "vary": "Accept-Encoding",
            "etag": f'"{sha256(raw).hexdigest()[:20]}{encoding}"',
        }
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        if encoding:
            headers["content-encoding"] = encoding
            if (path, encoding) not in self._packed:
                pack = brotli.compress if encoding == "br" else gzip.compress
                self._packed[path, encoding] = await asyncio.to_thread(pack, raw)
            raw = self._packed[path, encoding]
        return Response(raw, headers=headers, media_type=_MEDIA[path.rsplit(".", 1)[-1]])


@cache
def of(package: str) -> Assets:
    """The files of a package, read once a process."""
    return Assets(package)


async def widget(request: Request) -> Response:
    """An immutable file of the widget, of this version or of an earlier one: what a page has pinned stays as it was."""
    version, path = request.path_params["version"], request.path_params["path"]
    if version != WIDGET_VERSION:
        path = f"{RELEASED}{version}/{path}"
    elif path.startswith(RELEASED):
        return _missing(request)
    try:
        served: Assets = request.state["widget"]
        response = await served.response(request, path, IMMUTABLE)
    except Refusal:
        return _missing(request)
    if request.path_params["path"] == FIRST and (origin := request.headers.get("origin")):
        parts: Parts = request.state["parts"]
        parts.store.sightings.script(origin, parts.now())
    _for_every_page(response)
    return response


async def moving_widget(request: Request) -> Response:
    """The address that never breaks leads to the newest version of its line."""
    target = f"/widget/{WIDGET_VERSION}/{request.path_params['path']}"
    response = RedirectResponse(target, 302, {"cache-control": "public, max-age=600"})
    _for_every_page(response)
    return response


async def dashboard(request: Request) -> Response:
    """A file of the dashboard; asked for again each time, answered by its ETag."""
    try:
        served: Assets = request.state["dashboard"]
        path = request.path_params["path"]
        response = await served.response(request, path, "no-cache")
        if path == _WORKER:
            response.headers.update(_OF_WORKER)
        return response
    except Refusal:
        return _missing(request)


def _for_every_page(response: Response) -> None:
    response.headers["access-control-allow-origin"] = "*"
    response.headers["cross-origin-resource-policy"] = "cross-origin"


def _missing(request: Request) -> Response:
    return problem_response(request.state["parts"], Refusal("not_found"), language_of(request))


routes = [
    Route("/widget/v1/{path:path}", moving_widget),
    Route("/widget/{version}/{path:path}", widget),
    Route("/assets/dashboard/{path:path}", dashboard),
]
