"""The tracking record: 市场营销策略执行跟踪记录表 (domain.md, guide D, in four parts)."""

from mktexec.assess import Assessment
from mktexec.i18n import Lang, percent
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.model.tasks import LogEntry
from mktexec.model.terms import Health
from mktexec.schedule import Schedule
from mktexec.views.document import Bullets, Document, Section, Table
from mktexec.views.kpi import kpi_cells
from mktexec.views.retrospective import review_sections
from mktexec.views.status import StatusView, TaskRow

TITLE = T("Marketing strategy tracking record", "市场营销策略执行跟踪记录表")
SUBTITLE = T("{title} · as of {as_of}", "{title} · 截至{as_of}")
NONE = T("none", "无")
UNRECORDED = T("not recorded", "未记录")
FACTS = (T("Field", "字段名称"), T("Content", "填写内容"))
TASK_HEADS = (
    T("Id", "任务编号"),
    T("Task", "任务描述"),
    T("Owner", "负责人"),
    T("Planned", "计划起止时间"),
    T("Actual", "实际起止时间"),
    T("Progress", "当前进度"),
    T("Status", "完成状态"),
    T("Late (days)", "延误天数"),
    T("Problem", "存在问题"),
    T("Solution", "解决方案"),
    T("Remark", "备注"),
)
KPI_HEADS = (
    T("Id", "指标编号"),
    T("KPI", "指标名称"),
    T("Definition", "指标说明"),
    T("Target", "目标值"),
    T("Actual", "当前值"),
    T("Achievement", "达成率"),
    T("Variance", "差异"),
    T("Cause", "差异原因"),
    T("Source", "数据来源"),
    T("Updated", "更新日期"),
)
PARTS = (
    T("1. The strategy", "一、策略基本信息"),
    T("2. Key tasks: breakdown and tracking", "二、关键任务拆解与执行跟踪表"),
    T("3. KPI tracking", "三、效果指标跟踪表"),
    T("4. Retrospective", "四、复盘总结"),
)
BY, DONE_ON, SPAN = (
    T("by {end}", "{end}前完成"),
    T("done {end}", "{end}完成"),
    T("{start} to {end}", "{start}至{end}"),
)
SINCE = T("since {start}", "{start}起")
STATUS = {  # the words of the form (D); health says more and stands in `status`
    Health.NOT_DUE: T("not started", "未开始"),
    Health.ON_TRACK: T("in progress", "进行中"),
    Health.LAGGING: T("in progress (lagging)", "进行中（滞后）"),
    Health.DELAYED: T("delayed", "延期"),
    Health.DONE: T("done", "已完成"),
    Health.CANCELLED: T("cancelled", "已取消"),
}


def tracking_record(view: StatusView, lang: Lang) -> Document:
    """Return the whole of guide D's form: strategy, tasks, KPIs, retrospective."""
    plan = view.plan
    sections = [
        Section(PARTS[0].say(lang), [_facts(plan, lang)]),
        Section(PARTS[1].say(lang), [_tasks(view.tasks, view.schedule, lang)]),
        Section(PARTS[2].say(lang), [_kpis(plan, view.assessment, lang)]),
    ]
    points = [
        [section.title, " ".join(f"{n}. {item}" for n, item in enumerate(block.items, 1))]
        for section in review_sections(plan, lang)
        for block in section.blocks
        if isinstance(block, Bullets)
    ]
    if points:
        heads = [T("Aspect", "复盘维度").say(lang), T("Content", "内容说明").say(lang)]
        sections.append(Section(PARTS[3].say(lang), [Table(heads, points)]))
    subtitle = SUBTITLE.say(lang, {"title": plan.campaign.title, "as_of": view.schedule.as_of})
    return Document(TITLE.say(lang), subtitle, sections)


def _facts(plan: Plan, lang: Lang) -> Table:
    campaign = plan.campaign
    span = SPAN.say(lang, {"start": campaign.start, "end": campaign.end})
    goals = ("; " if lang == "en" else "；").join(
        goal.title for goal in plan.goals.values() if not goal.parent
    )
    rows = [
        (T("Strategy", "策略名称"), campaign.title),
        (T("Scenario", "场景"), campaign.scenario.label.say(lang) if campaign.scenario else None),
        (T("Department", "制定部门"), campaign.department),
        (T("Drawn up", "制定日期"), campaign.drawn_up.isoformat() if campaign.drawn_up else None),
        (T("Lead", "策略负责人"), plan.person(campaign.owner) if campaign.owner else None),
        (T("Period", "目标周期"), span),
        (T("Core goals (SMART)", "核心目标（SMART）"), campaign.objective or goals),
    ]
    return Table([head.say(lang) for head in FACTS], [[head.say(lang), text] for head, text in rows if text])


def _tasks(rows: list[TaskRow], schedule: Schedule, lang: Lang) -> Table:
    body = []
    for row in rows:
        past = row.log_until(schedule.as_of)
        none = (UNRECORDED if (row.days_late or 0) > 0 else NONE).say(lang)
        remarks = [entry.note for entry in past if entry.note] + (
            [row.task.remark] if row.task.remark else []
        )
        body.append(
            [
                row.id,
                row.task.title,
                row.owner,
                _planned(row, lang),
                _actual(row, lang),
                percent(row.state.progress),
                STATUS[row.state.health].say(lang),
                _late(row),
                _joined(past, "problem", lang) or none,
                _joined(past, "solution", lang) or none,
                ("; " if lang == "en" else "；").join(remarks),
            ]
        )
    return Table([head.say(lang) for head in TASK_HEADS], body, right=(5, 7))


def _late(row: TaskRow) -> str:
    late = row.days_late
    return "–" if late is None else f"{late:+d}" if late else "0"


def _joined(entries: list[LogEntry], name: str, lang: Lang) -> str:
    return ("; " if lang == "en" else "；").join(text for entry in entries if (text := getattr(entry, name)))


def _planned(row: TaskRow, lang: Lang) -> str:
    start, end = row.dates.start, row.dates.end
    if start and end:
        return SPAN.say(lang, {"start": start, "end": end})
    return BY.say(lang, {"end": end}) if end else "–"


def _actual(row: TaskRow, lang: Lang) -> str:
    start, end = row.record.start, row.record.end if row.record.done else None
    if start and end:
        return SPAN.say(lang, {"start": start, "end": end})
    if end:
        return DONE_ON.say(lang, {"end": end})
    return SINCE.say(lang, {"start": start}) if start else "–"


def _kpis(plan: Plan, assessment: Assessment, lang: Lang) -> Table:
    rows = []
    for key, kpi in plan.kpis.items():
        state = assessment.kpis[key]
        updated = state.last.isoformat() if state.last else "–"
        rows.append(
            [key, kpi.title, kpi.definition or "", *kpi_cells(kpi, state, lang), kpi.source or "–", updated]
        )
    return Table([head.say(lang) for head in KPI_HEADS], rows, right=(3, 4, 5, 6))
