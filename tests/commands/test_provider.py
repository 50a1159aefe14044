"""A provider is set up on the command line, and its secret is in no output and readable in no file."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.test_crash import set_up, told

SECRET = "the-secret-of-the-client-kanarie"


async def test_a_provider_is_added_listed_and_removed_and_its_secret_stays_sealed(tmp_path: Path) -> None:
    await asyncio.to_thread(_through, tmp_path)


def _through(folder: Path) -> None:
    set_up(folder)
    secret = folder.parent / "client-secret"
    secret.write_text(f"{SECRET}\n")
    given = ("--agency", "town", "--name", "Town login", "--client-id", "tijdens", "--client-secret-file", str(secret))
    refused = told(folder, "provider", "add", "login", *given, "--issuer", "http://login.example")
    assert refused[0] != 0 and "issuer cannot be that" in refused[2]
    added = told(
        folder, "provider", "add", "login", *given, "--issuer", "https://login.example/", "--domain", "Town.example"
    )
    assert (added[0], added[1].strip()) == (0, "login") and "/sign-in/back" in added[2]
    again = told(folder, "provider", "add", "login", *given, "--issuer", "https://login.example")
    assert again[0] != 0 and "already" in again[2]
    listed = told(folder, "provider", "list")
    assert listed[1].strip() == "login\tThe town\thttps://login.example\tTown login"
    assert told(folder, "provider", "remove", "login", "--agency", "town")[0] == 0
    assert told(folder, "provider", "list")[1].strip() == ""
    assert SECRET not in "".join(part for one in (refused, added, again, listed) for part in one[1:])
    for file in folder.rglob("*"):
        assert not file.is_file() or SECRET.encode() not in file.read_bytes(), file.name
