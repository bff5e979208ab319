"""``migrate``: what has no version is given it; older formats come up step by step, newer are refused."""

import re
from pathlib import Path

import pytest

from mktexec.store import migrate
from mktexec.store.edit import Put, Remove, Rename
from mktexec.store.load import read_text
from mktexec.store.migrate import NewerFormatError, migration

PLAN = """\
mktexec: 1
campaign:
  title: A   # by hand
  language: en
  period: {start: 2025-01-06, end: 2025-01-31}
"""
BARE = PLAN.removeprefix("mktexec: 1\n")
OLD = PLAN.replace("mktexec: 1", "mktexec: 0").replace("title: A ", "name: A  ")


def plan(folder: Path, text: str, name: str = "plan.yaml") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return path


def documents(*texts: str):
    return [read_text(text, f"{index}.yaml").document for index, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "format 1 is the present one; nothing to do"), ("zh", "格式 1 就是当前格式，无需升级")],
)
def test_the_present_format_stays(run, tmp_path, monkeypatch, lang, said):
    monkeypatch.setattr("mktexec.commands.migrate.tell", lambda en, zh: zh if lang == "zh" else en)
    path = plan(tmp_path, PLAN)
    result = run("migrate", path)
    assert (result.code, result.out, result.err) == (0, "", said + "\n")
    assert path.read_text(encoding="utf-8") == PLAN


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BARE, PLAN),
        ("# schema\n# the plan\n\n# facts\n" + BARE, "# schema\n# the plan\n\nmktexec: 1\n# facts\n" + BARE),
        ("# schema\n\n" + BARE, "# schema\n\nmktexec: 1\n" + BARE),
        ("mktexec:\n" + BARE, PLAN),
        (PLAN.replace("1\n", "~   # unknown\n", 1), PLAN.replace("1\n", "1   # unknown\n", 1)),
        (BARE.replace("\n", "\r\n"), PLAN.replace("\n", "\r\n")),
        ("people: {}\n" + BARE, "mktexec: 1\npeople: {}\n" + BARE),
    ],
)
def test_a_plan_without_a_version_is_given_it(run, tmp_path, before, after):
    path = plan(tmp_path, before)
    assert run("migrate", "--plan", path).code == 0
    assert path.read_bytes().decode("utf-8") == after
    assert run("check", path, "--fail-on", "error").code == 0


def test_in_a_folder_it_stands_with_the_campaign(run, tmp_path):
    people = plan(tmp_path, "people: {li: {name: Li}}\n", "a.yaml")
    head = plan(tmp_path, BARE, "b.yaml")
    assert run("migrate", tmp_path).code == 0
    assert head.read_text(encoding="utf-8") == PLAN
    assert people.read_text(encoding="utf-8") == "people: {li: {name: Li}}\n"


@pytest.mark.parametrize("version", ["2", "17", "999999999"])
def test_a_newer_format_is_refused(run, tmp_path, version):
    text = PLAN.replace("mktexec: 1", f"mktexec: {version}")
    path = plan(tmp_path, text)
    result = run("migrate", path)
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith(
        f"mktexec: the plan is in format {version}, written by a newer mktexec\n  → upgrade"
    )
    assert path.read_text(encoding="utf-8") == text
    with pytest.raises(NewerFormatError) as refused:
        migration(documents(text))
    assert refused.value.message.zh == f"计划的格式版本是 {version}，由更新版本的 mktexec 写成"


@pytest.mark.parametrize(
    "version", ["0", "one", "1.0", "01", "-1", "'1 '", "1e3", "[1]", "{a: 1}", "٢", "1000000000"]
)
def test_any_other_version_is_a_finding(run, tmp_path, version):
    path = plan(tmp_path, PLAN.replace("mktexec: 1", f"mktexec: {version}"))
    result = run("migrate", path)
    assert (result.code, result.out) == (3, "")
    assert re.search(r"plan\.yaml:1:\d+: error \[(bad-version|wrong-type)\]", result.err)
    assert path.read_text(encoding="utf-8") == PLAN.replace("mktexec: 1", f"mktexec: {version}")


def test_what_is_no_yaml_is_listed(run, tmp_path):
    result = run("migrate", plan(tmp_path, "a: [\n"))
    assert (result.code, "[not-yaml]" in result.err) == (3, True)


def test_an_older_format_is_brought_up(run, tmp_path, monkeypatch):
    path = plan(tmp_path, OLD)
    assert run("migrate", path).code == 3
    monkeypatch.setitem(migrate.STEPS, 0, lambda _data: [Rename(("campaign", "name"), "title")])
    result = run("migrate", path, "--dry-run")
    assert (result.code, path.read_text(encoding="utf-8")) == (0, OLD)
    assert result.out.splitlines()[0] == "in format 1 now"
    for line in ("- mktexec: 0", "+ mktexec: 1", "-   name: A    # by hand", "+   title: A   # by hand"):
        assert line in result.out.splitlines()
    assert run("migrate", path).code == 0
    assert path.read_text(encoding="utf-8") == PLAN


def test_the_files_of_a_folder_are_brought_up_together_or_not_at_all(run, tmp_path, monkeypatch):
    head = plan(tmp_path, OLD, "a.yaml")
    people = plan(tmp_path, "people:\n  li: {called: Li, role: lead}\n", "b.yaml")
    step = [Rename(("campaign", "name"), "title"), Rename(("people", "li", "called"), "name")]
    monkeypatch.setitem(migrate.STEPS, 0, lambda _data: step[:1])
    assert run("migrate", tmp_path).code == 0  # what is still wrong was wrong before
    assert head.read_text(encoding="utf-8") == PLAN
    head.write_text(OLD, encoding="utf-8")
    monkeypatch.setitem(migrate.STEPS, 0, lambda _data: [*step, Put(("people", "li", "capacity"), "much")])
    assert run("migrate", tmp_path).code == 1  # an error that was not there
    assert head.read_text(encoding="utf-8") == OLD
    assert people.read_text(encoding="utf-8") == "people:\n  li: {called: Li, role: lead}\n"
    monkeypatch.setitem(migrate.STEPS, 0, lambda _data: step)
    assert run("migrate", tmp_path).code == 0
    assert head.read_text(encoding="utf-8") == PLAN
    assert people.read_text(encoding="utf-8") == "people:\n  li: {name: Li, role: lead}\n"


def test_each_step_sees_what_the_one_before_it_made(monkeypatch):
    seen = []

    def first(data):
        seen.append(data)
        return [Rename(("campaign", "name"), "title")]

    def second(data):
        seen.append(data)
        return [Put(("campaign", "title"), data["campaign"]["title"] + "!"), Remove(("goals",))]

    monkeypatch.setattr(migrate, "FORMAT_VERSION", "2")
    monkeypatch.setattr(migrate, "STEPS", {0: first, 1: second})
    edits = migration(documents("mktexec: 0\ncampaign: {name: A}\ngoals: {G1: {}}\n", "goals: {G2: {}}\n"))
    assert seen == [
        {"mktexec": "0", "campaign": {"name": "A"}, "goals": {"G1": {}, "G2": {}}},
        {"mktexec": "0", "campaign": {"title": "A"}, "goals": {"G1": {}, "G2": {}}},
    ]
    assert edits == [
        Rename(("campaign", "name"), "title"),
        Put(("campaign", "title"), "A!"),
        Remove(("goals",)),
        Put(("mktexec",), "2"),
    ]
    assert migration(documents("mktexec: 1\ncampaign: {title: A}\ngoals: {}\n"))[-1] == Put(("mktexec",), "2")
    assert migration(documents("mktexec: 2\ncampaign: {name: A}\n")) == []
