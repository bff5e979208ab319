"""Laws that every schedule and assessment obeys, on random plans."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import schedule_oracle as oracle
from mktexec.assess import Assessment, assess
from mktexec.calendar import Workdays
from mktexec.dates import Duration
from mktexec.model import Plan
from mktexec.model.terms import Health
from mktexec.schedule import Schedule, schedule
from mktexec.schedule.anchors import settled
from mktexec.schedule.driving import Cause, Step, chain, slipped

FIRST = date(2024, 9, 2)  # a Monday, four weeks before the national holiday
DAY = timedelta(days=1)
laws = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))

Tasks = dict[str, dict[str, Any]]


def plan(tasks: Tasks, calendar: str = "CN", **sections: Any) -> Plan:
    period = {"start": "2024-09-02", "end": "2024-12-31"}
    campaign = {"title": "t", "calendar": calendar, "period": period}
    return Plan.model_validate({"mktexec": "1", "campaign": campaign, "tasks": tasks, **sections})


def stand(one: Plan, as_of: date) -> tuple[Schedule, Assessment]:
    dates = schedule(one, as_of)
    return dates, assess(one, dates)


days = st.integers(-20, 90).map(lambda step: FIRST + step * DAY)
calendars = st.sampled_from(["CN", "weekdays", "everyday"])


percents = st.integers(0, 100).map(str)
# A task is drawn as plain numbers, which is ten times as fast as drawing its parts: what is typed,
# start, length, predecessors as bits; what is recorded, begin, length, progress, log, cancelled.
numbers = st.tuples(
    st.integers(0, 11),
    st.integers(-20, 90),
    st.integers(0, 12),
    st.integers(0, 127),
    st.integers(0, 7),
    st.integers(-20, 90),
    st.integers(0, 15),
    st.integers(0, 100),
    st.lists(st.tuples(st.integers(-20, 90), st.integers(0, 100)), max_size=2),
)


def promise(kind: int, start: int, length: int) -> dict[str, str]:
    """Return the typed days of a task in one of the ways that a plan allows."""
    first, last = f"{FIRST + start * DAY}", f"{FIRST + (start + length) * DAY}"
    ways = (
        {},
        {"start": first, "end": last},
        {"start": first, "end": last},
        {"end": last},
        {"start": first},
        {"start": first, "duration": f"{length}d"},
        {"start": first, "duration": f"{length}cd"},
        {"end": last, "duration": f"{length}d"},
        {"duration": f"{length}d"},
        {"duration": f"{length}cd"},
        {"milestone": "true"},
        {"start": first, "milestone": "true"},
    )
    return dict(ways[kind])


def record(kind: int, begun: int, took: int, done: int, log: list[tuple[int, int]]) -> dict[str, Any]:
    """Return what a task's owner may have written down."""
    first, last = f"{FIRST + begun * DAY}", f"{FIRST + (begun + took) * DAY}"
    ways: tuple[dict[str, Any], ...] = (
        {},
        {"actual": {"start": first}},
        {"actual": {"start": first}, "progress": f"{done}"},
        {"actual": {"start": first, "end": last}},
        {"actual": {"end": last}, "progress": f"{done}"},
        {"actual": {"start": first, "end": last}, "progress": f"{done}"},
        {"progress": f"{done}"},
        {"actual": {"start": first}, "cancelled": last},
    )
    entries = {f"{FIRST + step * DAY}": {"progress": f"{share}"} for step, share in log}
    return ways[kind] | ({"log": entries} if entries else {})


def network(drawn: list[Any], *, recorded: bool) -> Tasks:
    """Return tasks of which each waits for some of those before it."""
    tasks: Tasks = {}
    for number, (typed, start, length, links, kind, begun, took, done, log) in enumerate(drawn):
        after = [f"T{other}" for other in range(number) if links >> other & 1]
        tasks[f"T{number}"] = {"title": "t", "after": after} | promise(typed, start, length)
        if recorded:
            tasks[f"T{number}"] |= record(kind, begun, took, done, log)
    return tasks


