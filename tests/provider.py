"""A real provider of OpenID Connect as a process of its own: `python -m tests.provider FD`. It holds whoever asks to PKCE,
which the mock that it is made of does not by itself."""

from __future__ import annotations

import base64
import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2


@contextmanager
def provider() -> Iterator[str]:
    """Its issuer, once it answers."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    issuer = f"http://127.0.0.1:{listening.getsockname()[1]}"
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.provider", str(listening.fileno())],
        pass_fds=[listening.fileno()], cwd=Path(__file__).parent.parent, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    listening.close()
    try:
        until = time.monotonic() + 60
        while True:
            try:
                httpx2.get(f"{issuer}/jwks", trust_env=False, timeout=5).raise_for_status()
                break
            except httpx2.HTTPError:
                if time.monotonic() > until or process.poll() is not None:
                    raise
                time.sleep(0.05)
        yield issuer
    finally:
        process.terminate()
        process.wait(20)


def serve(fd: int) -> None:
    """Runs until it is told to stop."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    import uvicorn
    from authlib.oauth2.rfc6749.errors import InvalidGrantError, InvalidRequestError
    from oidc_provider_mock import _app

    challenges: dict[str, str] = {}

    class Strict(_app.AuthorizationCodeGrant):  # type: ignore[misc]
        def validate_authorization_request(self) -> Any:
            asked = self.request.payload.data
            if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
                raise InvalidRequestError("PKCE with S256 is needed")
            return super().validate_authorization_request()

        def save_authorization_code(self, code: str, request: Any) -> None:
            challenges[code] = request.payload.data["code_challenge"]
            super().save_authorization_code(code, request)

        def validate_token_request(self) -> None:
            super().validate_token_request()
            sent = self.request.form
            hashed = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
            if base64.urlsafe_b64encode(hashed).decode().rstrip("=") != challenges.pop(sent["code"], None):
                raise InvalidGrantError("the verifier does not belong to the challenge")

    _app.AuthorizationCodeGrant = Strict
    uvicorn.run(
        _app.app(require_nonce=True),
        interface="wsgi", fd=fd, log_level="warning",
    )  # fmt: skip


if __name__ == "__main__":
    serve(int(sys.argv[1]))
