"""The writer: whole files, all or none of several, nobody's edit overwritten, nothing left lying about."""

import errno
import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mktexec.errors import UnreadableError
from mktexec.store import lock
from mktexec.store.files import Change, ChangedMeanwhileError, create, locked, replace, settle, write
from mktexec.store.journal import JOURNAL, Step, begin, digest

OLD, NEW = b"progress: 10\n", b"progress: 20\n"
NAMES = ("a.yaml", "b.yaml", "c.yaml")
ERRNOS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan in one file."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan in three files."""
    path = tmp_path / "q3"
    path.mkdir()
    for name in NAMES:
        (path / name).write_bytes(OLD)
    return path


def edit(plan: Path, *files: Path, old: bytes = OLD, new: bytes = NEW) -> None:
    with locked(plan):
        write(plan, [Change(file, old, new) for file in files or (plan,)])


def edit_all(folder: Path) -> None:
    edit(folder, *(folder / name for name in NAMES))


def names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def contents(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in NAMES]


def after(patch: pytest.MonkeyPatch, name: str, action, turn: int = 1) -> None:
    """Have ``action`` done right after the ``turn``-th call of ``os.<name>``."""
    real, calls = getattr(os, name), []

    def patched(*args, **options):
        result = real(*args, **options)
        calls.append(args)
        if len(calls) == turn:
            action()
        return result

    patch.setattr(os, name, patched)


def failing(patch: pytest.MonkeyPatch, name: str, code: int, turns) -> None:
    """Have the calls of ``os.<name>`` whose turn it is fail with an errno."""
    real, calls = getattr(os, name), []

    def patched(*args, **options):
        calls.append(args)
        if len(calls) in turns:
            raise OSError(code, os.strerror(code))
        return real(*args, **options)

    patch.setattr(os, name, patched)


# --- one file ---------------------------------------------------------------------------------


def test_a_file_is_changed_and_nothing_else_stays(plan):
    with locked(plan):
        assert names(plan.parent) == {"plan.yaml", ".plan.yaml.lock"}
        write(plan, [Change(plan, OLD, NEW)])
    assert plan.read_bytes() == NEW
    assert names(plan.parent) == {"plan.yaml"}


def test_a_folder_is_locked_inside(folder):
    with locked(folder):
        assert names(folder) == {*NAMES, ".mktexec.lock"}
    assert names(folder) == set(NAMES)


