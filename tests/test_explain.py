"""Every task of every example and scaffold is explained back to a day that nothing else sets."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from conftest import ROOT
from mktexec.i18n import LANGS
from mktexec.model.terms import Scenario, Size
from mktexec.render.scaffold import Brief, scaffold
from mktexec.schedule import schedule
from mktexec.schedule.driving import Cause, chain
from mktexec.store.load import load
from mktexec.views.why import if_it_slips, why

EXAMPLES = sorted((ROOT / "plans" / "examples").glob("*/plan.yaml"))
KINDS = list(product(Scenario, Size, LANGS))
DAYS = [date(2025, 11, 3), date(2026, 3, 12), date(2026, 4, 30)]  # before, in the middle, after the end


def explained(path: Path, as_of: date) -> int:
    loaded = load(path)
    assert loaded.faults == []
    result = schedule(loaded.plan, as_of)
    for key, coming in product(loaded.plan.tasks, (False, True)):
        steps = chain(result, key, coming=coming)
        dates = result.dates[key]
        shown = (dates.forecast_start, dates.forecast_end) if coming else (dates.early_start, dates.early_end)
        assert (steps[0].task, steps[0].start, steps[0].end) == (key, *shown)
        assert all(step.cause is Cause.LINK for step in steps[:-1]), key
        assert steps[-1].cause is not Cause.LINK, key
        assert len({step.task for step in steps}) == len(steps)
        for first, then in zip(steps[1:], steps, strict=False):
            assert first.task in {link.task for link in loaded.plan.tasks[then.task].after}
        for lang in LANGS:
            sentences = why(key, loaded.plan, result, loaded.relative, lang, coming=coming)
            assert [text.split()[0] for text in sentences] == [step.task for step in steps]
            assert not [text for text in sentences if "None" in text or "{" in text]
            assert "None" not in if_it_slips(key, result, lang)
    return len(loaded.plan.tasks)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize(
    "as_of", [date(2024, 7, 23), date(2024, 9, 30), date(2026, 10, 16), date(2026, 11, 20)]
)
def test_the_chain_of_every_task_of_an_example_is_whole(path, as_of):
    assert explained(path, as_of) >= 3


@pytest.mark.parametrize(("scenario", "size", "lang"), KINDS, ids=str)
def test_the_chain_of_every_task_of_a_scaffold_is_whole(scenario, size, lang, tmp_path):
    brief = Brief(scenario, size, lang, "Spring", date(2026, 3, 16), main=True, today=date(2026, 1, 5))
    text, _ = scaffold(brief)
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    assert min(explained(path, as_of) for as_of in DAYS) > 5


def test_a_chain_leads_from_the_task_to_what_was_recorded(run):
    plan = ROOT / "plans" / "examples" / "double-11" / "plan.yaml"
    result = run("explain", "T303", "-p", plan, "--as-of", "2026-10-16", "--lang", "en", COLUMNS="160")
    assert result.code == 0
    lines = [" ".join(line.split()) for line in result.out.splitlines()]
    assert "Forecast T303 2026-10-26: after T204, which ends on 2026-10-26" in lines
    assert "T204 2026-10-22 → 2026-10-26: after T203, which ends on 2026-10-21" in lines
    assert "T203 2026-10-21: after T202, which ends on 2026-10-20" in lines
    assert "T202 2026-09-24 → 2026-10-20: begun on 2026-09-24, 3 working days left after 2026-10-15" in lines