def networks(*, recorded: bool = True) -> st.SearchStrategy[Tasks]:
    return st.lists(numbers, min_size=1, max_size=7).map(lambda drawn: network(drawn, recorded=recorded))


@laws
@given(networks(), calendars, days)
def test_slack_is_never_negative_and_late_never_before_early(tasks, calendar, as_of):
    result = schedule(plan(tasks, calendar), as_of)
    for dates in result.dates.values():
        assert dates.slack >= 0
        assert dates.early_start <= dates.early_end
        assert dates.late_start <= dates.late_end
        assert dates.early_start <= dates.late_start
        assert dates.early_end <= dates.late_end
        assert dates.critical <= (dates.late_end == dates.early_end)


@laws
@given(networks(), calendars, days)
def test_something_is_critical_and_the_critical_path_ends_last(tasks, calendar, as_of):
    one = plan(tasks, calendar)
    result = schedule(one, as_of)
    alive = {key for key, record in result.records.items() if not record.cancelled}
    assert bool(result.critical_path) == bool(alive)
    assert all(result.dates[key].critical for key in result.critical_path)
    if alive:
        last = result.dates[result.critical_path[-1]]
        assert result.workdays.index(last.early_end + DAY) == result.workdays.index(result.end + DAY)


@laws
@given(networks(), calendars, days)
def test_work_without_records_comes_after_its_predecessors(tasks, calendar, as_of):
    bare = {key: {name: task[name] for name in task if name not in RECORDS} for key, task in tasks.items()}
    one = plan(bare, calendar)
    result = schedule(one, as_of)
    for key, task in one.tasks.items():
        for link in task.after:
            before, dates = result.dates[link.task], result.dates[key]
            shared = before.milestone or dates.milestone
            for start, end in (
                (dates.early_start, before.early_end),
                (dates.forecast_start, before.forecast_end),
            ):
                last = end - DAY if shared else end  # a milestone's day may be shared
                assert start > last or off(result, start, last)


RECORDS = {"actual", "log", "progress", "cancelled"}


def off(result: Schedule, start: date, end: date) -> bool:
    """Return whether no working day is taken twice: two tasks may be typed for the same days off."""
    return result.workdays.between(start, end) == 0


