"""The command line as a fixture, in this process or in one of its own, and golden files."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

os.environ["LC_ALL"] = "C"  # the screen's language is chosen once, on the first import
for name in [one for one in os.environ if one.startswith("MKTEXEC_")]:
    del os.environ[name]

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "plans" / "examples" / "q3-2024-launch"
GOLDEN = Path(__file__).parent / "golden"
COMMAND = (sys.executable, "-m", "mktexec")
LOCALES = {"en": "C.UTF-8", "zh": "zh_CN.UTF-8"}
FIXED = {"MKTEXEC_TODAY": "2024-07-22", "COLUMNS": "80", "LC_ALL": "C"}
NO_BYTECODE = {"PYTHONDONTWRITEBYTECODE": "1"}
IDENTITY = {
    f"GIT_{role}_{field}": value
    for role in ("AUTHOR", "COMMITTER")
    for field, value in (("NAME", "Li"), ("EMAIL", "li@example.com"))
}
UNSET = ("NO_COLOR", "FORCE_COLOR", "MKTEXEC_PLAN", "TERM", "COLORTERM", "LANG", "LC_MESSAGES")


@dataclass(frozen=True)
class Result:
    """What a run gave: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


class Stream(io.TextIOWrapper):
    """A captured stream in UTF-8 that stands for a pipe."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="", write_through=True)

    def text(self) -> str:
        """Return what was written."""
        self.flush()
        return self.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


class Runner:
    """Runs ``mktexec`` as a user does; day, width, colour and locale are fixed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch

    def __call__(self, *args: object, cwd: Path | None = None, **env: str) -> Result:
        """Run in this process, which is fast; environment variables are given as keywords."""
        import gc

        from mktexec.cli import main

        out, err = Stream(), Stream()
        with self._patch.context() as patch:
            for key in UNSET:
                patch.delenv(key, raising=False)
            for key, value in (FIXED | env).items():
                patch.setenv(key, value)
            patch.chdir(cwd or ROOT)
            patch.setattr(sys, "argv", ["mktexec", *map(str, args)])
            patch.setattr(sys, "stdin", io.StringIO())
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            try:
                main()
                code = 0
            except SystemExit as end:
                code = int(end.code or 0)
            finally:
                gc.enable()  # the program switches it off for its own short life
        return Result(code, out.text(), err.text())

    def process(
        self,
        *args: object,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        **options: Any,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run in a process of its own, with nothing in its environment but ``env``.

        No byte code is written: a process that may not write much would leave half a file of it.
        """
        options = {"stdin": subprocess.DEVNULL, "capture_output": True} | options
        return subprocess.run(
            [*COMMAND, *map(str, args)],
            cwd=cwd or ROOT,
            env={**(FIXED if env is None else env), **NO_BYTECODE},
            check=False,
            timeout=120,
            **options,
        )


@pytest.fixture
def own_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the machine's git settings, and any repository around the tests, out of them."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Runner:
    return Runner(monkeypatch)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="accept the outputs as they are now")


@pytest.fixture
def golden(request: pytest.FixtureRequest, tmp_path: Path):
    """Compare a text with the accepted one, or accept it."""
    update = request.config.getoption("--update-golden")

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        text = placeholders(text, tmp_path)
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.is_file(), f"no {path.relative_to(ROOT)}: run make golden and look at it"
        assert text == path.read_bytes().decode("utf-8")

    return compare


def placeholders(text: str, tmp_path: Path) -> str:
    """Return ``text`` with what differs from machine to machine replaced."""
    text = text.replace(str(tmp_path), "<TMP>").replace(str(ROOT), "<ROOT>")
    return re.sub(r"mktexec \d+\.\d+\.\d+\S*", "mktexec <VERSION>", text)
