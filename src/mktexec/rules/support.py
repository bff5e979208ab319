"""Rules on what the work needs: resources and materials (domain.md 2.5, 2.7)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from mktexec.assess.approvals import subject_of
from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.model.budget import Material, Resource
from mktexec.model.terms import Approval, ResourceKind
from mktexec.rules.ladder import ladder
from mktexec.rules.people import responsible
from mktexec.rules.registry import Facts, Hit, When, rule
from mktexec.rules.since import DAY, days_after

ACTIONS = {
    Level.REMIND: T("ask {owner} when it arrives", "请向 {owner} 确认到货时间"),
    Level.WARN: T(
        "get a firm day from {owner} and the supplier today, and look for a substitute",
        "请今日与 {owner} 及供应商确认到货日，并寻找替代方案",
    ),
    Level.ESCALATE: T(
        "decide with all concerned within 24 hours: substitute, other supplier, or move the activity",
        "请在 24 小时内召集相关方决定：换供应商、用替代品或调整活动",
    ),
}
REFUSED = (Approval.PENDING, Approval.REJECTED)


def settled(facts: Facts, task_id: str | None) -> bool:
    """Return whether nothing is needed any more: the task is finished or called off, or all is over."""
    record = facts.schedule.records.get(task_id or "")
    if record is None:
        return facts.day.as_of > facts.plan.campaign.end
    return record.done or record.cancelled


def waiting(facts: Facts, task_id: str | None) -> tuple[str, ...]:
    """Return who owns the task that waits for something."""
    task = facts.plan.tasks.get(task_id or "")
    return (task.owner,) if task and task.owner else ()


def _needed(facts: Facts, one: Resource) -> date | None:
    """Return the day on which a resource must be there: its own, else the first day of its task."""
    dates = facts.schedule.dates.get(one.task or "")
    return one.due or ((dates.start or dates.end) if dates else None)


def _short(one: Resource) -> bool:
    return one.needed is not None and one.available is not None and one.needed > one.available


def _near(facts: Facts) -> Iterator[tuple[str, Resource, date]]:
    """Yield the resources that are needed soon or were, with their day."""
    ahead = timedelta(days=facts.plan.thresholds.resource_ahead)
    for key, one in facts.plan.resources.items():
        needed = _needed(facts, one)
        if needed and facts.day.as_of >= needed - ahead and not settled(facts, one.task):
            yield key, one, needed


def _resource_hit(facts: Facts, key: str, field: str, needed: date, params: Mapping[str, object]) -> Hit:
    one, as_of, plan = facts.plan.resources[key], facts.day.as_of, facts.plan
    late = as_of >= needed
    return Hit(
        ("resources", key, field),
        {
            "title": one.title,
            "needed": needed,
            "owner": plan.person(responsible(plan, ("resources", key))),
            **params,
        },
        Level.WARN if late else Level.REMIND,
        (as_of - needed).days,
        since=needed - timedelta(days=plan.thresholds.resource_ahead),
        raised=needed if late else None,
        to=waiting(facts, one.task),
    )


@rule(
    "resource-gap",
    Level.REMIND,
    highest=Level.WARN,
    when=When.WARN,
    message=T(
        "{title}: {available} of {wanted}{unit} at hand, {gap} missing, needed {needed} ({owner})",
        "{title}：需 {wanted}{unit}，现有 {available}，缺 {gap}，应于 {needed} 到位（{owner}）",
    ),
    hint=T(
        "close the gap with {owner}, or cut down the work that needs it",
        "请与 {owner} 落实缺口，或调整依赖它的工作",
    ),
    why=T(
        "A task without its resources starts late, however well it is planned.",
        "资源不到位，排期再好也无法按时开工。",
    ),
    source="2.5: resources, their gap and approval (A, B)",
)
def resource_gap(facts: Facts) -> Iterator[Hit]:
    """What is needed soon is at hand."""
    for key, one, needed in _near(facts):
        if one.needed is not None and one.available is not None and one.needed > one.available:
            gap = one.needed - one.available
            unit = f" {one.unit}" if one.unit else ""
            params = {"wanted": one.needed, "available": one.available, "gap": gap, "unit": unit}
            yield _resource_hit(facts, key, "available", needed, params)


@rule(
    "resource-unapproved",
    Level.REMIND,
    highest=Level.WARN,
    when=When.WARN,
    message=T(
        "{title}: needed {needed}, approval: {approval} ({owner})",
        "{title}：应于 {needed} 到位，审批状态：{approval}（{owner}）",
    ),
    hint=T(
        "get the decision, or plan without it; then set 'approval:'",
        "请尽快完成审批，或按无此资源调整安排，并更新 'approval:'",
    ),
    why=T("What nobody granted cannot be counted on.", "未获批准的资源，不能当作已经到位。"),
    source="2.5: resources, their gap and approval (A, B)",
)
def resource_unapproved(facts: Facts) -> Iterator[Hit]:
    """What is needed soon is granted; money is the budget's, a gap says it already."""
    plan = facts.plan
    signed = {subject_of(one.subject) for one in plan.approvals.values()}
    each = any(one.approval for one in plan.resources.values())
    for key, one, needed in _near(facts):
        wanted = each and one.approval is None and one.available is None
        if one.kind is ResourceKind.MONEY or _short(one) or key in signed:
            continue
        if wanted or one.approval in REFUSED:
            approval = one.approval.label if one.approval else T("none", "未填写")
            yield _resource_hit(facts, key, "approval", needed, {"approval": approval})