@laws
@given(networks(), calendars, days, st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_nothing(tasks, calendar, as_of, dice):
    shuffled = list(tasks.items())
    dice.shuffle(shuffled)
    other = {key: {name: task[name] for name in reversed(task)} for key, task in shuffled}
    dates, state = stand(plan(tasks, calendar), as_of)
    others, state_of_others = stand(plan(other, calendar), as_of)
    assert dates.dates == others.dates
    assert (dates.critical_path, dates.start, dates.end) == (others.critical_path, others.start, others.end)
    assert state.tasks == state_of_others.tasks
    assert state.whole.counts == state_of_others.whole.counts


@laws
@given(networks(), calendars, days)
def test_unfinished_work_is_never_forecast_for_the_past(tasks, calendar, as_of):
    result = schedule(plan(tasks, calendar), as_of)
    for key, dates in result.dates.items():
        record = result.records[key]
        assert dates.forecast_start <= dates.forecast_end
        if not record.done and not record.cancelled:
            assert dates.forecast_end >= as_of
            assert record.started or dates.forecast_start >= as_of
        if record.done and record.end:
            assert dates.forecast_end == record.end
    alive = [one for key, one in result.dates.items() if not result.records[key].cancelled]
    if alive:
        assert result.forecast_end == max(one.forecast_end for one in alive)


@laws
@given(networks(), calendars, days)
def test_figures_stay_within_their_bounds(tasks, calendar, as_of):
    _, state = stand(plan(tasks, calendar), as_of)
    for task in state.tasks.values():
        assert task.planned_progress is None or 0 <= task.planned_progress <= 1
        assert task.behind is None or 0 <= task.behind <= 1
        assert task.days_late is None or task.health is Health.DONE or task.days_late >= 0
        assert not (task.overdue and task.health is not Health.DELAYED)
    assert sum(state.whole.counts.values()) == len(tasks)
    assert state.whole.on_time_rate is None or 0 <= state.whole.on_time_rate <= 1


@laws
@given(networks(recorded=False), calendars, st.data())
def test_when_everything_goes_to_plan_the_forecast_is_the_plan(tasks, calendar, data):
    promised = schedule(plan(tasks, calendar), FIRST - 365 * DAY)
    consistent = {
        key: task | days_of(promised.dates[key]) | {"after": task.get("after", [])}
        for key, task in tasks.items()
    }
    if not data.draw(st.booleans()):  # or leave those without typed days to follow from their predecessors
        consistent = {
            key: consistent[key] if set(tasks[key]) & {"start", "end"} else tasks[key] for key in tasks
        }
    ends = [dates.early_end for dates in promised.dates.values()]
    starts = [dates.early_start for dates in promised.dates.values()]
    as_of = min(starts) + data.draw(st.integers(-3, (max(ends) - min(starts)).days + 3)) * DAY
    one = plan(to_plan(consistent, promised, as_of), calendar)
    dates, state = stand(one, as_of)
    for key in tasks:
        now, then = dates.dates[key], promised.dates[key]
        assert (now.forecast_start, now.forecast_end) == (then.early_start, then.early_end), key
        assert state.tasks[key].days_late in {0, None}
        assert not state.tasks[key].behind
        assert state.tasks[key].health in {Health.DONE, Health.ON_TRACK, Health.NOT_DUE}


def days_of(dates) -> dict[str, str]:
    typed = {"start": f"{dates.early_start}", "end": f"{dates.early_end}"}
    return typed | {"milestone": "true"} if dates.milestone else typed


def to_plan(tasks: Tasks, promised: Schedule, as_of: date) -> Tasks:
    """Return the tasks with records that say on ``as_of`` exactly what the plan promised for that day."""
    work = promised.workdays.between
    result: Tasks = {}
    for key, task in tasks.items():
        dates, record = promised.dates[key], dict[str, Any]()
        if as_of >= dates.early_end:
            record = {"actual": {"start": f"{dates.early_start}", "end": f"{dates.early_end}"}}
        elif as_of >= dates.early_start:
            whole = work(dates.early_start, dates.early_end)
            done = work(dates.early_start, as_of)
            assume(done < whole or not whole)  # all done, and yet only days off to come
            record = {"actual": {"start": f"{dates.early_start}"}, "progress": f"{done}/{whole or 1}"}
        result[key] = {name: value for name, value in task.items() if name != "duration" or "end" not in task}
        result[key] |= record
    return result


@laws
@given(networks(), calendars, days, st.integers(0, 7), st.integers(1, 30))
def test_a_later_end_makes_no_forecast_earlier(tasks, calendar, as_of, which, later):
    key = f"T{which}"
    assume("end" in tasks.get(key, {}).get("actual", {}))
    task = tasks[key]
    actual = task["actual"]
    moved = date.fromisoformat(actual["end"]) + later * DAY
    # only the end changes: what was recorded on the way is not at issue
    task = {name: value for name, value in task.items() if name not in {"log", "progress"}}
    sooner = schedule(plan(tasks | {key: task}, calendar), as_of)
    after = task | {"actual": actual | {"end": f"{moved}"}}
    slower = schedule(plan(tasks | {key: after}, calendar), as_of)
    for one, dates in sooner.dates.items():
        cancelled = sooner.records[one].cancelled
        assert cancelled or slower.dates[one].forecast_end >= dates.forecast_end, one
    assert slower.forecast_end >= sooner.forecast_end


money = st.integers(0, 10**9).map(lambda cents: f"{cents // 100}.{cents % 100:02}")
readings = st.dictionaries(
    days.map(str), st.fixed_dictionaries({"value": money}, optional={"target": money}), max_size=6
)
payments = st.dictionaries(days.map(str), money, max_size=4)
figures = st.fixed_dictionaries(
    {
        "kpis": st.dictionaries(
            st.sampled_from(["K1", "K2"]),
            st.fixed_dictionaries(
                {
                    "title": st.just("k"),
                    "target": money,
                    "readings": readings,
                    "combine": st.sampled_from(["latest", "sum"]),
                    "better": st.sampled_from(["higher", "lower"]),
                }
            ),
        ),
        "budget": st.fixed_dictionaries(
            {
                "reserve": money,
                "drawn": payments,
                "lines": st.dictionaries(
                    st.sampled_from(["B1", "B2"]),
                    st.fixed_dictionaries({"item": st.just("b"), "planned": money, "spent": payments}),
                ),
            }
        ),
    }
)


def without_later(value: Any, as_of: date) -> Any:
    """Return a part of a plan without the entries whose key or day lies after ``as_of``."""
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, one in value.items():
        if is_later(key, as_of):
            continue
        if key == "actual":
            kept[key] = {name: day for name, day in one.items() if not is_later(day, as_of)}
        elif not (key == "cancelled" and is_later(one, as_of)):
            kept[key] = without_later(one, as_of)
    return kept


def is_later(text: str, as_of: date) -> bool:
    return text[:2] == "20" and date.fromisoformat(text) > as_of


def undated_counts(task: dict[str, Any], as_of: date) -> bool:
    dated = [*task.get("log", ()), *task.get("actual", {}).values()]
    return not any(is_later(one, as_of) for one in dated)


@laws
@given(networks(), calendars, figures, days)
def test_what_is_dated_later_influences_nothing(tasks, calendar, sections, as_of):
    # Progress without a day belongs to the last record that has one, and goes with it. One trace
    # remains on purpose: a task of which only later records are known is unknown, not untouched.
    known = {
        key: {
            name: value for name, value in task.items() if name != "progress" or undated_counts(task, as_of)
        }
        for key, task in tasks.items()
    }
    for task in known.values():
        if "end" in task.get("actual", {}):
            task["actual"].setdefault("start", f"{FIRST - 30 * DAY}")
    erased = {key: without_later(task, as_of) for key, task in known.items()}
    whole = stand(plan(known, calendar, **sections), as_of)
    past = stand(plan(erased, calendar, **without_later(sections, as_of)), as_of)
    assert whole[0].dates == past[0].dates
    assert whole[1] == past[1]


@laws
@given(networks(), calendars, figures, days, st.integers(1, 40))
def test_when_later_things_happened_changes_nothing_today(tasks, calendar, sections, as_of, step):
    moved = move({"tasks": tasks, **sections}, as_of, step * DAY)
    whole = stand(plan(tasks, calendar, **sections), as_of)
    other = stand(plan(calendar=calendar, **moved), as_of)
    assert whole[0].dates == other[0].dates
    assert whole[1] == other[1]


def move(value: Any, as_of: date, step: timedelta) -> Any:
    """Return a part of a plan with everything recorded after ``as_of`` recorded later still."""
    if not isinstance(value, dict):
        return value

    def put_off(text: str) -> str:
        return f"{date.fromisoformat(text) + step}" if is_later(text, as_of) else text

    return {
        put_off(key): {name: put_off(day) for name, day in one.items()}
        if key == "actual"
        else put_off(one)
        if key == "cancelled"
        else move(one, as_of, step)
        for key, one in value.items()
    }


# The same on networks of every kind of link, with lags, buffers, not_before, own days off, recurring
# and cancelled tasks. Li, who owns some, is off on these days, among them one that others work on.
LI = {
    "li": {"days_off": ["2024-09-10", "2024-09-20", "2024-09-29", "2024-10-08", "2024-10-09", "2024-10-21"]}
}
KINDS, UNITS = ("FS", "SS", "FF", "SF"), ("d", "cd")
link_numbers = st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(-3, 4), st.integers(0, 1))
wide_numbers = st.tuples(
    st.integers(0, 11),
    st.integers(-10, 40),
    st.integers(0, 8),
    st.lists(link_numbers, max_size=3),
    st.integers(0, 3),  # what else is typed, as bits: an owner with days off, not_before
    st.integers(-10, 40),
    st.integers(0, 5),  # days of a buffer, if more than 2
    st.integers(0, 9),  # 9: recurring, 8: cancelled
    st.integers(0, 4),  # what is recorded: nothing, begun, with progress, finished, with a day to wait for
    st.integers(-10, 40),
    st.integers(0, 9),
    st.integers(0, 99),
)
SPANS = (1, 2)  # kinds of promises with a typed start and a typed end


