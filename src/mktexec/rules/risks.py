"""Rules on risks: an answer before they happen, and a look on the day that is set for it (domain.md 2.8)."""

from collections.abc import Iterator

from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.model.terms import Degree
from mktexec.rules.people import responsible
from mktexec.rules.registry import Facts, Hit, When, rule
from mktexec.rules.since import DAY
from mktexec.rules.support import settled, waiting


@rule(
    "risk-no-response",
    Level.REMIND,
    highest=Level.WARN,
    message=T("the risk '{title}' has no {missing}", "风险「{title}」没有{missing}"),
    hint=T(
        "write what is done if it happens ('response:') and who does it ('owner:')",
        "请写明发生时怎么办（'response:'）、由谁负责（'owner:'）",
    ),
    why=T(
        "A risk without an answer is only a fear; the answer is worked out before it happens.",
        "没有预案的风险只是担心；应对措施要在发生之前想好。",
    ),
    source="2.8: risk plan (A, C)",
)
def risk_no_response(facts: Facts) -> Iterator[Hit]:
    """A risk that may still happen has a response and somebody who acts."""
    for key, one in facts.plan.risks.items():
        task = facts.plan.tasks.get(one.task or "")
        over = task and (task.cancelled or (task.actual and task.actual.end))
        if one.closed or one.activated or over:
            continue
        missing = [
            *([] if one.response else [T("response", "应对措施")]),
            *([] if one.owner else [T("owner", "负责人")]),
        ]
        if missing:
            both = T(" and no ".join(x.en for x in missing), "和".join(x.zh for x in missing))
            grave = Degree.HIGH in (one.likelihood, one.impact)
            params = {"title": one.title, "missing": both}
            yield Hit(("risks", key), params, Level.WARN if grave else Level.REMIND)


@rule(
    "risk-unwatched",
    Level.REMIND,
    when=When.WARN,
    message=T(
        "{title}: its trigger was to be judged on {day}, nothing is recorded ({owner})",
        "{title}：应于 {day} 判断是否触发，尚无记录（{owner}）",
    ),
    hint=T(
        "ask {owner}: activate the response ('activated:'), close the risk ('closed:'), or set the next day",
        "请 {owner} 判断：启动预案（'activated:'）、关闭风险（'closed:'）或改定下次判断日",
    ),
    why=T(
        "A trigger that nobody looks at sets off the response too late.",
        "触发条件没人看，预案启动就会晚。",
    ),
    source="2.8: risk plan (A, C)",
)
def risk_unwatched(facts: Facts) -> Iterator[Hit]:
    """A risk is judged on the day that is set for it."""
    as_of, plan = facts.day.as_of, facts.plan
    for key, one in plan.risks.items():
        day = one.trigger_date
        judged = (one.closed, one.activated.date if one.activated else None)
        if day is None or as_of <= day or any(done and done <= as_of for done in judged):
            continue
        if as_of <= plan.campaign.end and not settled(facts, one.task):
            owner = responsible(plan, ("risks", key))
            yield Hit(
                ("risks", key, "trigger_date"),
                {"title": one.title, "day": day, "owner": plan.person(owner)},
                days=(as_of - day).days,
                since=day + DAY,
                to=waiting(facts, one.task),
            )
