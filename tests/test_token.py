"""Who one is stands in one header, in one of two ways."""

from __future__ import annotations

import pytest

from collector.token import secret_in


@pytest.mark.parametrize("header", ["Bearer abc", "bearer abc", "BEARER  abc ", " Bearer abc"])
def test_a_secret_is_read_however_its_scheme_is_written(header: str) -> None:
    assert secret_in(header, "Bearer") == "abc"
    assert secret_in(header, "Device") is None


@pytest.mark.parametrize("header", ["", "abc", "Bearerabc", "Receipt abc"])
def test_another_scheme_is_none(header: str) -> None:
    assert secret_in(header, "Bearer") is None
