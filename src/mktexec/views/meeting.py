"""The special meeting: what calls for one, the facts, the causes so far, what is to be decided (A, B).

A finding that escalates calls heads and sponsor together within 24 hours (domain.md part 3).
"""

from collections.abc import Iterator, Mapping

from mktexec.findings import Level
from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.rules.answers import OVERDUE
from mktexec.views.document import Bullets, Document, Section, Table
from mktexec.views.findings import FindingRow
from mktexec.views.status import StatusView, TaskRow

TITLE = T("Special meeting", "专题协调会")
SUBTITLE = T("{title} · as of {as_of}", "{title} · 截至 {as_of}")
WHO, ROLE, DEPARTMENT = T("Participant", "参会人"), T("Role", "职责"), T("Department", "部门")
PARTICIPANTS = T("Who takes part", "参会人员")
NOTHING = T("Nothing calls for a meeting.", "没有需要召开专题会议的事项。")
OTHERS = T("{count} other warnings are not for this meeting.", "另有 {count} 条预警不在本次会议讨论。")
DECISIONS = T("Decisions to take", "待决事项")
DECISION_HEADS = (
    T("Matter", "事项"),
    T("What is proposed", "建议"),
    T("Decision", "决议"),
    T("Who", "责任人"),
    T("By when", "完成时限"),
)
FACT_HEADS = T("Fact", "项目"), T("Content", "内容")
CODE, PLACE = T("Finding", "预警"), T("Where", "位置")
OWNER, SINCE, ANSWER = T("Owner", "负责人"), T("Holds since", "起始日"), T("Answer by", "响应时限")
PLANNED, FORECAST = T("Planned end", "计划完成"), T("Forecast", "预计完成")
NAMED = T("{id} {title} ({owner})", "{id} {title}（{owner}）")
WAITING = T("Waiting for it", "等待它的任务")
CAUSES, NO_CAUSE = T("Recorded so far", "已有记录"), T("no cause recorded yet", "尚未记录原因")


def meeting(view: StatusView, lang: Lang) -> Document:
    """Return the sheet of the special meeting."""
    called = [row for row in view.warnings if row.level is Level.ESCALATE and row.code != OVERDUE.code]
    subtitle = SUBTITLE.say(lang, {"title": view.plan.campaign.title, "as_of": view.schedule.as_of})
    others = sum(row.level is Level.WARN for row in view.warnings)
    rest = Bullets([OTHERS.say(lang, {"count": others})])
    if not called:
        none = Section(PARTICIPANTS.say(lang), [Bullets([NOTHING.say(lang)]), *([rest] if others else [])])
        return Document(TITLE.say(lang), subtitle, [none])
    sections = [Section(PARTICIPANTS.say(lang), [_participants(view, called, lang)])]
    by_id = {one.id: one for one in view.tasks}
    tasks = [_task(by_id, row) for row in called]
    rows = []
    for number, (row, task) in enumerate(zip(called, tasks, strict=True), 1):
        sections.append(_matter(view, number, row, task, lang))
        rows.append([f"{number}. {row.key}", _proposed(view, task), "", "", ""])
    table = Table([head.say(lang) for head in DECISION_HEADS], rows)
    sections.append(Section(DECISIONS.say(lang), [table, *([rest] if others else [])]))
    return Document(TITLE.say(lang), subtitle, sections)


def _participants(view: StatusView, called: list[FindingRow], lang: Lang) -> Table:
    """Return everybody whom one of the findings goes to."""
    rows = []
    for one in dict.fromkeys(one for row in called for one in row.to):
        member = view.plan.people.get(one)
        department = (member.department or "") if member else one
        rows.append(
            [view.plan.person(one) if member else "–", (member.role or "") if member else "", department]
        )
    return Table([head.say(lang) for head in (WHO, ROLE, DEPARTMENT)], rows)


def _matter(view: StatusView, number: int, row: FindingRow, task: TaskRow | None, lang: Lang) -> Section:
    facts = [
        [CODE.say(lang), f"{row.level.label.say(lang)} {row.key}"],
        [PLACE.say(lang), f"{row.place.file}:{row.place.line}" if row.place else "–"],
        [OWNER.say(lang), view.plan.person(row.owner)],
        [SINCE.say(lang), str(row.since or "–")],
        [ANSWER.say(lang), str(row.answer_by or "–")],
        *(_task_facts(view, task, lang) if task else []),
    ]
    causes = list(_causes(view, row, task, lang)) or [NO_CAUSE.say(lang)]
    heads = [head.say(lang) for head in FACT_HEADS]
    causes[0] = f"{CAUSES.say(lang)}{': ' if lang == 'en' else '：'}{causes[0]}"
    return Section(f"{number}. {row.message}", [Table(heads, facts), Bullets(causes)])


def _task(tasks: Mapping[str, TaskRow], row: FindingRow) -> TaskRow | None:
    """Return the task that a finding is about a part of, None for none."""
    section, _, rest = row.path.partition(".")
    key, _, part = rest.partition(".")
    return tasks.get(key) if section == "tasks" and part else None


def _proposed(view: StatusView, task: TaskRow | None) -> str:
    """Return what was last recorded as a way out."""
    past = task.log_until(view.schedule.as_of) if task else []
    return next((words for entry in reversed(past) if (words := entry.adjust or entry.solution)), "")


def _task_facts(view: StatusView, task: TaskRow, lang: Lang) -> list[list[str]]:
    waiting = view.schedule.graph.after[view.schedule.graph.number[task.id]]
    names = [view.schedule.graph.ids[one] for one in waiting]
    tasks = [(one, view.plan.tasks[one]) for one in names]
    titles = [
        NAMED.say(lang, {"id": key, "title": one.title, "owner": view.plan.person(one.owner)})
        for key, one in tasks
    ]
    return [
        [PLANNED.say(lang), str(task.dates.end or "–")],
        [FORECAST.say(lang), str(task.dates.forecast_end)],
        *([[WAITING.say(lang), ("; " if lang == "en" else "；").join(titles)]] if titles else []),
    ]


def _causes(view: StatusView, row: FindingRow, task: TaskRow | None, lang: Lang) -> Iterator[str]:
    """Yield what was recorded of it: problems and solutions of a task, the cause of a KPI."""
    as_of = view.schedule.as_of
    between = ": " if lang == "en" else "："
    for day, entry in sorted(task.task.log.items()) if task else ():
        words = " → ".join(one for one in (entry.problem, entry.solution, entry.adjust, entry.note) if one)
        if day <= as_of and words:
            yield f"{day}{between}{words}"
    section, _, rest = row.path.partition(".")
    state = view.assessment.kpis.get(rest.partition(".")[0]) if section == "kpis" else None
    if state and state.cause:
        yield state.cause
