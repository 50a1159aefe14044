"""docs/operating.md tells the truth."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from collector.cli import main
from collector.config import PREFIX, SETTINGS

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "operating.md").read_text()
COMMANDS = re.findall(r"docker compose (?:exec(?: -T)?|run --rm) collector tijdens ([^`\n]+)", TEXT)


def test_every_setting_is_documented_as_it_is() -> None:
    rows = re.findall(rf"^\| `{PREFIX}(\w+)` \| (.+?) \| (.+) \|$", TEXT, re.MULTILINE)
    documented = {name: ("" if default == "none" else default.strip("`"), text) for name, default, text in rows}
    assert documented == SETTINGS


def test_no_setting_is_named_that_does_not_exist() -> None:
    assert set(re.findall(rf"{PREFIX}([A-Z_]+)", TEXT)) <= set(SETTINGS)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_one_that_exists(line: str) -> None:
    command: click.Command = main
    words = shlex.split(line)
    while isinstance(command, click.Group):
        named = command.get_command(click.Context(command), words.pop(0))
        assert named is not None
        command = named
    command.make_context("tijdens", words)


def test_there_are_commands_to_try() -> None:
    assert len(COMMANDS) > 7
