"""The flow chart in words: the hand-overs between departments, 任务流程图 (domain.md part 4; B2)."""

from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.schedule.handovers import HandOver, longest_chain
from mktexec.views.document import Bullets, Document, Section, Table
from mktexec.views.flow import CHAIN, NOTHING, TITLE, Passing, passings
from mktexec.views.status import StatusView

SUBTITLE = T("{title} · as of {as_of}", "{title} · 截至{as_of}")
HANDOVERS = T("Hand-overs between departments", "跨部门交接")
STEP = T("{day}: {source} → {target}, {task} → {next}", "{day}：{source} → {target}，{task} → {next}")
HEADS = (
    T("From", "交出部门"),
    T("To", "接收部门"),
    T("Hands over", "交出任务"),
    T("Receives", "接收任务"),
    T("Planned", "计划交接"),
    T("Forecast", "预计交接"),
    T("Response time", "响应时限"),
    T("State", "状态"),
)


def flow_chart(view: StatusView, lang: Lang) -> Document:
    """Return the hand-overs as a table, and the longest chain of them."""
    plan = view.plan
    found = passings(plan, view.schedule)
    subtitle = SUBTITLE.say(lang, {"title": plan.campaign.title, "as_of": view.schedule.as_of})
    if not found:
        none = Section(HANDOVERS.say(lang), [Bullets([NOTHING.say(lang)])])
        return Document(TITLE.say(lang), subtitle, [none])
    table = Table([head.say(lang) for head in HEADS], [_cells(plan, one, lang) for one in found])
    chain = longest_chain(plan, view.schedule, [one.handover for one in found])
    steps = Bullets([_step(plan, one, lang) for one in chain])
    return Document(
        TITLE.say(lang),
        subtitle,
        [Section(HANDOVERS.say(lang), [table]), Section(CHAIN.say(lang), [steps])],
    )


def _cells(plan: Plan, passing: Passing, lang: Lang) -> list[str]:
    one = passing.handover
    return [
        one.from_unit,
        one.to_unit,
        _task(plan, one.giver),
        _task(plan, one.receiver),
        str(one.day or "–"),
        str(one.forecast),
        passing.hours(lang) or "–",
        passing.state(lang),
    ]


def _step(plan: Plan, one: HandOver, lang: Lang) -> str:
    params = {
        "day": one.day or one.forecast,
        "source": one.from_unit,
        "target": one.to_unit,
        "task": _task(plan, one.giver),
        "next": _task(plan, one.receiver),
    }
    return STEP.say(lang, params)


def _task(plan: Plan, task_id: str) -> str:
    return f"{task_id} {plan.tasks[task_id].title}"
