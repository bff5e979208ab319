"""Laws that every schedule and assessment obeys, on random plans."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mktexec.assess import Assessment, assess
from mktexec.model import Plan
from mktexec.model.terms import Health
from mktexec.schedule import Schedule, schedule

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
