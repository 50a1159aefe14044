"""The operator's mail server (SMTP). Nothing of who is written to is ever logged."""

from __future__ import annotations

from contextlib import suppress
from email.message import EmailMessage
from email.utils import format_datetime, localtime, make_msgid
from typing import Literal
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 20.0
Outcome = Literal["sent", "nobody", "later"]
PATIENCE_MS = 900_000  # for an address whose server says "later"
PAUSES_SECONDS = (30.0, 120.0, 600.0, 1_800.0)  # after failures of our own server, the last one again and again


class Mail:
    """`url`: `smtp://user:password@host:587` (encrypted as soon as the server offers it, and always with a password) or
    `smtps://…` (encrypted from the start); `sender`: the address it comes from."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or ""
        self._encrypted = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._encrypted else 25)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._sender = sender

    async def send(
        self, to: str, language: str, subject: str, text: str, *, name: str | None = None, off: str | None = None
    ) -> Outcome:
        """`sent`: the server has taken it. `nobody`: there is no such address. `later`: that address asks for patience.
        OSError or SMTPException when the server itself cannot be reached or refuses us. `name`: the same for a letter that
        is sent once more, so that a mailbox can tell. `off`: the address at which one press ends such letters (RFC 8058)."""
        import aiosmtplib  # here, so that a start does not wait for it

        server = aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            username=self._user,
            password=self._password,
            use_tls=self._encrypted,
            start_tls=True if self._user and not self._encrypted else None,
            timeout=TIMEOUT_SECONDS,
        )
        try:
            await server.connect()
        except BaseException:
            server.close()  # also a greeting without encryption leaves a line open
            raise
        try:
            message = self._written(to, language, subject, text, name, off)
            await server.send_message(message, sender=self._sender, recipients=[to])
        except aiosmtplib.SMTPRecipientsRefused as error:
            return "nobody" if all(one.code >= 500 for one in error.recipients) else "later"
        finally:
            with suppress(OSError, aiosmtplib.SMTPException):  # what was taken is taken, however we part
                await server.quit()
        return "sent"

    def _written(
        self, to: str, language: str, subject: str, text: str, name: str | None, off: str | None
    ) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = to
        message["Subject"] = subject
        message["Date"] = format_datetime(localtime())
        domain = self._sender.rpartition("@")[2]
        message["Message-ID"] = f"<{name}@{domain}>" if name else make_msgid(domain=domain)
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notes, please
        if off is not None:
            message["List-Unsubscribe"] = f"<{off}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(text)
        message["Content-Language"] = language  # after the content, which takes such headers away
        return message