def written(giver: int, kind: int, lag: int, unit: int) -> str:
    return f"T{giver} {KINDS[kind]}" + (f" {lag:+}{UNITS[unit]}" if lag else "")


def wide_task(number: int, drawn: Any) -> dict[str, Any]:
    typed, start, length, links, bits, wait, buffer, special, *_ = drawn
    after = [written(giver, *link) for giver, *link in links if giver < number]
    task: dict[str, Any] = {"title": "t", "after": after} | promise(typed, start, length)
    if bits & 1:
        task["owner"] = "li"
    if bits & 2:
        task["not_before"] = f"{FIRST + wait * DAY}"
    if buffer > 2:
        task["buffer"] = f"{buffer - 2}d"
    if special == 9 and typed in SPANS:
        task["repeats"] = "weekly"
    if special == 8:
        task["cancelled"] = f"{FIRST - 365 * DAY}"
    return task


def wide_record(drawn: Any) -> dict[str, Any]:
    *_, kind, begun, took, done = drawn
    first, last = f"{FIRST + begun * DAY}", f"{FIRST + (begun + took) * DAY}"
    ways: tuple[dict[str, Any], ...] = (
        {},
        {"actual": {"start": first}},
        {"actual": {"start": first}, "progress": f"{done}"},
        {"actual": {"start": first, "end": last}},
        {},
    )
    return dict(ways[kind])


