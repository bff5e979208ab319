"""The terminal sessions shown in a page: run again, and renewed where the program answers otherwise."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from mktexec.i18n import Lang

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ ", re.MULTILINE)
GAP = "..."
COLUMNS = "92"
LOCALES: dict[Lang, str] = {"en": "C.UTF-8", "zh": "zh_CN.UTF-8"}


def environment(lang: Lang) -> dict[str, str]:
    """Return the environment of a reader whose screen speaks ``lang``."""
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.defpath}",
        "LANG": LOCALES[lang],  # not LC_ALL: some shells complain of a locale that is not installed
        "COLUMNS": COLUMNS,
        "MKTEXEC_TODAY": "2026-08-03",
        "PYTHONUNBUFFERED": "1",  # answers and messages in the order in which a terminal shows them
        "PYTHONUTF8": "1",
    }


def run(command: str, lang: Lang, folder: Path = ROOT) -> str:
    """Return what ``command`` shows on a terminal."""
    done = subprocess.run(  # noqa: S602  # pages show pipes and `echo $?`
        command,
        shell=True,
        cwd=folder,
        env=environment(lang),
        check=False,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout


def renewed(page: Path, lang: Lang) -> str:
    """Return the page with its sessions run in a copy of the plans."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "plans", Path(folder) / "plans")
        return renew(page.read_text(encoding="utf-8"), lambda command: run(command, lang, Path(folder)))


def renew(text: str, answer: Callable[[str], str]) -> str:
    """Return ``text`` with every answer that no longer holds replaced by the one that does."""
    return BLOCK.sub(lambda found: f"```console\n{_session(found[1], answer)}```", text)


def _session(text: str, answer: Callable[[str], str]) -> str:
    out = ""
    for one in COMMAND.split(text)[1:]:
        command, _, shown = one.partition("\n")
        actual = answer(command)
        out += f"$ {command}\n{shown if holds(shown, actual) else actual}"
    return out


def holds(shown: str, actual: str) -> bool:
    """Return whether an answer is as shown; a line ``...`` stands for any lines."""
    lines = shown.rstrip("\n").splitlines()
    pattern = "".join(r"(?:.*\n)*" if line == GAP else re.escape(line + "\n") for line in lines)
    return re.fullmatch(pattern, actual) is not None
