"""The next id in a plan's own numbering, and where a plan names its entries."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mktexec.model.numbering import next_id
from mktexec.model.uses import uses
from mktexec.store.load import load
from mktexec.store.read import read_text

FULL = Path(__file__).parent / "plans" / "full.yaml"

NEXT = {
    "T001 T002 T012": "T013",
    "T003 T001": "T004",
    "T9": "T10",
    "T099": "T100",
    "T999": "T1000",
    "T1 T02": "T03",
    "1 2 3": "4",
    "01 02": "03",
    "任务1 任务2": "任务3",
    "T-001 T-002": "T-003",
    "T_1": "T_2",
    "2024-T01 2024-T02": "2024-T03",
    "2024 2025": "2026",
    "a1 A7": "A8",
    # parts of others
    "G1 G1-07 G1-08 G1-09": "G2",
    "G2 G1-07 G1-08": "G3",
    "G1-07 G1-08": "G1-09",
    "G1 G1-07 G1-07-1 G1-07-2": "G2",
    # several prefixes: that of most, else the last
    "A1 A2 B1": "A3",
    "B1 A1 A2": "A3",
    "A1 B1": "B2",
    "B1 A1 A2 B2": "B3",
    "kick-off T001": "T002",
    # no numbering
    "zhao wang": None,
    "zhao zhao2": None,
    "li2 wang zhao": None,
    "T001a T002a": None,
    "全量发布": None,
    "T１": None,
    "T" + "9" * 63: None,
    "9" * 5000: None,
}


@pytest.mark.parametrize("ids", NEXT, ids=lambda ids: ids[:30])
def test_the_next_id(ids):
    assert next_id(ids.split(), (), "T001") == NEXT[ids]


def test_the_first_id_of_an_empty_section_is_given():
    assert next_id([], (), "T001") == "T001"
    assert next_id([], ("T001", "T002"), "T001") == "T003"
    assert next_id([], (), None) is None


def test_an_id_of_another_section_is_passed_over():
    assert next_id(["R1", "R2"], {"R3", "R4", "R6"}, "R1") == "R5"


def split(one):
    prefix = one.rstrip("0123456789")
    return prefix, int(one.removeprefix(prefix))


@given(st.lists(st.from_regex(r"[A-Z]{0,2}-?[0-9]{1,4}", fullmatch=True), unique=True), st.sets(st.text()))
def test_the_next_id_is_new_and_the_highest_of_its_prefix(ids, taken):
    found = next_id(ids, taken, "T001")
    if found is not None:
        prefix, number = split(found)
        assert found not in taken
        assert all(split(one)[1] < number for one in ids if split(one)[0] == prefix)


def named(data):
    """Return place and id of everything named, without the numbers of list items."""
    found = uses(data, lambda _, one: not one[0].isdigit())
    return {(tuple(step for step in use.path if not step.isdigit()), use.id) for use in found}


def test_a_typed_plan_names_what_its_text_names():
    loaded, written = load(FULL), read_text(FULL.read_text(encoding="utf-8"), "plan.yaml").data
    relative = {(path, when.anchor) for path, when in loaded.relative.items()}
    assert named(loaded.plan) == named(written) - relative
    assert relative < named(written)
    assert len(named(written)) == 64


def test_links_days_keys_and_mentions_name_the_bare_id():
    data = {
        "tasks": {
            "T1": {"after": ["T2 SS +1d", "T3"], "start": "launch - 3cd", "end": "2024-07-01"},
            "T2": {"after": "T1", "needs": {"R1": "2"}, "collaborators": "li", "owner": ["li", "wang"]},
        },
        "approvals": {"A1": {"subject": "T1", "by": "li"}},
        "x-own": {"owner": "li"},
    }
    found = {".".join(use.path): use.id for use in uses(data, lambda *_: True)}
    assert found == {
        "tasks.T1.after.0": "T2",
        "tasks.T1.after.1": "T3",
        "tasks.T1.start": "launch",
        "tasks.T1.end": "2024-07-01",
        "tasks.T2.after": "T1",
        "tasks.T2.needs.R1": "R1",
        "tasks.T2.collaborators": "li",
        "tasks.T2.owner.0": "li",
        "tasks.T2.owner.1": "wang",
        "approvals.A1.subject": "T1",
        "approvals.A1.by": "li",
    }
