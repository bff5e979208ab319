"""Rules on indicators (domain.md part 3, B, D)."""

from collections.abc import Iterator

from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.i18n import percent
from mktexec.rules.registry import Facts, Hit, When, rule


@rule(
    "kpi-no-source",
    Level.WARN,
    message=T("'{title}' does not say where its figures come from", "「{title}」没有写明数据来源"),
    hint=T(
        "add 'source:', the system or report the figure is taken from",
        "请补上 'source:'，写明取数的系统或报表",
    ),
    why=T("A figure without a source is a guess.", "没有来源的数字就是猜测。"),
    source="3: KPI without a data source (D)",
)
def kpi_no_source(facts: Facts) -> Iterator[Hit]:
    """Every indicator names its data source."""
    for key, kpi in facts.plan.kpis.items():
        if not kpi.source:
            yield Hit(("kpis", key), {"title": kpi.title})


@rule(
    "kpi-stale",
    Level.REMIND,
    when=When.WARN,
    message=T(
        "{title}: no reading since {since}, wanted {cadence}",
        "{title}：自 {since} 起没有新数据，应{cadence}更新",
    ),
    hint=T("ask {owner} for the figure from {source}", "请 {owner} 从 {source} 取数更新"),
    why=T("Decisions on old figures come too late.", "用旧数据做决定，总会晚一步。"),
    source="3: KPI data older than its cadence (B)",
)
def kpi_stale(facts: Facts) -> Iterator[Hit]:
    """An indicator whose last reading is older than its cadence."""
    as_of, plan = facts.day.as_of, facts.plan
    for key, kpi in plan.kpis.items():
        state = facts.day.kpis[key]
        if state.last and state.last >= state.due:
            continue
        since = state.last or state.start
        cadence = kpi.cadence or plan.thresholds.kpi_cadence
        if (as_of - since).days > cadence.days:
            params = {
                "title": kpi.title,
                "since": since,
                "cadence": cadence.label,
                "owner": plan.person(kpi.owner or plan.campaign.owner),
                "source": kpi.source or T("its source", "数据来源"),
            }
            yield Hit(("kpis", key, "readings"), params, days=(as_of - since).days)


@rule(
    "kpi-behind-no-cause",
    Level.WARN,
    when=When.WARN,
    message=T(
        "{title}: at {share} of what was wanted by {day}, no cause given",
        "{title}：截至 {day} 仅达应有值的 {share}，未填原因",
    ),
    hint=T(
        "find the cause and write it as 'cause:' beside the reading", "请分析原因，写在该读数的 'cause:' 里"
    ),
    why=T(
        "Target, actual, variance, cause: without the last step nobody learns.",
        "目标—实际—差异—原因：缺了最后一步，就学不到东西。",
    ),
    source="2.9: analysis in four steps (D)",
)
def kpi_behind_no_cause(facts: Facts) -> Iterator[Hit]:
    """An indicator behind its pace must say why."""
    limit = 1 - float(facts.plan.thresholds.kpi_behind)
    for key, kpi in facts.plan.kpis.items():
        state = facts.day.kpis[key]
        if state.pace is not None and state.pace < limit and not state.cause and state.last:
            params = {"title": kpi.title, "share": percent(state.pace), "day": state.last}
            yield Hit(("kpis", key, "readings", state.last.isoformat()), params)