def wide(kinds: Any = None, *, recorded: bool = False) -> st.SearchStrategy[Tasks]:
    """Draw networks whose tasks are typed in the given ways, all of them unless said otherwise."""

    def built(drawn: list[Any]) -> Tasks:
        tasks = {}
        for number, one in enumerate(drawn):
            typed = kinds[one[0] % len(kinds)] if kinds else one[0]
            tasks[f"T{number}"] = wide_task(number, (typed, *one[1:]))
            if recorded and not is_milestone(tasks[f"T{number}"]):
                tasks[f"T{number}"] |= wide_record(one)
        return tasks

    return st.lists(wide_numbers, min_size=1, max_size=6).map(built)


def is_milestone(task: dict[str, Any]) -> bool:
    return "milestone" in task or task.get("duration", "")[:1] == "0"


def shown(result: Schedule) -> dict[str, Any]:
    return {key: tuple(dates) for key, dates in result.dates.items()}


@laws
@given(wide(recorded=True), calendars, days)
def test_total_slack_is_no_less_than_free_slack_and_free_slack_than_none(tasks, calendar, as_of):
    result = schedule(plan(tasks, calendar, people=LI), as_of)
    for key, dates in result.dates.items():
        assert dates.slack >= dates.free_slack >= 0, key
        assert dates.early_start <= dates.late_start, key
        assert dates.early_end <= dates.late_end, key


@laws
@given(wide(recorded=True), calendars, days, st.randoms(use_true_random=False))
def test_neither_the_order_of_keys_nor_that_of_links_changes_anything(tasks, calendar, as_of, dice):
    shuffled = list(tasks.items())
    dice.shuffle(shuffled)
    other = {
        key: {name: task[name] for name in reversed(task)} | {"after": task["after"][::-1]}
        for key, task in shuffled
    }
    dates, others = (schedule(plan(one, calendar, people=LI), as_of) for one in (tasks, other))
    assert shown(dates) == shown(others)
    assert dates.critical_path == others.critical_path
    assert (dates.buffers, dates.occurrences) == (others.buffers, others.occurrences)


@laws
@given(wide(recorded=True), calendars, days, st.permutations(range(6)))
def test_other_ids_change_no_date(tasks, calendar, as_of, order):
    names = {f"T{number}": f"T{order[number]}" for number in range(6)}
    renamed = {
        names[key]: task | {"after": [names[link[:2]] + link[2:] for link in task["after"]]}
        for key, task in tasks.items()
    }
    dates, others = (schedule(plan(one, calendar, people=LI), as_of) for one in (tasks, renamed))
    assert {names[key]: one for key, one in shown(dates).items()} == shown(others)
    assert (dates.start, dates.end, dates.forecast_end) == (others.start, others.end, others.forecast_end)
    assert {names[key]: one for key, one in dates.buffers.items()} == others.buffers
    assert bool(dates.critical_path) == bool(others.critical_path)


