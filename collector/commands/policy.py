"""What a page's Content Security Policy allows (CSP level 3, sections 6.7.1 and 6.7.2), as far as the widget needs it."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urlsplit

Policy = dict[str, list[str]]

_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
_FALLBACKS = {
    "script-src-elem": ("script-src-elem", "script-src", "default-src"),
    "connect-src": ("connect-src", "default-src"),
}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):\Z", re.IGNORECASE)
_HOST = re.compile(
    r"(?:([a-z][a-z0-9+.-]*)://)?(\*|(?:\*\.)?[\w-]+(?:\.[\w-]+)*|\[[0-9a-f:.]+\])(?::(\d+|\*))?(/[^?#]*)?\Z",
    re.IGNORECASE | re.ASCII,
)


def directives(policy: str) -> Policy:
    """`name → sources` of one policy; the first of a repeated name counts."""
    found: Policy = {}
    for part in policy.split(";"):
        words = part.split()
        if words:
            found.setdefault(words[0].lower(), words[1:])
    return found


def in_headers(values: list[str]) -> list[Policy]:
    """The policies of all headers of one name: a header may carry several, with commas between them."""
    return [found for value in values for one in value.split(",") if (found := directives(one))]


def governing(policy: Policy, name: str) -> str | None:
    """Which directive decides on `name` (`script-src-elem` or `connect-src`): itself or what it falls back to. None:
    nothing stands in the way."""
    return next((one for one in _FALLBACKS[name] if one in policy), None)


def allows(policy: Policy, name: str, url: str, page: str, *, nonce: str = "", integrity: str = "") -> bool:
    """Whether `policy` lets `page` load `url` under `name`. `nonce` and `integrity`: what the script's tag carries."""
    directive = governing(policy, name)
    if directive is None:
        return True
    sources = policy[directive]
    if name.startswith("script-src"):
        if nonce and f"nonce-{nonce}" in _quoted(sources):
            return True
        hashes = [_same_alphabet(one) for one in integrity.split()]
        if hashes and set(hashes) <= {_same_alphabet(one) for one in _quoted(sources)}:
            return True
        if is_strict_dynamic(sources):
            return False
    return any(_matches(source, urlsplit(url), urlsplit(page)) for source in sources)


def is_strict_dynamic(sources: list[str]) -> bool:
    """Whether only nonces and hashes count: hosts in the list are then ignored."""
    return any(source.lower() == "'strict-dynamic'" for source in sources)


def whole_line(policy: Policy, name: str, origin: str) -> str:
    """The directive as it must read so that `origin` is allowed as well, and everything that was allowed still is."""
    directive = governing(policy, name) or name
    shown = name.removesuffix("-elem") if directive == "default-src" else directive
    kept = [_without_nonce(source) for source in policy.get(directive, []) if source.lower() != "'none'"]
    return " ".join([shown, *kept, origin])


def origin_of(url: str) -> str:
    """The origin as browsers write it. ValueError for what has none."""
    parts = urlsplit(url)
    host, port = parts.hostname, parts.port
    if not host or parts.scheme not in ("http", "https"):
        raise ValueError(f"{url} has no origin")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port not in (None, _PORTS[parts.scheme]) else "")


def _quoted(sources: list[str]) -> set[str]:
    """What stands between single quotation marks; nonces and hashes keep their case, their names do not."""
    found = set()
    for source in sources:
        if len(source) > 2 and source[0] == source[-1] == "'":
            name, dash, value = source[1:-1].partition("-")
            found.add(name.lower() + dash + value)
    return found


def _same_alphabet(value: str) -> str:
    """Both alphabets of base64 are read; the algorithm's name in any case."""
    name, dash, digest = value.partition("-")
    return name.lower() + dash + digest.replace("-", "+").replace("_", "/")


def _without_nonce(source: str) -> str:
    return "'nonce-…'" if source.lower().startswith("'nonce-") else source


def _matches(source: str, target: SplitResult, own: SplitResult) -> bool:
    if source == "*":
        return target.scheme in _PORTS or target.scheme == own.scheme
    if source.lower() == "'self'":
        same_ports = _port(target) == _port(own)
        both_default = _port(target) == _PORTS.get(target.scheme) and _port(own) == _PORTS.get(own.scheme)
        upgrade = _scheme_matches(own.scheme, target.scheme) and (same_ports or both_default)
        return target.hostname == own.hostname and upgrade
    if found := _SCHEME.match(source):
        return _scheme_matches(found.group(1).lower(), target.scheme)
    if not (found := _HOST.match(source)):
        return False
    scheme, host, port, path = found.groups()
    return (
        _scheme_matches((scheme or own.scheme).lower(), target.scheme)
        and _host_matches(host.lower().strip("[]"), (target.hostname or "").lower())
        and _port_matches(port, target)
        and _path_matches(path or "", target.path)
    )


def _scheme_matches(wanted: str, scheme: str) -> bool:
    """A secure one is as good as the one asked for."""
    return scheme == wanted or scheme in {"http": ("https",), "ws": ("wss", "http", "https"), "wss": ("https",)}.get(
        wanted, ()
    )


def _host_matches(wanted: str, host: str) -> bool:
    if wanted == "*":
        return bool(host)
    return host.endswith(wanted[1:]) if wanted.startswith("*.") else host == wanted


def _port_matches(wanted: str | None, target: SplitResult) -> bool:
    port = _port(target)
    if wanted == "*":
        return True
    if wanted is None:
        return port == _PORTS.get(target.scheme)
    return int(wanted) == port or (wanted == "80" and port == 443 and target.scheme == "https")


def _path_matches(wanted: str, path: str) -> bool:
    wanted, path = unquote(wanted), unquote(path or "/")
    if wanted in ("", "/"):
        return True
    return path.startswith(wanted) if wanted.endswith("/") else path == wanted


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
