"""The retrospective: 复盘报告 (domain.md part 4; B form 4, C4, D part 4)."""

from mktexec.i18n import Lang, amount, percent, plural
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.model.terms import Health
from mktexec.views.document import Bullets, Document, Section, Table
from mktexec.views.kpi import kpi_cells
from mktexec.views.status import StatusView

TITLE = T("Retrospective", "复盘报告")
SUBTITLE = T("{title} · {start} to {end} · as of {as_of}", "{title} · {start}至{end} · 截至{as_of}")
SUMMARY = T("Overall", "总体评价")
NOTHING = T("not filled in yet", "尚未填写")
GOALS, EXECUTION, RESULTS = T("Goals", "目标"), T("Execution", "执行情况"), T("Results", "效果达成")
LATE_TASKS, NEXT = T("Late tasks", "延误任务"), T("Next steps", "后续计划")
POINTS = (
    ("highlights", T("Highlights", "执行亮点")),
    ("problems", T("To improve", "存在问题")),
    ("causes", T("Causes", "原因分析")),
    ("risks", T("Risks", "风险")),
    ("opportunities", T("Opportunities", "机会")),
    ("voices", T("Voices", "口碑与舆情")),
    ("improvements", T("Improvements", "改进建议")),
)
GOAL_HEADS = (T("Goal", "目标"), T("Owner", "负责人"), T("Deadline", "完成时限"))
RESULT_HEADS = (
    T("KPI", "指标"),
    T("Target", "目标值"),
    T("Actual", "实际值"),
    T("Achievement", "达成率"),
    T("Variance", "差异"),
    T("Cause", "差异原因"),
)
LATE_HEADS = (
    T("Task", "任务"),
    T("Owner", "负责人"),
    T("Planned end", "计划完成"),
    T("Done", "实际完成"),
    T("Days late", "延误天数"),
    T("Problem", "存在问题"),
    T("Solution", "解决方案"),
)
NEXT_HEADS = (T("Action", "行动"), T("Owner", "负责人"), T("Due", "完成时限"))
OPEN = T("open", "未完成")


def retrospective(view: StatusView, lang: Lang) -> Document:
    """Return goals and achievement, execution, what was learnt, what comes next."""
    plan, campaign = view.plan, view.plan.campaign
    params = {
        "title": campaign.title,
        "start": campaign.start,
        "end": campaign.end,
        "as_of": view.schedule.as_of,
    }
    sections = [_summary(plan, lang), _goals(plan, lang), _results(view, lang), _execution(view, lang)]
    sections.append(_late(view, lang))
    sections += review_sections(plan, lang, every=True)
    sections.append(_next(plan, lang))
    return Document(TITLE.say(lang), SUBTITLE.say(lang, params), [one for one in sections if one.blocks])


def review_sections(plan: Plan, lang: Lang, *, every: bool = False) -> list[Section]:
    """Return the written parts of the review; ``every`` keeps the chief ones though empty."""
    review = plan.review
    sections = [] if every else [one for one in [_summary(plan, lang)] if one.blocks]
    wanted = ("highlights", "problems", "improvements") if every else ()
    for name, title in POINTS:
        items = list(getattr(review, name)) if review else []
        if items or name in wanted:
            sections.append(Section(title.say(lang), [Bullets(items or [NOTHING.say(lang)])]))
    if review and review.next and not every:
        sections.append(Section(NEXT.say(lang), [Bullets([step.action for step in review.next])]))
    return sections


def _heads(texts: tuple[T, ...], lang: Lang) -> list[str]:
    return [text.say(lang) for text in texts]


def _summary(plan: Plan, lang: Lang) -> Section:
    summary = plan.review.summary if plan.review else None
    return Section(SUMMARY.say(lang), [Bullets([summary])] if summary else [])


def _goals(plan: Plan, lang: Lang) -> Section:
    rows = [[goal.title, plan.person(goal.owner), str(goal.due or "–")] for goal in plan.goals.values()]
    return Section(GOALS.say(lang), [Table(_heads(GOAL_HEADS, lang), rows)] if rows else [])


def _results(view: StatusView, lang: Lang) -> Section:
    rows = [[row.kpi.title, *kpi_cells(row.kpi, row.state, lang)] for row in view.kpis]
    return Section(
        RESULTS.say(lang), [Table(_heads(RESULT_HEADS, lang), rows, right=(1, 2, 3, 4))] if rows else []
    )


def _execution(view: StatusView, lang: Lang) -> Section:
    whole, budget = view.whole, view.budget
    cancelled = whole.counts.get(Health.CANCELLED, 0)
    items = [
        T("{done} of {total} tasks done", "任务完成 {done}/{total}").say(
            lang, {"done": whole.done, "total": whole.active}
        )
    ]
    if whole.on_time_rate is not None:
        items.append(
            T("{rate} of the tasks due were on time", "任务按时完成率 {rate}").say(
                lang, {"rate": percent(whole.on_time_rate)}
            )
        )
    if cancelled:
        items.append(
            f"{plural(cancelled, 'task', 'tasks')} cancelled"
            if lang == "en"
            else f"已取消任务 {cancelled} 项"
        )
    if budget is not None:
        params = {
            "spent": amount(budget.spent),
            "total": amount(budget.total),
            "currency": view.plan.campaign.currency,
            "share": percent(view.spent_share),
        }
        items.append(
            T(
                "{spent} of {total} {currency} spent ({share})",
                "预算使用 {spent}/{total} {currency}（{share}）",
            ).say(lang, params)
        )
    return Section(EXECUTION.say(lang), [Bullets(items)])


def _late(view: StatusView, lang: Lang) -> Section:
    rows = []
    late = [row for row in view.tasks if (row.days_late or 0) > 0]
    for row in sorted(late, key=lambda row: -(row.days_late or 0)):
        past = row.log_until(view.schedule.as_of)
        rows.append(
            [
                f"{row.id} {row.task.title}",
                row.owner,
                str(row.dates.end),
                str(row.record.end) if row.record.end else OPEN.say(lang),
                str(row.days_late),
                *(
                    "; ".join(text for entry in past if (text := getattr(entry, name))) or "–"
                    for name in ("problem", "solution")
                ),
            ]
        )
    return Section(LATE_TASKS.say(lang), [Table(_heads(LATE_HEADS, lang), rows, right=(4,))] if rows else [])


def _next(plan: Plan, lang: Lang) -> Section:
    steps = plan.review.next if plan.review else ()
    rows = [[step.action, plan.person(step.owner), str(step.due or "–")] for step in steps]
    blocks: list[Table | Bullets] = (
        [Table(_heads(NEXT_HEADS, lang), rows)] if rows else [Bullets([NOTHING.say(lang)])]
    )
    return Section(NEXT.say(lang), blocks)