@laws
@given(wide(), calendars, st.data())
def test_when_every_link_goes_to_plan_the_forecast_is_the_plan(tasks, calendar, data):
    promised = schedule(plan(tasks, calendar, people=LI), FIRST - 365 * DAY)
    consistent = {
        key: bare(task) | days_of(promised.dates[key]) if {"start", "end"} & {*task} else task
        for key, task in tasks.items()
    }
    ends = [dates.early_end for dates in promised.dates.values()]
    starts = [dates.early_start for dates in promised.dates.values()]
    as_of = min(starts) + data.draw(st.integers(-3, (max(ends) - min(starts)).days + 3)) * DAY
    records = {
        key: going_to_plan(promised, key, as_of) for key, task in tasks.items() if "cancelled" not in task
    }
    followed = {key: task | records.get(key, {}) for key, task in consistent.items()}
    result = schedule(plan(followed, calendar, people=LI), as_of)
    for key in records:
        now, then = result.dates[key], promised.dates[key]
        assert (now.forecast_start, now.forecast_end) == (then.early_start, then.early_end), key
    assert all(buffer.used == 0 for buffer in result.buffers.values())


def bare(task: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in task.items() if name not in {"duration", "milestone"}}


def going_to_plan(promised: Schedule, key: str, as_of: date) -> dict[str, Any]:
    """Return a record that says on ``as_of`` exactly what the plan promised for that day."""
    dates, work = promised.dates[key], promised.work(key).between
    first, last = f"{dates.early_start}", f"{dates.early_end}"
    if as_of >= dates.early_end:
        return {"actual": {"start": first, "end": last}}
    if as_of < dates.early_start:
        return {}
    whole, done = work(dates.early_start, dates.early_end), work(dates.early_start, as_of)
    assume(done < whole or not whole)  # all done, and yet only days off to come
    return {"actual": {"start": first}, "progress": f"{done}/{whole or 1}"}


@laws
@given(
    wide(recorded=True),
    calendars,
    days,
    st.integers(0, 5),
    st.integers(1, 30),
    st.sampled_from(["start", "end"]),
)
def test_neither_a_later_begin_nor_a_later_end_makes_a_forecast_earlier(
    tasks, calendar, as_of, which, later, side
):
    key = f"T{which}"
    actual = tasks.get(key, {}).get("actual", {})
    assume(side in actual and (side == "end" or "end" not in actual))
    moved = actual | {side: f"{date.fromisoformat(actual[side]) + later * DAY}"}
    task = {name: value for name, value in tasks[key].items() if name != "progress"}
    sooner = schedule(plan(tasks | {key: task}, calendar, people=LI), as_of)
    slower = schedule(plan(tasks | {key: task | {"actual": moved}}, calendar, people=LI), as_of)
    for one, dates in sooner.dates.items():
        if "cancelled" not in tasks[one]:
            assert slower.dates[one].forecast_start >= dates.forecast_start, one
            assert slower.dates[one].forecast_end >= dates.forecast_end, one
    assert slower.forecast_end >= sooner.forecast_end


@laws
@given(wide(recorded=True), calendars, days)
def test_no_unfinished_work_of_any_kind_is_forecast_for_the_past(tasks, calendar, as_of):
    result = schedule(plan(tasks, calendar, people=LI), as_of)
    for key, dates in result.dates.items():
        record = result.records[key]
        assert dates.forecast_start <= dates.forecast_end, key
        if not record.done and not record.cancelled:
            assert dates.forecast_end >= as_of, key
            assert record.started or dates.forecast_start >= as_of, key
    for buffer in result.buffers.values():
        assert 0 <= buffer.used <= buffer.set
    for key, found in result.occurrences.items():
        assert list(found) == sorted({*found}), key


