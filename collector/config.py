"""All settings. Nothing else reads the environment."""

from __future__ import annotations

import difflib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from collector.bell import is_address
from collector.errors import Unusable

PREFIX = "TIJDENS_"

# name: (default as written in the environment, what it does). docs/operating.md shows the same; a test compares them.
SETTINGS: dict[str, tuple[str, str]] = {
    "STORE": ("sqlite:///var/tijdens.db", "Where everything is kept: `sqlite:///path/to/file`."),
    "NOTIFIER": ("local", "How the live side is woken: `local`, within the one collector."),
    "HOST": ("127.0.0.1", "The address it listens on."),
    "PORT": ("8000", "The port it listens on; 0 takes a free one."),
    "URL": ("", "How the public reaches it, as in `https://tijdens.example`. Empty: `http://HOST:PORT`."),
    "SECRET": ("", "At least 32 characters; receipts and sessions rest on it. Keep a copy apart from the backups."),
    "SECRET_FILE": ("", "A file that holds the secret, instead of TIJDENS_SECRET."),
    "RATE_LIMIT": ("on", "`on`, or `off` for load tests."),
    "TRUSTED_PROXIES": ("", "Addresses or networks of proxies whose X-Forwarded headers are believed, with commas."),
    "SMTP": (
        "",
        "The mail server: `smtp://user:password@host:587`, `smtps://…:465`. Empty: no bell, no morning story and no alerts.",
    ),
    "MAIL_FROM": ("", "The address that mail comes from; needed with TIJDENS_SMTP."),
    "LOG_LEVEL": ("info", "`debug`, `info`, `warning` or `error`."),
}


@dataclass(frozen=True)
class Config:
    """What a collector needs to start. `secret`: 32 bytes or more. `demo`: sample data, one-time link, `/demo`, `/try`
    and a widget that may stand on this very host."""

    store: str = "sqlite:///var/tijdens.db"
    notifier: str = "local"
    host: str = "127.0.0.1"
    port: int = 8000
    url: str = ""
    secret: bytes = field(default=b"", repr=False)
    rate_limit: bool = True
    trusted_proxies: tuple[str, ...] = ()
    smtp: str = field(default="", repr=False)
    mail_from: str = ""
    log_level: str = "info"
    demo: bool = False
    try_folder: Path | None = None
    max_pages: int | None = None

    @property
    def public_url(self) -> str:
        """How the public reaches it, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.url or f"http://{host}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether cookies may and must be bound to https."""
        return self.public_url.startswith("https://")

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Config:
        """Reads `TIJDENS_…`. Unusable, with the nearest right name, for one that is unknown; with what it takes, for a
        value that cannot be. The secret may be missing here: `with_secret` decides what then."""
        values = {name: default for name, (default, _) in SETTINGS.items()}
        for name, value in env.items():
            if name.startswith(PREFIX):
                short = name.removeprefix(PREFIX)
                if short not in SETTINGS:
                    near = difflib.get_close_matches(short, SETTINGS, n=1, cutoff=0.0)
                    raise Unusable(f"{name} is not a setting; the nearest is {PREFIX}{near[0]}")
                values[short] = value.strip()
        smtp, mail_from = _mail(values["SMTP"], values["MAIL_FROM"])
        return cls(
            smtp=smtp,
            mail_from=mail_from,
            store=_store(values["STORE"]),
            notifier=_one_of("NOTIFIER", values["NOTIFIER"], ("local",)),
            host=values["HOST"] or "127.0.0.1",
            port=_port(values["PORT"]),
            url=_url(values["URL"]),
            secret=_secret(values["SECRET"], values["SECRET_FILE"]),
            rate_limit=_one_of("RATE_LIMIT", values["RATE_LIMIT"].lower(), ("on", "off")) == "on",
            trusted_proxies=tuple(part.strip() for part in values["TRUSTED_PROXIES"].split(",") if part.strip()),
            log_level=_one_of("LOG_LEVEL", values["LOG_LEVEL"].lower(), ("debug", "info", "warning", "error")),
        )

    def listening(self, host: str | None, port: int | None) -> Config:
        """The same, with what the command line says of where to listen."""
        return replace(self, host=host or self.host, port=self.port if port is None else port)

    def with_secret(self, secret: bytes) -> Config:
        return replace(self, secret=secret)

    def checked_secret(self) -> bytes:
        """The secret, or Unusable when there is none."""
        if not self.secret:
            made = secrets.token_urlsafe(32)
            raise Unusable(
                f"TIJDENS_SECRET is missing: receipts rest on it. Set it once and keep it, for example to {made}"
            )
        return self.secret


def made_secret(folder: Path) -> bytes:
    """The secret of a demo: made once and kept in `folder`/secret, readable by its owner alone."""
    file = folder / "secret"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(32))
    return file.read_text().strip().encode()


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise Unusable(f"{PREFIX}{name} is {value!r}: it takes {' or '.join(allowed)}")
    return value


def _store(value: str) -> str:
    if not value.startswith("sqlite:///") or len(value) == len("sqlite:///"):
        raise Unusable(f"{PREFIX}STORE is {value!r}: write sqlite:///path/to/file")
    return value


def _port(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) > 65_535:
        raise Unusable(f"{PREFIX}PORT is {value!r}: it takes a number from 0 to 65535")
    return int(value)


def _url(value: str) -> str:
    if not value:
        return ""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise Unusable(f"{PREFIX}URL is {value!r}: write how the public reaches it, as in https://tijdens.example")
    return value.rstrip("/")


def _mail(server: str, sender: str) -> tuple[str, str]:
    """The mail server and the sender, both or neither. What stands in the first is not repeated: it holds a password."""
    if bool(server) != bool(sender):
        raise Unusable(f"{PREFIX}SMTP and {PREFIX}MAIL_FROM belong together: set both, or neither")
    parts = urlsplit(server)
    try:
        sound = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if server and (not sound or parts.path not in ("", "/") or parts.query or parts.fragment):
        raise Unusable(
            f"{PREFIX}SMTP cannot be read: write smtp://user:password@host:587 or smtps://user:password@host:465"
        )
    if sender and not is_address(sender):
        raise Unusable(f"{PREFIX}MAIL_FROM is {sender!r}: write an address such as no-reply@tijdens.example")
    return server, sender


def _secret(value: str, file: str) -> bytes:
    if value and file:
        raise Unusable(f"{PREFIX}SECRET and {PREFIX}SECRET_FILE are both set: keep one")
    if file:
        try:
            value = Path(file).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise Unusable(f"{PREFIX}SECRET_FILE: {file} cannot be read") from error
    if value and len(value.encode()) < 32:
        raise Unusable(f"{PREFIX}SECRET is too short: at least 32 characters, or receipts could be guessed")
    return value.encode()
