from __future__ import annotations

import copy
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collector.cli import main
from collector.config import PREFIX, SETTINGS, Config
from tests.deploy.compose import load, problems

ROOT = Path(__file__).resolve().parents[2]
ENV = {"SITE_ADDRESS": "tijdens.example"}
FAULTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a typo in a key": lambda services: services["proxy"].update(volums=[]),
    "a wrong type": lambda services: services["proxy"].update(ports="443"),
    "a dependency that is not there": lambda services: services["proxy"]["depends_on"].update(
        ghost={"condition": "service_started"}
    ),
    "waiting for health that nobody tells": lambda services: services["collector"].pop("healthcheck"),
    "a network that is not there": lambda services: services["proxy"].update(networks=["ghost"]),
    "a secret that is not there": lambda services: services["collector"].update(secrets=["ghost"]),
    "a volume that is not there": lambda services: services["proxy"]["volumes"].append("ghost:/ghost"),
    "an image without a version": lambda services: services["proxy"].update(image="caddy"),
    "an image that moves": lambda services: services["proxy"].update(image="caddy:latest"),
    "a writable root": lambda services: services["collector"].pop("read_only"),
    "all capabilities": lambda services: services["collector"].pop("cap_drop"),
}


@pytest.fixture
def compose() -> dict[str, Any]:
    return load(ROOT / "docker-compose.yml", ENV)


def tool(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def test_the_compose_file_has_no_problems(compose: dict[str, Any]) -> None:
    assert problems(compose) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_compose_file_is_found(fault: str, compose: dict[str, Any]) -> None:
    broken = copy.deepcopy(compose)
    FAULTS[fault](broken["services"])
    assert len(problems(broken)) == 1


def test_the_site_address_must_be_given() -> None:
    with pytest.raises(KeyError, match="SITE_ADDRESS"):
        load(ROOT / "docker-compose.yml", {})


def test_the_collector_would_start_with_the_settings_of_compose_and_image(
    compose: dict[str, Any], tmp_path: Path
) -> None:
    settings = dict(re.findall(rf"({PREFIX}\w+)=(\S+)", (ROOT / "Dockerfile").read_text()))
    settings |= compose["services"]["collector"]["environment"]
    assert {name.removeprefix(PREFIX) for name in settings} <= set(SETTINGS)
    secret = tmp_path / "secret"
    secret.write_text("as long as a secret has to be, and longer")
    assert settings["TIJDENS_SECRET_FILE"] == "/run/secrets/secret"
    config = Config.from_env(settings | {"TIJDENS_SECRET_FILE": str(secret)})
    assert config.public_url == "https://tijdens.example"
    assert config.store == "sqlite:////data/tijdens.db"
    assert config.host == "0.0.0.0"


def test_the_proxy_is_believed_and_nobody_else(compose: dict[str, Any]) -> None:
    trusted = compose["services"]["collector"]["environment"]["TIJDENS_TRUSTED_PROXIES"]
    assert compose["networks"]["inside"]["ipam"]["config"] == [{"subnet": trusted}]
    assert "ports" not in compose["services"]["collector"]


def test_the_commands_are_ours(compose: dict[str, Any]) -> None:
    program, *arguments = compose["services"]["collector"]["command"]
    assert program == "tijdens"
    assert arguments[0] == "serve"
    main.commands["serve"].make_context("tijdens", arguments[1:])


def test_the_image_is_named_after_this_version(compose: dict[str, Any]) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert compose["services"]["collector"]["image"] == f"tijdens:{version}"


def test_the_image_is_made_from_files_that_are_there() -> None:
    ignored = (ROOT / ".dockerignore").read_text()
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    files = [file for line in copied for file in line.split()]
    assert "collector" in files
    for file in files:
        assert (ROOT / file).exists(), file
        assert f"!{file}\n" in ignored, file


def test_the_dockerfile_is_clean() -> None:
    done = subprocess.run([tool("hadolint"), ROOT / "Dockerfile"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
