#!/usr/bin/env python3
"""The one command behind `make run`, `make test`, `make prove`, `make check`, `make bench` and `make sbom`.

Standard library only: it works on a machine with Python 3.11 and nothing else, and brings what is missing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
FIRST = {"run": "Setting up, about half a minute, once.", "dev": "Setting up for tests, about two minutes, once."}
# first Chromium without windows, which is the same engine for half the work
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
BROWSERS = (*SHELLS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
BROWSER_FILES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# so many failures may be chance, on a machine with other things to do; more never are
CHANCE = 3
# what is compiled is kept, also where Python is told to keep nothing: the tests start it a thousand times. It stays out of
# the checkout
BYTECODE = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(VENV / "bytecode")}
# where the packages come from stays out of the locks, so that any mirror will do
COMPILE = "--generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header -q"


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def call(*command: str | Path, **env: str) -> int:
    """Runs it in the checkout, its output as it is; returns its exit code. On Ctrl-C it may end in its own time."""
    with subprocess.Popen([str(part) for part in command], cwd=ROOT, env={**os.environ, **env}) as child:
        try:
            return child.wait()
        except KeyboardInterrupt:
            child.wait()
            raise


def quietly(*command: str | Path, **env: str) -> None:
    """Runs it without a word, unless it fails: then its last lines are shown and this ends with its exit code."""
    said, told = subprocess.PIPE, subprocess.STDOUT
    line = [str(part) for part in command]
    done = subprocess.run(line, cwd=ROOT, env={**os.environ, **env}, stdin=subprocess.DEVNULL, stdout=said, stderr=told)
    if done.returncode:
        say("\n".join(done.stdout.decode(errors="replace").strip().splitlines()[-20:]))
        say(f"This did not work: {' '.join(line)}")
        raise SystemExit(done.returncode)


def may_apt() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> None:
    quietly("apt-get", "update", "-q")
    quietly("apt-get", "install", "-y", "-q", "--no-install-recommends", *packages, DEBIAN_FRONTEND="noninteractive")


def digest(kind: str, root: Path = ROOT) -> str:
    """What an environment of this kind (`run` or `dev`) is made from, as a SHA-256 in hexadecimal."""
    parts = (root / LOCKS[kind], root / "pyproject.toml")
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()


def is_ready(kind: str, root: Path = ROOT, folder: Path = VENV, python: Path = PYTHON) -> bool:
    """Whether `folder` holds what `kind` needs. What tests need contains what running needs."""
    if not python.exists() or (folder / ".unfinished").exists():
        return False
    stamps = {name: folder / f".stamp-{name}" for name in (kind, "dev")}
    return any(stamp.is_file() and stamp.read_text() == digest(name, root) for name, stamp in stamps.items())


def make_venv(uv: str | None) -> None:
    """Makes an empty environment; brings the half of `venv` that Debian leaves out, when it may."""
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir()
    (VENV / ".unfinished").touch()
    if uv:
        return quietly(uv, "venv", "-q", "--seed", "--allow-existing", "--python", sys.executable, VENV)
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python3.{sys.version_info.minor}-venv"
        if not may_apt():
            raise SystemExit(f"Python's venv is missing here: sudo apt-get install {package}, then the same again.")
        apt_install(package)
    quietly(sys.executable, "-m", "venv", VENV)


def setup(kind: str) -> int:
    """Brings `.venv` to what the lock says; does nothing when it is there already."""
    if is_ready(kind):
        return 0
    say(FIRST[kind])
    uv = shutil.which("uv")
    unfinished = VENV / ".unfinished"
    # an install that was cut off leaves packages that look whole and are not
    if unfinished.exists() or not PYTHON.exists():
        make_venv(uv)
    unfinished.touch()
    pip: tuple[str | Path, ...] = (PYTHON, "-m", "pip", "install", "--no-compile", "--no-input")
    if uv:
        pip = (uv, "pip", "install", "--python", PYTHON)
    quietly(*pip, "-q", "--no-deps", "--require-hashes", "-r", ROOT / LOCKS[kind])
    (VENV / f".stamp-{kind}").write_text(digest(kind))
    unfinished.unlink()
    return 0


def find_browser() -> str | None:
    """A Chromium: TEST_BROWSER, then what is on the PATH, then where macOS and Windows keep theirs."""
    if named := os.environ.get("TEST_BROWSER"):
        return named
    on_path = (found for name in BROWSERS if (found := shutil.which(name)))
    return next(on_path, None) or next((file for file in BROWSER_FILES if Path(file).exists()), None)


def is_debian(release: Path = Path("/etc/os-release")) -> bool:
    """Debian itself: Ubuntu's package `chromium` installs nothing without snap."""
    return release.is_file() and "ID=debian" in release.read_text().splitlines()


def bring_browser() -> str | None:
    """A browser, installed when this is root on Debian, also beside one that has windows, since the tests take a third longer
    in that. None where there is none, and it says so."""
    found = find_browser()
    wanted = found is None or ("TEST_BROWSER" not in os.environ and Path(found).name not in SHELLS)
    if wanted and may_apt() and is_debian():
        say("Installing Chromium without windows, half a minute, once.")
        try:
            apt_install(SHELLS[0], "fonts-noto-core")
        except SystemExit:
            if found is None:
                raise
            say(f"The tests take {found} instead.")
        found = find_browser()
    if found is None:
        say("No browser here: install Chromium, Chrome or Edge, or name one in TEST_BROWSER.")
    return found