def _open(facts: Facts) -> Iterator[tuple[str, Material]]:
    """Yield the materials that are not there and that somebody still waits for."""
    as_of = facts.day.as_of
    for key, one in facts.plan.materials.items():
        if not (one.delivered and one.delivered <= as_of) and not settled(facts, one.task):
            yield key, one


def _start(facts: Facts, one: Material) -> date | None:
    """Return the first day of the task that needs a material before it begins.

    What is delivered while a longer task runs is made by it, or not needed at its start.
    """
    dates = facts.schedule.dates.get(one.task or "")
    if dates is None or dates.start is None or dates.end is None:
        return None
    within = one.delivery and dates.start < one.delivery <= dates.end
    return None if within else dates.start


def _material(facts: Facts, key: str) -> dict[str, object]:
    plan, one = facts.plan, facts.plan.materials[key]
    task = plan.tasks.get(one.task or "")
    owner = plan.person(responsible(plan, ("materials", key)))
    return {"title": one.title, "owner": owner, "delivery": one.delivery, "task": task.title if task else ""}


@rule(
    "material-late",
    Level.REMIND,
    highest=Level.ESCALATE,
    when=When.WARN,
    message=T(
        "{title}: not delivered, {days} d late, due {delivery} ({owner})",
        "{title}：应于 {delivery} 到货，已延误 {days} 天（{owner}）",
    ),
    hint=ACTIONS[Level.REMIND],
    why=T(
        "Without its material an activity does not take place, whatever else is ready.",
        "物料不到，其他准备得再好活动也做不成。",
    ),
    source="3: three levels by days behind (B)",
)
def material_late(facts: Facts) -> Iterator[Hit]:
    """Material that has not arrived on its day of delivery."""
    plan, as_of, work = facts.plan, facts.day.as_of, facts.schedule.workdays
    for key, one in _open(facts):
        if one.delivery is None or as_of <= one.delivery:
            continue
        late = days_after(facts, one.delivery, as_of, work)
        step = ladder(plan.thresholds, one.delivery, late, work)
        if step is not None:
            supplier = plan.suppliers.get(one.supplier or "")
            dealing = (supplier.owner,) if supplier and supplier.owner else ()
            yield Hit(
                ("materials", key, "delivery"),
                {**_material(facts, key), "days": late},
                step.level,
                late,
                hint=ACTIONS[step.level],
                since=step.since,
                raised=step.raised,
                to=waiting(facts, one.task) + dealing,
            )


@rule(
    "material-tight",
    Level.REMIND,
    when=When.WARN,
    message=T(
        "{title}: not there yet, and '{task}' begins {start} ({owner})",
        "{title}：尚未到货，「{task}」将于 {start} 开始（{owner}）",
    ),
    hint=T(
        "make sure of the delivery with {owner}; once it is there, set 'delivered:'",
        "请与 {owner} 盯紧到货；到货后填写 'delivered:'",
    ),
    why=T(
        "Material that comes on the last day leaves no time to check or replace it.",
        "物料最后一刻才到，就来不及检查和更换。",
    ),
    source="3: material 3 days before the activity (A)",
)
def material_tight(facts: Facts) -> Iterator[Hit]:
    """Material that is not there shortly before the task it is for, its own day not yet past."""
    as_of, ahead = facts.day.as_of, timedelta(days=facts.plan.thresholds.material_ahead)
    for key, one in _open(facts):
        start = _start(facts, one)
        if start is None or facts.schedule.records[one.task or ""].started:
            continue
        if as_of > start - ahead and not (one.delivery and as_of > one.delivery):
            yield Hit(
                ("materials", key, "delivery"),
                {**_material(facts, key), "start": start},
                days=(as_of - start).days,
                since=start - ahead + DAY,
                to=waiting(facts, one.task),
            )


@rule(
    "material-planned-late",
    Level.REMIND,
    message=T(
        "{title} comes on {delivery}, less than {ahead} d before '{task}' on {start}",
        "{title}计划 {delivery} 到货，距「{task}」{start} 开始不足 {ahead} 天",
    ),
    hint=T(
        "have it delivered by {wanted}, or move the task",
        "请把到货日提前到 {wanted} 或更早，或调整任务日期",
    ),
    why=T(
        "Material that comes on the last day leaves no time to check or replace it.",
        "物料最后一刻才到，就来不及检查和更换。",
    ),
    source="3: material 3 days before the activity (A)",
)
def material_planned_late(facts: Facts) -> Iterator[Hit]:
    """A delivery is planned some days before the task that it is for."""
    days = facts.plan.thresholds.material_ahead
    for key, one in facts.plan.materials.items():
        task, start = facts.plan.tasks.get(one.task or ""), _start(facts, one)
        if one.delivery is None or one.delivered or start is None or task is None or task.cancelled:
            continue
        wanted = start - timedelta(days=days)
        if one.delivery > wanted:
            params = {**_material(facts, key), "start": start, "ahead": days, "wanted": wanted}
            yield Hit(("materials", key, "delivery"), params, related=(("tasks", one.task or ""),))
