"""Settings: what is wrong is said with what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from collector.config import SETTINGS, Config, made_secret
from collector.errors import Unusable

SECRET = "s" * 40


def test_the_defaults_serve_one_file_on_this_machine() -> None:
    config = Config.from_env({})
    assert (config.host, config.port, config.rate_limit) == ("127.0.0.1", 8000, True)
    assert config.public_url == "http://127.0.0.1:8000"
    with pytest.raises(Unusable, match="TIJDENS_SECRET is missing"):
        config.checked_secret()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TIJDENS_PROT", "1", "the nearest is TIJDENS_PORT"),
        ("TIJDENS_PORT", "80a", "0 to 65535"),
        ("TIJDENS_PORT", "70000", "0 to 65535"),
        ("TIJDENS_STORE", "mysql://x", "sqlite:///path"),
        ("TIJDENS_NOTIFIER", "redis://x", "it takes local"),
        ("TIJDENS_URL", "tijdens.example", "https://tijdens.example"),
        ("TIJDENS_SECRET", "short", "32 characters"),
        ("TIJDENS_SECRET_FILE", "/nowhere/at/all", "cannot be read"),
        ("TIJDENS_RATE_LIMIT", "maybe", "on or off"),
        ("TIJDENS_LOG_LEVEL", "loud", "debug or info"),
    ],
)
def test_a_bad_one_stops_the_start_with_a_sentence(name: str, value: str, said: str) -> None:
    with pytest.raises(Unusable, match=said):
        Config.from_env({name: value})


def test_a_secret_may_come_from_a_file_but_not_from_both(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n")
    assert Config.from_env({"TIJDENS_SECRET_FILE": str(file)}).secret == SECRET.encode()
    with pytest.raises(Unusable, match="keep one"):
        Config.from_env({"TIJDENS_SECRET_FILE": str(file), "TIJDENS_SECRET": SECRET})


def test_a_made_secret_is_kept_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = made_secret(tmp_path / "var")
    assert made_secret(tmp_path / "var") == first and len(first) >= 32
    assert (tmp_path / "var" / "secret").stat().st_mode & 0o077 == 0


def test_there_are_a_dozen_settings_at_most_and_each_says_what_it_does() -> None:
    assert len(SETTINGS) <= 12
    assert all(text.endswith((".", "`.")) for _, text in SETTINGS.values())


def test_the_secret_is_not_shown() -> None:
    assert SECRET not in repr(Config.from_env({"TIJDENS_SECRET": SECRET}))