def find_node(folder: Path = VENV) -> Path | None:
    """The Node inside Playwright's wheel."""
    places = ("lib/python3*/site-packages/playwright/driver/node", "Lib/site-packages/playwright/driver/node.exe")
    return next((node for place in places for node in folder.glob(place)), None)


def node_tests(root: Path = ROOT) -> list[Path]:
    return sorted(file for part in ("widget", "dashboard") for file in (root / "tests" / part).rglob("*.test.js"))


def hand_over(*arguments: str) -> int:
    """Becomes the environment's Python, so that Ctrl-C and the exit code are the program's own."""
    if WINDOWS:
        return call(PYTHON, *arguments)
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), *arguments])


def again(**env: str) -> int:
    """Those that failed, once more and alone, if they are few: 0 when none fails twice. What failed once is named, since it
    is a fault as well, of the test or of what it tests."""
    cache = ROOT / ".pytest_cache/v/cache/lastfailed"
    failed = sorted(json.loads(cache.read_text())) if cache.is_file() else []
    if not 0 < len(failed) <= CHANCE:
        return 1
    say(f"{len(failed)} failed: once more, alone.")
    code = call(PYTHON, "-m", "pytest", "--last-failed", "--last-failed-no-failures", "none", **env)
    if code == 0:
        say("\n".join(["Failed by chance, and is to be mended:", *failed]))
    return code


def test(arguments: list[str]) -> int:
    """Everything; with arguments, only what they make pytest do."""
    setup("dev")
    browser = bring_browser()
    if browser is None:
        if os.environ.get("CI"):
            return 1
        say("The tests that need one are skipped.")
    env = {**BYTECODE, "TEST_BROWSER": browser} if browser else BYTECODE
    if arguments:
        return call(PYTHON, "-m", "pytest", *arguments, **env)
    # with one more than there are cores it took as long, and every browser answered later
    workers = max(2, min(4, os.cpu_count() or 2))
    code = call(PYTHON, "-m", "pytest", "-n", f"{workers}", "--dist", "worksteal", "--cache-clear", **env)
    if code == 1:
        code = again(**env)
    node, files = find_node(), node_tests()
    if node is None or not files:
        say("The tests of the browser code did not run: there is no Node in .venv, or they are not where they were.")
        return code or 1
    return max(code, call(node, "--test", *files))


def prove(arguments: list[str]) -> int:
    """Those tests again that try something a few times, now as often as makes one sure; each may take its time."""
    setup("dev")
    return call(PYTHON, "-m", "pytest", "-m", "prove", "--timeout", "1800", *arguments, PROVE="1", **BYTECODE)


def check(arguments: list[str]) -> int:
    """Linters, types, import rules. All of them run, also after one has failed."""
    setup("dev")
    steps = {
        "ruff check": ("-m", "ruff", "check", "."),
        "ruff format": ("-m", "ruff", "format", "--check", "."),
        "mypy": ("-m", "mypy"),
        "import rules": ("-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-logo"),
    }
    failed = []
    for name, command in steps.items():
        say(f"· {name}")
        if call(PYTHON, *command):
            failed.append(name)
    if not has_sound_types():
        failed.append("tsc")
    say(f"Not well: {', '.join(failed)}." if failed else "All checks pass.")
    return 1 if failed else 0


def has_sound_types() -> bool:
    """Whether the browser code's types hold, by the TypeScript that npm brings. Without npm: True, and it says so."""
    npm = shutil.which("npm")
    say("· tsc" if npm else "· tsc: skipped, there is no npm here")
    if npm is None:
        return True
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    stamp = ROOT / "node_modules/.stamp"
    if not stamp.is_file() or stamp.read_text() != wanted:
        quietly(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        stamp.write_text(wanted)
    return call(ROOT / "node_modules/.bin" / ("tsc.cmd" if WINDOWS else "tsc"), "-p", "tsconfig.json") == 0


def lock(arguments: list[str]) -> int:
    """Resolves both locks anew. The one task that needs uv."""
    uv = shutil.which("uv")
    if uv is None:
        raise SystemExit("uv is needed for this, and only for this: pip install uv")
    groups: dict[str, list[str]] = {"run": [], "dev": ["--group", "dev"]}
    compiler = (uv, "pip", "compile", "pyproject.toml", *COMPILE.split(), *arguments)
    return max(call(*compiler, *group, "-o", LOCKS[kind]) for kind, group in groups.items())


def sbom(arguments: list[str]) -> int:
    """What a running collector is made of, into sbom.cdx.json; with `licences`, the tables of docs/licences.md."""
    setup("dev" if "licences" in arguments else "run")
    return call(PYTHON, "-m", "tools.sbom", *(arguments or ["sbom.cdx.json"]))


TASKS = {
    "run": lambda arguments: setup("run") or hand_over("-m", "collector", "demo", *arguments),
    "test": test,
    "prove": prove,
    "check": check,
    "bench": lambda arguments: setup("dev") or hand_over("-m", "bench", *arguments),
    "setup": lambda arguments: setup("dev" if "dev" in arguments else "run"),
    "lock": lock,
    "sbom": sbom,
}


def main(argv: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - it runs before anything could ask for a version
        raise SystemExit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    name, *arguments = argv or ["run"]
    try:
        if name in TASKS:
            return TASKS[name](arguments)
    except KeyboardInterrupt:
        say("")
        return 130
    say(f"usage: python3 tools/dev.py {'|'.join(TASKS)} [arguments]")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