def test_a_new_file_has_the_usual_mode(tmp_path):
    mask = os.umask(0o027)
    try:
        edit(tmp_path / "plan.yaml", old=b"")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "plan.yaml").stat().st_mode) == 0o640


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_the_mode_is_kept(plan, folder, mode):
    plan.chmod(mode)
    edit(plan)
    assert stat.S_IMODE(plan.stat().st_mode) == mode
    (folder / "b.yaml").chmod(mode)
    edit_all(folder)
    assert stat.S_IMODE((folder / "b.yaml").stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_is_kept(plan):
    os.chown(plan, 12345, 23456)
    edit(plan)
    assert (plan.stat().st_uid, plan.stat().st_gid) == (12345, 23456)
    assert plan.read_bytes() == NEW


def test_an_owner_that_cannot_be_kept_stops_nothing(plan, monkeypatch):
    asked = []

    def refused(*one):
        asked.append(one[1:])
        raise PermissionError(errno.EPERM, "Operation not permitted")

    found = plan.stat()
    other = os.stat_result((found.st_mode, 1, 1, 1, found.st_uid + 1, found.st_gid + 1, 13, 0, 0, 0))
    real = Path.stat
    monkeypatch.setattr(os, "chown", refused)
    monkeypatch.setattr(Path, "stat", lambda path, **one: other if path == plan else real(path, **one))
    edit(plan)
    assert plan.read_bytes() == NEW
    assert asked == [(-1, found.st_gid + 1)]


def test_a_link_stays_one_and_all_is_done_at_the_real_file(plan, tmp_path):
    home = tmp_path / "elsewhere"
    home.mkdir()
    link = home / "link.yaml"
    link.symlink_to(plan)
    with locked(link):
        assert names(home) == {"link.yaml"}
        assert ".plan.yaml.lock" in names(tmp_path)
        write(link, [Change(link, OLD, NEW)])
    assert link.is_symlink()
    assert plan.read_bytes() == NEW
    assert not plan.is_symlink()


def test_links_to_a_folder_and_inside_it_stay(folder, tmp_path):
    (folder / "parts").mkdir()
    (folder / "b.yaml").rename(folder / "parts" / "b.yaml")
    (folder / "b.yaml").symlink_to(Path("parts") / "b.yaml")
    link = tmp_path / "link"
    link.symlink_to(folder)
    edit(link, *(link / name for name in NAMES))
    assert contents(folder) == [NEW] * 3
    assert (folder / "b.yaml").is_symlink()
    assert names(folder) == {*NAMES, "parts"}
    assert names(folder / "parts") == {"b.yaml"}


def test_the_disk_has_the_content_before_the_name_and_the_name_in_the_end(plan, monkeypatch):
    seen = []
    sync, move = os.fsync, os.replace
    monkeypatch.setattr(
        os, "fsync", lambda one: (seen.append(stat.S_IFMT(os.fstat(one).st_mode)), sync(one))[1]
    )
    monkeypatch.setattr(os, "replace", lambda *one: (seen.append("replace"), move(*one))[1])
    edit(plan)
    assert seen == [stat.S_IFREG, "replace", stat.S_IFDIR]


def test_a_journal_is_on_the_disk_before_any_file_moves_and_goes_after_all_have(folder, monkeypatch):
    seen = []
    sync, move, remove = os.fsync, os.replace, os.unlink
    monkeypatch.setattr(
        os, "fsync", lambda one: (seen.append(stat.S_IFMT(os.fstat(one).st_mode)), sync(one))[1]
    )
    monkeypatch.setattr(os, "replace", lambda *one: (seen.append(Path(one[1]).name), move(*one))[1])
    monkeypatch.setattr(os, "unlink", lambda one: (seen.append(f"-{Path(one).name}"), remove(one))[1])
    edit_all(folder)
    file, directory = stat.S_IFREG, stat.S_IFDIR
    assert [one for one in seen if not str(one).endswith(".tmp")] == [
        *(file, file, file, file, JOURNAL, directory),
        *(*NAMES, directory, f"-{JOURNAL}", "-.mktexec.lock"),
    ]


def test_nothing_to_change_writes_nothing(plan):
    before = plan.stat()
    edit(plan, new=OLD)
    assert plan.stat().st_ino == before.st_ino
    with locked(plan):
        write(plan, [])
    assert plan.read_bytes() == OLD


# --- somebody else's edit ---------------------------------------------------------------------


def test_a_hand_edit_is_never_overwritten(plan):
    with locked(plan):
        plan.write_bytes(b"by hand")
        with pytest.raises(ChangedMeanwhileError) as caught:
            write(plan, [Change(plan, OLD, NEW)])
    assert plan.read_bytes() == b"by hand"
    assert names(plan.parent) == {"plan.yaml"}
    assert caught.value.exit_code == 3
    assert caught.value.message.en == f"{plan} was changed meanwhile; nothing was written"


def test_a_hand_edit_during_the_write_is_not_overwritten(plan, monkeypatch):
    after(monkeypatch, "fsync", lambda: plan.write_bytes(b"by hand"))
    with pytest.raises(ChangedMeanwhileError):
        edit(plan)
    assert plan.read_bytes() == b"by hand"
    assert names(plan.parent) == {"plan.yaml"}


def test_a_file_that_went_or_came_is_not_overwritten(plan):
    with pytest.raises(ChangedMeanwhileError):
        edit(plan, old=b"")
    assert plan.read_bytes() == OLD
    plan.unlink()
    with pytest.raises(ChangedMeanwhileError):
        edit(plan)
    assert not plan.exists()


def test_a_file_that_was_only_read_must_be_unchanged_too(folder):
    a, b, c = (folder / name for name in NAMES)
    b.write_bytes(b"by hand")
    with locked(folder), pytest.raises(ChangedMeanwhileError):
        write(folder, [Change(a, OLD, NEW), Change(b, OLD, OLD)])
    with locked(folder), pytest.raises(ChangedMeanwhileError):
        write(folder, [Change(b, OLD, OLD)])
    with locked(folder), pytest.raises(ChangedMeanwhileError):
        write(folder, [Change(a, OLD, NEW), Change(b, OLD, OLD), Change(c, OLD, NEW)])
    assert contents(folder) == [OLD, b"by hand", OLD]


@pytest.mark.parametrize("edited", NAMES)
def test_one_edited_file_of_several_stops_all(folder, edited):
    (folder / edited).write_bytes(b"by hand")
    with pytest.raises(ChangedMeanwhileError):
        edit_all(folder)
    assert contents(folder) == [b"by hand" if name == edited else OLD for name in NAMES]
    assert names(folder) == set(NAMES)


@pytest.mark.parametrize("turn", [1, 2, 3])  # after the journal, after a.yaml, after b.yaml
def test_an_edit_between_two_replaces_takes_the_first_back(folder, monkeypatch, turn):
    edited = folder / "c.yaml"
    after(monkeypatch, "replace", lambda: edited.write_bytes(b"by hand"), turn)
    with pytest.raises(ChangedMeanwhileError):
        edit_all(folder)
    assert contents(folder) == [OLD, OLD, b"by hand"]
    assert names(folder) == set(NAMES)


def test_what_cannot_be_taken_back_without_losing_an_edit_stays(folder, monkeypatch):
    a, b, _ = (folder / name for name in NAMES)

    def by_hand():
        a.write_bytes(b"by hand too")
        b.write_bytes(b"by hand")

    after(monkeypatch, "replace", by_hand, turn=2)
    with pytest.raises(ChangedMeanwhileError):
        edit_all(folder)
    monkeypatch.undo()
    assert contents(folder) == [b"by hand too", b"by hand", OLD]
    with pytest.raises(UnreadableError, match="cannot be finished"):
        settle(folder)
    assert contents(folder) == [b"by hand too", b"by hand", OLD]


# --- the disk refuses -------------------------------------------------------------------------

CALLS = ("open", "fdopen", "fsync", "chmod", "replace")


@pytest.mark.parametrize("code", ERRNOS, ids=errno.errorcode.get)
@pytest.mark.parametrize("call", CALLS)
def test_a_plan_is_intact_where_the_disk_refuses(plan, monkeypatch, call, code):
    with locked(plan):  # the lock's own calls are walked elsewhere
        failing(monkeypatch, call, code, turns={1})
        with pytest.raises(UnreadableError) as caught:
            write(plan, [Change(plan, OLD, NEW)])
        monkeypatch.undo()
    assert caught.value.message.en == f"cannot write {plan}: {os.strerror(code)}"
    assert caught.value.message.zh == f"无法写入 {plan}：{os.strerror(code)}"
    assert caught.value.exit_code == 3
    assert plan.read_bytes() == OLD
    assert names(plan.parent) == {"plan.yaml"}


def test_a_name_that_the_disk_may_not_keep_is_written_all_the_same(plan, monkeypatch):
    with locked(plan):
        failing(monkeypatch, "fsync", errno.EIO, turns={2})  # the folder's
        write(plan, [Change(plan, OLD, NEW)])
    assert plan.read_bytes() == NEW


@pytest.mark.parametrize("turn", [1, 2, 3, 4])  # the journal, then the three files
def test_a_change_that_fails_half_way_is_taken_back(folder, monkeypatch, turn):
    (folder / "a.yaml").unlink()
    changes = [Change(folder / name, OLD, NEW) for name in NAMES]
    changes[0] = Change(folder / "a.yaml", b"", NEW)
    with locked(folder):
        failing(monkeypatch, "replace", errno.EACCES, turns={turn})
        with pytest.raises(UnreadableError, match="Permission denied"):
            write(folder, changes)
        monkeypatch.undo()
        assert names(folder) == {"b.yaml", "c.yaml", ".mktexec.lock"}
    assert [(folder / name).read_bytes() for name in NAMES[1:]] == [OLD, OLD]


def test_what_can_neither_go_on_nor_back_is_finished_later(folder, monkeypatch):
    with locked(folder):
        failing(monkeypatch, "replace", errno.EIO, turns=range(3, 99))
        with pytest.raises(UnreadableError):
            write(folder, [Change(folder / name, OLD, NEW) for name in NAMES])
        monkeypatch.undo()
    assert contents(folder) == [NEW, OLD, OLD]
    settle(folder)
    assert contents(folder) == [NEW] * 3
    assert names(folder) == set(NAMES)


def test_an_interrupted_way_back_is_finished_later(folder, monkeypatch):
    with locked(folder):
        failing(monkeypatch, "replace", errno.EIO, turns={3, 5})  # b.yaml, then a.yaml's way back
        with pytest.raises(UnreadableError):
            write(folder, [Change(folder / name, OLD, NEW) for name in NAMES])
        monkeypatch.undo()
    assert contents(folder) == [NEW, OLD, OLD]
    settle(folder)
    assert contents(folder) == [OLD] * 3
    assert names(folder) == set(NAMES)


def test_an_interrupted_command_takes_back_what_it_began(folder, monkeypatch):
    def interrupt():
        raise KeyboardInterrupt

    after(monkeypatch, "replace", interrupt, turn=3)
    with pytest.raises(KeyboardInterrupt):
        edit_all(folder)
    assert contents(folder) == [OLD] * 3
    assert names(folder) == set(NAMES)


def test_a_write_protected_file_is_not_replaced(plan, folder, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name not in {"plan.yaml", "b.yaml"})
    with pytest.raises(UnreadableError, match="Permission denied"):
        edit(plan)
    with pytest.raises(UnreadableError, match="Permission denied"):
        edit_all(folder)
    with pytest.raises(UnreadableError, match="Permission denied"):
        replace(plan, "answer")
    assert plan.read_bytes() == OLD
    assert contents(folder) == [OLD] * 3
    assert names(folder) == set(NAMES)


# --- leftovers --------------------------------------------------------------------------------


def test_leftovers_are_swept_but_nobody_elses(plan):
    mine = {".plan.yaml.abcd_123.tmp", ".plan.yaml.lock"}
    others = {".plan.yaml.bak.tmp", ".other.yaml.abcd1234.tmp", ".mktexec-abcd1234.tmp", "plan.yaml.tmp"}
    for name in mine | others:
        (plan.parent / name).write_bytes(b"left")
    edit(plan)
    assert names(plan.parent) == {"plan.yaml", *others}


def test_leftovers_of_a_folder_are_swept_but_nobody_elses(folder):
    mine = {".mktexec-abcd_123.tmp", ".mktexec.lock"}
    others = {".a.yaml.abcd1234.tmp", ".mktexec-notes.tmp", "mktexec-abcd1234.tmp"}
    for name in mine | others:
        (folder / name).write_bytes(b"left")
    with locked(folder):
        pass
    assert names(folder) == {*NAMES, *others}


def test_a_leftover_that_cannot_be_removed_stops_nothing(plan):
    (plan.parent / ".plan.yaml.abcd1234.tmp").mkdir()
    edit(plan)
    assert plan.read_bytes() == NEW


# --- the journal ------------------------------------------------------------------------------


def crashed(folder: Path, done: int, *, gone: bool = False) -> None:
    """Leave ``folder`` as a crash after ``done`` of three replaces does; ``gone``: b.yaml is removed."""
    steps = []
    for number, name in enumerate(NAMES):
        target = folder / name
        if gone and name == "b.yaml":
            steps.append(Step(target, None, digest(OLD), None))
            if number < done:
                target.unlink()
            continue
        temporary = folder / f".mktexec-abcdefg{number}.tmp"
        steps.append(Step(target, temporary, digest(OLD), digest(NEW)))
        (target if number < done else temporary).write_bytes(NEW)
    begin(folder, steps)


@pytest.mark.parametrize("done", [0, 1, 2, 3])
@pytest.mark.parametrize("entrance", [settle, edit_all])
def test_a_change_is_finished_from_wherever_it_stopped(folder, done, entrance):
    crashed(folder, done)
    if entrance is settle:
        settle(folder)
    else:  # a writer that read before the crash is told
        with pytest.raises(ChangedMeanwhileError):
            edit_all(folder)
    assert contents(folder) == [NEW] * 3
    assert names(folder) == set(NAMES)


@pytest.mark.parametrize("done", [0, 1, 2, 3])
def test_a_file_that_the_change_takes_away_goes(folder, done):
    crashed(folder, done, gone=True)
    settle(folder)
    assert names(folder) == {"a.yaml", "c.yaml"}


@pytest.mark.parametrize("plan_of", ["the folder", "one of its files"])
def test_either_reading_finishes_the_change(folder, plan_of):
    crashed(folder, 1)
    settle(folder if plan_of == "the folder" else folder / "c.yaml")
    assert contents(folder) == [NEW] * 3


def test_a_file_read_as_a_plan_of_its_own_waits_for_its_folder(folder):
    crashed(folder, 1)
    edit(folder / "c.yaml", old=NEW, new=b"third")
    assert contents(folder) == [NEW, NEW, b"third"]
    assert names(folder) == set(NAMES)


def by_hand(folder: Path) -> None:
    (folder / "c.yaml").write_bytes(b"by hand")


def no_temporary(folder: Path) -> None:
    (folder / ".mktexec-abcdefg2.tmp").unlink()


def other_temporary(folder: Path) -> None:
    (folder / ".mktexec-abcdefg2.tmp").write_bytes(b"torn")


def linked_temporary(folder: Path) -> None:
    (folder / "elsewhere").write_bytes(NEW)
    (folder / ".mktexec-abcdefg2.tmp").unlink()
    (folder / ".mktexec-abcdefg2.tmp").symlink_to("elsewhere")


def torn_journal(folder: Path) -> None:
    (folder / JOURNAL).write_bytes(b'{"files": [')


def other_journal(folder: Path) -> None:
    (folder / JOURNAL).write_text("[1]", encoding="utf-8")


def deep_journal(folder: Path) -> None:
    (folder / JOURNAL).write_text("[" * 100_000, encoding="utf-8")


@pytest.mark.parametrize(
    "spoil",
    [by_hand, no_temporary, other_temporary, linked_temporary, torn_journal, other_journal, deep_journal],
)
def test_what_does_not_fit_changes_nothing_and_says_the_way_out(folder, spoil):
    crashed(folder, 1)
    spoil(folder)
    before = contents(folder)
    for entrance in (settle, edit_all):
        with pytest.raises(UnreadableError) as caught:
            entrance(folder)
        assert "cannot be finished" in caught.value.message.en
        assert "无法完成" in caught.value.message.zh
        assert str(folder / JOURNAL) in caught.value.hint.en
    assert contents(folder) == before
    (folder / JOURNAL).unlink()
    settle(folder)
    with locked(folder):
        pass
    assert contents(folder) == before
    assert names(folder) - {"elsewhere"} == set(NAMES)


@pytest.mark.parametrize(
    "entry",
    [
        {"file": "../outside.yaml", "old": None},
        {"file": "OUTSIDE", "old": None},
        {"file": "up/outside.yaml", "old": None},
        {"file": "link.yaml"},
        {"file": "post-commit", "old": None},
        {"file": "a\x00.yaml"},
        {"file": None},
        {"temporary": "../.mktexec-abcdefg0.tmp"},
        {"temporary": "README.tmp"},
        {"temporary": None},
        {"new": None},
        {"old": 1},
        {"old": None},
    ],
    ids=str,
)
def test_a_strangers_journal_reaches_no_other_file(folder, entry):
    (folder / "link.yaml").symlink_to("a.yaml")
    (folder / "up").symlink_to("..")
    if entry.get("file") == "OUTSIDE":
        entry = {"file": str(folder.parent / "outside.yaml"), "old": None}
    for place in (folder, folder.parent):
        (place / ".mktexec-abcdefg0.tmp").write_bytes(NEW)
    (folder / "README.tmp").write_bytes(NEW)
    usual = {"file": "a.yaml", "temporary": ".mktexec-abcdefg0.tmp", "old": digest(OLD), "new": digest(NEW)}
    (folder / JOURNAL).write_text(json.dumps({"files": [usual | entry]}), encoding="utf-8")
    with pytest.raises(UnreadableError, match="cannot be finished"):
        settle(folder)
    assert contents(folder) == [OLD] * 3
    assert not (folder.parent / "outside.yaml").exists()
    assert not (folder / "post-commit").exists()
    assert (folder / "link.yaml").is_symlink()


def test_the_journal_of_the_strangers_test_is_else_followed(folder):
    (folder / ".mktexec-abcdefg0.tmp").write_bytes(NEW)
    usual = {"file": "a.yaml", "temporary": ".mktexec-abcdefg0.tmp", "old": digest(OLD), "new": digest(NEW)}
    (folder / JOURNAL).write_text(json.dumps({"files": [usual]}), encoding="utf-8")
    settle(folder)
    assert contents(folder) == [NEW, OLD, OLD]


def test_a_change_that_the_disk_does_not_let_finish_is_kept(folder, monkeypatch):
    crashed(folder, 1)
    failing(monkeypatch, "replace", errno.EROFS, turns={1})
    with pytest.raises(UnreadableError, match="cannot write"):
        settle(folder)
    settle(folder)
    assert contents(folder) == [NEW] * 3


def test_readers_without_a_journal_neither_lock_nor_import_the_lock(plan, folder):
    program = (
        "import sys; from pathlib import Path; from mktexec.store.files import settle\n"
        "for one in sys.argv[1:]: settle(Path(one))\n"
        "print('filelock' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(plan), str(folder)], capture_output=True, check=True
    )
    assert done.stdout.split() == [b"False"]


# --- the lock ---------------------------------------------------------------------------------


def test_a_plan_held_for_too_long_is_an_error_in_both_languages(plan, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    with locked(plan):
        with pytest.raises(UnreadableError) as caught:
            edit(plan)
        assert plan.read_bytes() == OLD
    assert caught.value.message == (
        "another mktexec command is changing this plan",
        "另一条 mktexec 命令正在修改这份计划",
    )
    edit(plan)
    assert plan.read_bytes() == NEW


def test_a_reader_waits_for_a_live_change_of_several_files(folder):
    reader = threading.Thread(target=settle, args=(folder,), daemon=True)
    with locked(folder):
        crashed(folder, 1)
        reader.start()
        reader.join(0.3)
        assert reader.is_alive()
        assert contents(folder) == [NEW, OLD, OLD]
        settled = [folder / name for name in NAMES[1:]]
        for number, target in enumerate(settled, start=1):
            (folder / f".mktexec-abcdefg{number}.tmp").replace(target)
        (folder / JOURNAL).unlink()
    reader.join(20)
    assert not reader.is_alive()
    assert contents(folder) == [NEW] * 3


@pytest.mark.parametrize("code", ERRNOS, ids=errno.errorcode.get)
def test_a_lock_that_cannot_be_made_is_an_error(plan, monkeypatch, code):
    failing(monkeypatch, "open", code, turns={1})
    with pytest.raises(UnreadableError) as caught:
        edit(plan)
    monkeypatch.undo()
    lock_file = plan.parent / ".plan.yaml.lock"
    assert caught.value.message.en == f"cannot write {lock_file}: {os.strerror(code)}"
    assert plan.read_bytes() == OLD


def test_an_error_under_the_lock_is_the_callers(plan):
    with pytest.raises(OSError, match="theirs"), locked(plan):
        raise OSError(errno.EIO, "theirs")
    assert names(plan.parent) == {"plan.yaml"}


# --- outputs and new files --------------------------------------------------------------------


def test_an_output_keeps_mode_and_link(tmp_path):
    (tmp_path / "real.md").write_text("old", encoding="utf-8")
    (tmp_path / "real.md").chmod(0o600)
    (tmp_path / "link.md").symlink_to("real.md")
    replace(tmp_path / "link.md", "答案\n")
    assert (tmp_path / "real.md").read_bytes() == "答案\n".encode()
    assert stat.S_IMODE((tmp_path / "real.md").stat().st_mode) == 0o600
    assert names(tmp_path) == {"real.md", "link.md"}


@pytest.mark.parametrize("call", CALLS)
def test_an_output_that_fails_leaves_the_old_one_alone(tmp_path, monkeypatch, call):
    target = tmp_path / "report.md"
    target.write_text("old", encoding="utf-8")
    failing(monkeypatch, call, errno.ENOSPC, turns={1})
    with pytest.raises(UnreadableError, match="No space left on device"):
        replace(target, "new")
    assert target.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == {"report.md"}


def test_a_new_file_overwrites_nothing(plan, tmp_path):
    (tmp_path / "dangling.yaml").symlink_to("nowhere/plan.yaml")
    for path in (plan, tmp_path / "dangling.yaml"):
        with pytest.raises(UnreadableError, match="exists already"):
            create(path, "new")
    assert plan.read_bytes() == OLD
    assert names(tmp_path) == {"plan.yaml", "dangling.yaml"}


def test_a_new_file_that_came_meanwhile_is_not_overwritten(tmp_path, monkeypatch):
    path = tmp_path / "deep" / "plan.yaml"
    after(monkeypatch, "fsync", lambda: path.write_bytes(b"by hand"))
    with pytest.raises(UnreadableError):
        create(path, "new")
    assert path.read_bytes() == b"by hand"
    assert names(path.parent) == {"plan.yaml"}


def test_a_new_file_is_made_with_its_folder_and_nothing_else(tmp_path):
    create(tmp_path / "deep" / "plan.yaml", "标题: 新\n")
    assert (tmp_path / "deep" / "plan.yaml").read_bytes() == "标题: 新\n".encode()
    assert names(tmp_path / "deep") == {"plan.yaml"}


@pytest.mark.parametrize("call", CALLS)
def test_a_new_file_that_fails_is_not_there(tmp_path, monkeypatch, call):
    failing(monkeypatch, call, errno.EDQUOT, turns={1})
    with pytest.raises(UnreadableError):
        create(tmp_path / "plan.yaml", "new")
    monkeypatch.undo()
    assert names(tmp_path) == set()
