"""A real mail server for the tests, on a free port."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope

from tests.patience import PATIENCE


@dataclass
class Mailbox:
    """`answers`: what the server says to RCPT, per address; `down`: it refuses everybody."""

    port: int = 0
    taken: list[tuple[str, Message]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    down: bool = False
    tried: int = 0
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def handle_MAIL(self, _: Any, __: Any, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802  the name that aiosmtpd looks for
        self.tried += 1
        if self.down:
            return "451 4.3.0 not now"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, _: Any, __: Any, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802  the name that aiosmtpd looks for
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return answer

    async def handle_DATA(self, _: Any, __: Any, envelope: Envelope) -> str:  # noqa: N802  the name that aiosmtpd looks for
        assert isinstance(envelope.content, bytes)
        self.taken.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content, policy=default)))
        return "250 OK"

    async def wait(self, number: int, seconds: float = 5.0 * PATIENCE) -> None:
        """Until so many letters have come."""
        async with asyncio.timeout(seconds):
            while len(self.taken) < number:
                await asyncio.sleep(0.01)


@asynccontextmanager
async def mailbox(**options: Any) -> AsyncIterator[Mailbox]:
    """`options` are those of aiosmtpd's SMTP."""
    box = Mailbox()

    def login(_: Any, __: Any, ___: Any, ____: Any, data: Any) -> AuthResult:
        box.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"geheim")

    if options.get("auth_required"):
        options["authenticator"] = login
    loop = asyncio.get_running_loop()

    def guest() -> SMTP:
        with warnings.catch_warnings():  # it warns of a password without encryption, which is what a test asks for
            warnings.simplefilter("ignore")
            return SMTP(box, hostname="mail.example", loop=loop, **options)

    server = await loop.create_server(guest, "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
        await server.wait_closed()
