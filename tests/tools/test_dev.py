from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tools import dev

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a ready environment for running."""
    for name in (*dev.LOCKS.values(), "pyproject.toml"):
        (tmp_path / name).write_text(name)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "python").touch()
    (tmp_path / ".venv" / ".stamp-run").write_text(dev.digest("run", tmp_path))
    return tmp_path


def is_ready(kind: str, checkout: Path) -> bool:
    return dev.is_ready(kind, checkout, checkout / ".venv", checkout / ".venv" / "python")


def test_an_environment_is_made_once(checkout: Path) -> None:
    assert is_ready("run", checkout)


def test_an_environment_for_tests_is_enough_to_run(checkout: Path) -> None:
    assert not is_ready("dev", checkout)
    (checkout / ".venv" / ".stamp-run").unlink()
    assert not is_ready("run", checkout)
    (checkout / ".venv" / ".stamp-dev").write_text(dev.digest("dev", checkout))
    assert is_ready("run", checkout)
    assert is_ready("dev", checkout)


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_an_environment_is_brought_up_to_date_after_a_change(changed: str, checkout: Path) -> None:
    (checkout / changed).write_text("something else")
    assert not is_ready("run", checkout)


def test_an_environment_without_its_python_is_not_ready(checkout: Path) -> None:
    (checkout / ".venv" / "python").unlink()
    assert not is_ready("run", checkout)


def test_an_environment_that_was_cut_off_is_not_ready(checkout: Path) -> None:
    (checkout / ".venv" / ".unfinished").touch()
    assert not is_ready("run", checkout)


def test_the_lock_for_tests_contains_the_one_for_running() -> None:
    def pins(kind: str) -> set[str]:
        lines = (ROOT / dev.LOCKS[kind]).read_text().splitlines()
        return {line.split(" ")[0] for line in lines if "==" in line and not line.startswith(" ")}

    assert len(pins("run")) > 20
    assert pins("run") < pins("dev")


@pytest.mark.parametrize("file", [*dev.LOCKS.values(), "package-lock.json"])
def test_a_lock_names_no_registry(file: str) -> None:
    text = (ROOT / file).read_text()
    assert "sha256:" in text or "sha512-" in text
    assert "://" not in text


def programs(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).touch(mode=0o755)


def test_a_browser_that_is_named_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs(tmp_path, "chromium")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TEST_BROWSER", "/opt/mine")
    assert dev.find_browser() == "/opt/mine"


def test_chromium_comes_before_chrome_and_chrome_before_edge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(dev, "BROWSER_FILES", (str(tmp_path / "of the system"),))
    assert dev.find_browser() is None
    programs(tmp_path, "of the system")
    assert dev.find_browser() == str(tmp_path / "of the system")
    for name in ("microsoft-edge", "google-chrome", "chromium", "chromium-headless-shell"):
        programs(tmp_path, name)
        assert dev.find_browser() == str(tmp_path / name)


def test_only_debian_itself_brings_chromium(tmp_path: Path) -> None:
    release = tmp_path / "os-release"
    assert not dev.is_debian(release)
    release.write_text('NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n')
    assert not dev.is_debian(release)
    release.write_text('NAME="Debian GNU/Linux"\nID=debian\n')
    assert dev.is_debian(release)


def test_beside_a_browser_with_windows_one_without_is_brought_and_where_that_fails_the_first_is_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    browsers = ["/usr/bin/chromium"]
    installed: list[str] = []

    def install(*packages: str) -> None:
        installed.append(packages[0])
        if len(installed) == 1:
            raise SystemExit(100)
        browsers[0] = f"/usr/bin/{packages[0]}"

    monkeypatch.delenv("TEST_BROWSER", raising=False)
    monkeypatch.setattr(dev, "find_browser", lambda: browsers[0])
    monkeypatch.setattr(dev, "may_apt", lambda: True)
    monkeypatch.setattr(dev, "is_debian", lambda: True)
    monkeypatch.setattr(dev, "apt_install", install)
    assert dev.bring_browser() == "/usr/bin/chromium"
    assert "The tests take /usr/bin/chromium instead." in capsys.readouterr().err
    assert dev.bring_browser() == dev.bring_browser() == "/usr/bin/chromium-headless-shell"
    assert installed == ["chromium-headless-shell"] * 2
    monkeypatch.setenv("TEST_BROWSER", "/opt/mine")
    browsers[0] = "/opt/mine"
    assert dev.bring_browser() == "/opt/mine" and len(installed) == 2


def test_no_browser_is_a_sentence_on_a_laptop_and_a_failure_in_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands: list[tuple[object, ...]] = []

    def call(*command: object, **env: str) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(dev, "setup", lambda kind: 0)
    monkeypatch.setattr(dev, "find_browser", lambda: None)
    monkeypatch.setattr(dev, "may_apt", lambda: False)
    monkeypatch.setattr(dev, "call", call)
    monkeypatch.delenv("CI", raising=False)
    assert dev.test(["tests/store"]) == 0
    assert commands == [(dev.PYTHON, "-m", "pytest", "tests/store")]
    assert "No browser here" in capsys.readouterr().err
    monkeypatch.setenv("CI", "true")
    assert dev.test(["tests/store"]) == 1
    assert len(commands) == 1


def test_a_failure_of_either_half_of_the_tests_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "setup", lambda kind: 0)
    monkeypatch.setattr(dev, "bring_browser", lambda: "/opt/chromium")
    monkeypatch.setattr(dev, "find_node", lambda: tmp_path / "node")
    monkeypatch.setattr(dev, "node_tests", lambda: [tmp_path / "a.test.js"])
    for python, node in ((0, 0), (0, 1), (1, 0)):
        codes = {dev.PYTHON: python, tmp_path / "node": node}
        monkeypatch.setattr(dev, "call", lambda program, *rest, codes=codes, **env: codes[program])
        assert dev.test([]) == max(python, node)
    monkeypatch.setattr(dev, "node_tests", list)
    assert dev.test([]) == 1


def test_node_is_found_in_the_wheel_of_playwright(tmp_path: Path) -> None:
    assert dev.find_node(tmp_path) is None
    for place in (
        "Lib/site-packages/playwright/driver/node.exe",
        "lib/python3.12/site-packages/playwright/driver/node",
    ):
        file = tmp_path / place
        file.parent.mkdir(parents=True)
        file.touch()
        assert dev.find_node(tmp_path) == file


def test_the_tests_of_the_browser_code_are_found(tmp_path: Path) -> None:
    for name in ("widget/b.test.js", "dashboard/deep/a.test.js", "widget/page.js", "e2e/c.test.js"):
        file = tmp_path / "tests" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert [file.name for file in dev.node_tests(tmp_path)] == ["a.test.js", "b.test.js"]


def test_debians_missing_half_of_venv_is_named_to_who_may_not_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(dev, "may_apt", lambda: False)
    with pytest.raises(SystemExit, match=rf"apt-get install python3\.{sys.version_info.minor}-venv"):
        dev.make_venv(None)


def test_what_fails_is_shown_and_what_works_is_not(capfd: pytest.CaptureFixture[str]) -> None:
    dev.quietly(sys.executable, "-c", "print('a thousand lines')")
    assert capfd.readouterr() == ("", "")
    with pytest.raises(SystemExit) as ended:
        dev.quietly(sys.executable, "-c", "import sys; print('why'); sys.exit(7)")
    assert ended.value.code == 7
    assert "why\nThis did not work:" in capfd.readouterr().err


def test_an_unknown_task_gets_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["fly"]) == 2
    assert "run|test|prove|check|bench|setup|lock" in capsys.readouterr().err


def test_ctrl_c_ends_quietly_after_the_task_has_ended() -> None:
    waits = "import signal, time, sys\nsignal.signal(2, lambda *_: (time.sleep(.5), print('swept'), sys.exit(3)))\n"
    task = "print('up', flush=True)\ntime.sleep(30)"
    script = (
        "import signal, sys\nfrom tools import dev\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # which nobody has who was started in the background
        f"dev.TASKS['test'] = lambda arguments: dev.call(sys.executable, '-c', {waits + task!r})\n"
        "sys.exit(dev.main(['test']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        os.killpg(process.pid, signal.SIGINT)
        said, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said == b"swept\n"
    assert told == b"\n"


def test_the_makefile_knows_every_task() -> None:
    lines = (ROOT / "Makefile").read_text().splitlines()
    targets = next(line for line in lines if line.startswith("run "))
    assert set(targets.removesuffix(":").split()) == set(dev.TASKS)


ONCE = """from pathlib import Path
def test_shaky():
    seen = Path("seen")
    assert seen.exists() or seen.touch()
"""
TWICE = "def test_broken():\n    assert False\n"


@pytest.mark.parametrize(
    ("tests", "code", "said"),
    [
        ([ONCE], 0, "Failed by chance, and is to be mended:\ntest_0.py::test_shaky\n"),
        ([ONCE, TWICE], 1, "2 failed: once more, alone.\n"),
        ([TWICE] * 4, 1, ""),
    ],
)
def test_what_failed_is_tried_once_more_when_it_is_little_and_said_when_it_was_chance(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tests: list[str],
    code: int,
    said: str,
) -> None:
    for number, text in enumerate(tests):
        (tmp_path / f"test_{number}.py").write_text(text)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    assert dev.call(sys.executable, "-m", "pytest", "-q", "--cache-clear") == 1
    assert dev.again() == code
    assert capsys.readouterr().err.endswith(said)
