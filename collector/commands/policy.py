"""What a page's Content Security Policy allows (CSP level 3), as far as the widget needs it."""

from __future__ import annotations

from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


def directives(header: str) -> dict[str, list[str]]:
    """`name → sources` of one policy; the first of a repeated name counts."""
    found: dict[str, list[str]] = {}
    for part in header.split(";"):
        words = part.split()
        if words:
            found.setdefault(words[0].lower(), words[1:])
    return found


def allows(policy: dict[str, list[str]], name: str, url: str, page: str, *, nonce: str = "") -> bool:
    """Whether `policy` lets `page` load `url` under the directive `name` (falls back to default-src). `nonce`: the one
    the tag carries."""
    fallback = {"script-src-elem": "script-src"}.get(name, "")
    sources = next((policy[n] for n in (name, fallback, "default-src") if n and n in policy), None)
    if sources is None:
        return True
    if nonce and f"'nonce-{nonce}'" in sources:
        return True
    if "'strict-dynamic'" in sources and name.startswith("script-src"):
        return False
    return any(_matches(source, url, page) for source in sources)


def _matches(source: str, url: str, page: str) -> bool:
    target, own = urlsplit(url), urlsplit(page)
    if source == "*":
        return target.scheme in ("http", "https", own.scheme)
    if source == "'self'":
        return (target.scheme, target.hostname, _port(target)) == (own.scheme, own.hostname, _port(own))
    if source.startswith("'"):
        return False
    if source.endswith(":") and "/" not in source:
        return target.scheme == source[:-1].lower() or (source == "http:" and target.scheme == "https")
    wanted = urlsplit(source if "://" in source else f"{own.scheme}://{source}")
    host, name = (wanted.hostname or "").lower(), (target.hostname or "").lower()
    upgraded = wanted.scheme == "http" and target.scheme == "https"
    if wanted.scheme != target.scheme and not upgraded:
        return False
    same = name.endswith(host[1:]) and name != host[2:] if host.startswith("*.") else name == host
    if not same:
        return False
    if ":*" not in source.split("://")[-1].split("/")[0] and not upgraded and _port(wanted) != _port(target):
        return False
    path = wanted.path
    return path in ("", "/") or (target.path.startswith(path) if path.endswith("/") else target.path == path)


def _port(parts: object) -> int | None:
    try:
        port: int | None = parts.port  # type: ignore[attr-defined]
    except ValueError:
        return None
    return port or _PORTS.get(parts.scheme)  # type: ignore[attr-defined]
