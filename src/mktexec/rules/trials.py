"""Rules on channels and on tests before the roll-out (domain.md 2.10, 2.11)."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile
from operator import itemgetter
from typing import NamedTuple

from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.model.support import Channel
from mktexec.rules.pace import points, reviewed
from mktexec.rules.people import responsible
from mktexec.rules.registry import Facts, Hit, When, rule
from mktexec.rules.since import DAY

ONE = Decimal(1)
ENOUGH = 10  # conversions' worth of money, before which their cost is a matter of luck
TO_DECIDE = 3  # days after a test's end from which its decision is warned of


@rule(
    "channel-cost",
    Level.WARN,
    when=When.WARN,
    message=T(
        "{title}: {cost} for {count} conversions by {day}, {each} each; wanted {wanted}",
        "{title}：截至 {day} 投入 {cost}，转化 {count}，单个成本 {each}；目标 {wanted}",
    ),
    hint=T(
        "shift money to channels that do better, or change what runs here",
        "请把预算调给转化成本更低的渠道，或更换素材与人群",
    ),
    why=T(
        "Money in a channel that is too dear buys fewer customers than it could elsewhere.",
        "钱花在转化成本过高的渠道，换来的客户更少。",
    ),
    source="2.11: cost per conversion by channel (B, E)",
)
def channel_cost(facts: Facts) -> Iterator[Hit]:
    """A channel brings conversions at its target cost, as far as its latest figures to date tell."""
    plan, as_of = facts.plan, facts.day.as_of
    if as_of > plan.campaign.end:  # nothing can be shifted any more
        return
    for key, channel in plan.channels.items():
        wanted = channel.cost_per_conversion
        if not wanted or wanted < 0:
            continue
        most = wanted * (1 + plan.thresholds.budget_overrun)
        dear = _dear(_known(channel, as_of), wanted, most)
        if dear:
            day, cost, count = dear[0]
            each = cost / max(count, ONE)
            params = {"title": channel.title, "day": day, "cost": cost, "count": count, "wanted": wanted}
            params["each"] = round(each, 2) if count > 0 else "–"
            path = ("channels", key, "readings", day.isoformat())
            yield Hit(path, params, points=points((each - most) / wanted), since=dear[-1].day)


class Figures(NamedTuple):
    """What a channel cost and how many conversions it brought, up to a day."""

    day: date
    cost: Decimal
    conversions: Decimal


def _known(channel: Channel, as_of: date) -> list[Figures]:
    """Return the figures of the days that have both, the latest first."""
    return [
        Figures(day, one.cost, one.conversions)
        for day, one in sorted(channel.readings.items(), key=itemgetter(0), reverse=True)
        if day <= as_of and one.cost is not None and one.conversions is not None
    ]


def _dear(known: list[Figures], wanted: Decimal, most: Decimal) -> list[Figures]:
    """Return the latest figures, up to which a conversion cost more than ``most`` without a break.

    Where there is none yet, the first one will have cost all of the money at least.
    """
    return list(
        takewhile(
            lambda one: one.cost >= wanted * ENOUGH and one.cost > most * max(one.conversions, ONE), known
        )
    )


@rule(
    "experiment-undecided",
    Level.REMIND,
    highest=Level.WARN,
    when=When.WARN,
    message=T(
        "{title}: was to end on {end}, no decision yet ({owner})",
        "{title}：应于 {end} 结束，至今没有结论（{owner}）",
    ),
    hint=T(
        "decide with {owner}: keep, change or drop ('decision:'), or set another end",
        "请与 {owner} 定下结论（'decision:' 保留/调整/放弃），或改定结束日",
    ),
    why=T(
        "A test without a decision was money for nothing, and the roll-out goes on blindly.",
        "测试做了却没有结论，钱白花了，推广也只能靠猜。",
    ),
    source="2.10: tests before the roll-out (E)",
)
def experiment_undecided(facts: Facts) -> Iterator[Hit]:
    """A test that is over has led to a decision; nobody asks once the retrospective is written."""
    plan, as_of = facts.plan, facts.day.as_of
    for key, test in plan.experiments.items():
        record = facts.schedule.records.get(test.task or "")
        decided = test.decision and (test.decided is None or test.decided <= as_of)
        if test.end is None or as_of <= test.end or decided or (record and record.cancelled):
            continue
        if reviewed(facts, test.end):
            continue
        late = (as_of - test.end).days
        owner = responsible(plan, ("experiments", key))
        yield Hit(
            ("experiments", key, "end"),
            {"title": test.title, "end": test.end, "owner": plan.person(owner)},
            Level.WARN if late >= TO_DECIDE else Level.REMIND,
            late,
            since=test.end + DAY,
            raised=test.end + timedelta(days=TO_DECIDE) if late >= TO_DECIDE else None,
        )