relative_numbers = st.tuples(
    st.integers(0, 3), st.integers(-20, 20), st.integers(0, 8), st.lists(link_numbers, max_size=3)
)


def relative_task(number: int, drawn: Any) -> dict[str, Any]:
    """Return a task whose typed days all count from the launch; what has none waits to begin."""
    typed, start, length, links = drawn
    after = [written(giver, kind, lag, 0) for giver, kind, lag, _ in links if giver < number]
    if number and typed == 0:
        after.append(f"T{number - 1} SS")
        return {"title": "t", "after": after, "duration": f"{length}d"}
    ways: tuple[dict[str, str], ...] = (
        {"start": f"launch {sign(start)}d", "duration": f"{length}d"},
        {"start": f"launch {sign(start)}d", "end": f"launch {sign(start + length)}d"},
        {"end": f"launch {sign(start)}d"},
        {"start": f"launch {sign(start)}d", "milestone": "true"},
    )
    return {"title": "t", "after": after} | ways[typed]


def sign(days_on: int) -> str:
    return f"{'-' if days_on < 0 else '+'} {abs(days_on)}"


def launched(tasks: Tasks, calendar: str, day: date) -> Plan:
    period = {"start": "2024-09-02", "end": "2024-12-31"}
    campaign = {"title": "t", "calendar": calendar, "period": period, "milestones": {"launch": f"{day}"}}
    result = settled(Plan.model_validate({"mktexec": "1", "campaign": campaign, "tasks": tasks}))
    assert not result.problems
    return result.plan


@laws
@given(
    st.lists(relative_numbers, min_size=1, max_size=6),
    st.sampled_from(["weekdays", "everyday"]),
    st.integers(0, 60),
    st.integers(-30, 30),
)
def test_the_whole_plan_moves_with_the_launch(drawn, calendar, first, steps):
    tasks = {f"T{number}": relative_task(number, one) for number, one in enumerate(drawn)}
    workdays = Workdays(calendar, 2023)
    launch = workdays.day(workdays.index(FIRST + first * DAY))
    before = launched(tasks, calendar, launch)
    after = launched(tasks, calendar, workdays.shift(launch, steps))
    for key, task in before.tasks.items():
        for side in ("start", "end"):
            then, now = getattr(task, side), getattr(after.tasks[key], side)
            assert now == (then and workdays.shift(then, steps)), key
    dates, others = (schedule(one, FIRST - 365 * DAY).dates for one in (before, after))
    for key, one in dates.items():
        assert others[key].early_start == workdays.shift(one.early_start, steps), key
        assert others[key].early_end == workdays.shift(one.early_end, steps), key


@laws
@given(wide((0, 1, 2, 3, 4, 8, 8, 10, 11)), calendars, st.integers(0, 5))
def test_work_may_begin_as_late_as_its_late_start_and_no_day_later(tasks, calendar, which):
    # A point in time may move from morning to evening, and what is typed from a day off to the next
    # working day, without being any later: points wait for nobody here, and work begins on working days.
    workdays = Workdays(calendar, 2023)
    for task in tasks.values():
        for name in ("owner", "repeats", "cancelled"):
            task.pop(name, None)
        if is_milestone(task):
            task["after"] = []
        elif "start" in task:
            task["start"] = f"{workdays.day(workdays.index(date.fromisoformat(task['start'])))}"
            task["end"] = max(task["start"], task.get("end", task["start"]))
    key = f"T{which}"
    assume(key in tasks)
    result = schedule(plan(tasks, calendar), FIRST)
    last = result.dates[key].late_start

    def end(day: date) -> date:
        return schedule(plan(tasks | {key: tasks[key] | {"not_before": f"{day}"}}, calendar), FIRST).end

    if result.dates[key].slack:
        assert end(last) == result.end
    assert end(result.workdays.day(result.workdays.index(last) + 1)) > result.end


