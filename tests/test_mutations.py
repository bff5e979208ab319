"""Mutated plans: whatever is typed, every command answers, and every finding has a place in the file."""

import contextlib
import io
import random
import re
from pathlib import Path

import pytest
import typer

from mktexec.commands import boundary, check, schedule, status, warn
from mktexec.errors import MktexecError
from mktexec.session import open_session

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "plans" / "examples" / "q3-2024-launch" / "plan.yaml"
FULL = Path(__file__).parent / "plans" / "full.yaml"
DAYS = ("2024-07-22", "2024-09-30", "2026-06-08")
TOKEN = re.compile(r"[^\s:,{}\[\]#'\"]+|[:,{}\[\]#'\"]")
SPLICES = (
    *"*&!%@`|>?-:,[]{}'\"#~<=\t\0\\\ufeff\x85\u2028\u3000：，、“",
    *("<<", "---", "...", "null", "~", "true", "2024-02-30", "2099-12-31", "1990-01-01", "T001", "T003"),
    *("T002 SS +2d", "launch - 3d", "9999d", "0d", "-1", "0", "1e9", "1e400000", "100%", "20/18", ".nan"),
    *("999999999999999", "0.000000000001", "x-a", "&a", "*a", "<<: *a", "!!int", "<<<<<<< HEAD", "{}", "[]"),
    *("zhao", "每日", "weekly", "everyday", "XX", "en", "title", "progress", "reserve", "after: [T001]"),
)


def mutate(text: bytes, dice: random.Random) -> bytes:
    """Return ``text`` after one to three edits of bytes, lines or tokens."""
    for _ in range(dice.randint(1, 3)):
        text = dice.choice((_byte, _line, _token, _token))(text, dice)
    return text


def _byte(text: bytes, dice: random.Random) -> bytes:
    at, new = dice.randrange(len(text) + 1), bytes([dice.randrange(256)])
    return text[:at] + dice.choice((b"", new)) + text[at + dice.randint(0, 1) :]


def _line(text: bytes, dice: random.Random) -> bytes:
    lines = text.split(b"\n")
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[at : at + 1] = dice.choice(
        (
            [],
            [lines[at]] * 2,
            [b"  " + lines[at]],
            [lines[at][1:]],
            [lines[at], lines[other]],
            [lines[other]],
            [lines[at].rstrip(), b""],
            [lines[at].replace(b": ", b":")],
            [lines[at].split(b":")[0] + b":"],
        )
    )
    return b"\n".join(lines)


def _token(text: bytes, dice: random.Random) -> bytes:
    whole = text.decode("utf-8", "surrogateescape")
    tokens = list(TOKEN.finditer(whole))
    if not tokens:
        return text
    one, other = dice.choice(tokens), dice.choice(tokens)
    new = dice.choice(("", other[0], dice.choice(SPLICES), one[0] + dice.choice(SPLICES)))
    return (whole[: one.start()] + new + whole[one.end() :]).encode("utf-8", "surrogateescape")


def survive(path: Path, lang: str, day: str) -> set[int]:
    """Run every command that reads the plan, see that findings have places, return the exit codes."""
    try:
        session = open_session(path, day, lang)
    except MktexecError as error:  # not even a place: the file cannot be opened
        pytest.fail(f"{error.message.en}")
    lines = re.split(r"\r\n|\r|\n", path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff"))
    for finding in session.checked + session.warned:
        file, line, column = finding.place or session.source.locate(finding.path)
        assert file == path.as_posix()
        assert 1 <= line <= len(lines), finding
        assert 1 <= column <= len(lines[line - 1]) + 1, finding
        assert all(session.source.locate(related) for related in finding.related)
    return {
        _exit_code(lambda: check.run([path], lang=lang)),
        _exit_code(lambda: warn.run([path], as_of=day, lang=lang)),
        _exit_code(lambda: status.run(path, as_of=day, lang=lang)),
        _exit_code(lambda: schedule.run(path, as_of=day, lang=lang)),
    }


def _exit_code(command) -> int:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            command()
        except typer.Exit as end:
            return end.exit_code
        except MktexecError as error:
            return boundary.tell_error(error)
        return 0


def assault(plan: Path, folder: Path, seeds: range) -> dict[int, int]:
    """Return how often each exit code came; a mutant that breaks a command stays in ``folder``."""
    codes: dict[int, int] = {}
    original = plan.read_bytes()
    for seed in seeds:
        dice = random.Random(seed)  # noqa: S311  # repeatable, no secret
        path = folder / f"{seed}.yaml"
        path.write_bytes(mutate(original, dice))
        for code in survive(path, dice.choice(("zh", "en")), dice.choice(DAYS)):
            codes[code] = codes.get(code, 0) + 1
        path.unlink()
    return codes


@pytest.mark.parametrize("seed", [0, 500, 1000, 1500])
def test_mutated_examples_are_all_answered(seed, tmp_path):
    codes = assault(EXAMPLE, tmp_path, range(seed, seed + 500))
    assert set(codes) == {0, 1, 3}  # sound, with findings, or refused; never a defect
    assert min(codes.values()) > 50


def test_mutated_full_plans_are_all_answered(tmp_path):
    assert set(assault(FULL, tmp_path, range(300))) == {0, 1, 3}


@pytest.mark.slow
@pytest.mark.parametrize(("plan", "count"), [(EXAMPLE, 10_000), (FULL, 3_000)], ids=["example", "full"])
def test_many_more_mutants_are_all_answered(plan, count, tmp_path):
    assert set(assault(plan, tmp_path, range(10_000, 10_000 + count))) == {0, 1, 3}