@laws
@given(wide(), calendars, st.integers(0, 5), st.integers(1, 12))
def test_what_a_slip_moves_is_the_difference_of_two_schedules(tasks, calendar, which, steps):
    key = f"T{which}"
    assume(key in tasks and "cancelled" not in tasks[key] and not is_milestone(tasks[key]))
    before = schedule(plan(tasks, calendar, people=LI), FIRST)
    work = before.work(key)
    begin = work.day(work.index(before.dates[key].early_start) + steps)
    after = schedule(plan(tasks | {key: tasks[key] | {"not_before": f"{begin}"}}, calendar, people=LI), FIRST)

    def further(then: date, now: date) -> int:
        return before.workdays.index(now + DAY) - before.workdays.index(then + DAY)

    moved = {
        one: count
        for one, dates in before.dates.items()
        if one != key
        and "cancelled" not in tasks[one]
        and (count := further(dates.early_end, after.dates[one].early_end)) > 0
    }
    counted = any(not {"cancelled", "repeats"} & {*task} for task in tasks.values())
    found = slipped(before, key, steps)
    assert found.tasks == moved
    if counted:
        assert found.end == further(before.end, after.end)


ORACLE = (0, 1, 2, 3, 4, 6, 8, 8, 9, 10, 11)  # without lengths typed beside one day, which may be a day off


@laws
@given(wide(ORACLE), calendars)
def test_a_scheduler_that_walks_from_day_to_day_finds_the_same_dates(tasks, calendar):
    one = plan(tasks, calendar, people=LI)
    found = schedule(one, FIRST).dates
    for key, expected in oracle.early(one).items():
        if "cancelled" not in tasks[key]:
            assert (found[key].early_start, found[key].early_end) == expected, key


@laws
@given(wide(ORACLE, recorded=True), calendars, days, st.integers(0, 5), st.booleans())
def test_the_chain_that_explains_a_task_leads_to_its_dates(tasks, calendar, as_of, which, coming):
    key = f"T{which}"
    assume(key in tasks and "cancelled" not in tasks[key])
    one = plan(tasks, calendar, people=LI)
    result = schedule(one, as_of)
    for other in result.occurrences:  # what begins behind its own end is neither here nor there
        assume(dates_of(result, other, coming=coming)[0] <= (one.tasks[other].end or FIRST))
    steps = chain(result, key, coming=coming)
    assert (steps[0].start, steps[0].end) == dates_of(result, key, coming=coming)
    place = None
    for step in reversed(steps):
        place = retold(one, step, place, as_of if coming else None)
        if step.cause is not Cause.CANCELLED:
            assert told(place, step, as_of if coming else None) == (step.start, step.end), step
    assert {step.task for step in steps} <= {*tasks}


def dates_of(result: Schedule, key: str, *, coming: bool) -> tuple[date, date]:
    dates = result.dates[key]
    if coming:
        return dates.forecast_start, dates.forecast_end
    return dates.early_start, dates.early_end


def retold(one: Plan, step: Step, giver: oracle.Place | None, today: date | None) -> oracle.Place | None:
    """Return where a step of a chain lies by what it says, counted from where its giver lies."""
    task = one.tasks[step.task]
    if step.cause not in (Cause.NOT_BEFORE, Cause.TODAY):
        task = task.model_copy(update={"not_before": None})
    if step.cause in (Cause.FINISHED, Cause.BEGUN):
        recorded = oracle.Place(step.start, step.end + DAY)
        if step.link is None or giver is None:
            return recorded
        kind_end, _ = oracle.moment_of(one, step.link, task, giver, None)
        return recorded._replace(end=kind_end)
    moments = []
    if step.link and giver:
        kept = Duration(step.kept) if step.kept else None
        moments = [(step.link.kind, *oracle.moment_of(one, step.link, task, giver, kept))]
    return oracle.place(one, task, moments, today if step.cause is Cause.TODAY else None)


def told(place: oracle.Place | None, step: Step, today: date | None) -> tuple[date, date] | None:
    """Return the days of a place as they are shown: nothing that is to come lies in the past."""
    if place is None:
        return None
    first, last = place.days
    if today and step.cause not in (Cause.FINISHED, Cause.BEGUN):
        first, last = max(first, today), max(last, today)
    return first, last
