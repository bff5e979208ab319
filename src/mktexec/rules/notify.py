"""Rules on how people are told: over which variables, and whether those who are named exist."""

import re
from collections.abc import Iterator, Mapping

from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.model.support import Notify
from mktexec.rules.registry import Facts, Hit, rule
from mktexec.suggest import did_you_mean

VARIABLE = re.compile(r"[^\W\d]\w*")


def is_variable(name: str) -> bool:
    """Return whether ``name`` may be that of an environment variable; an address never is."""
    return VARIABLE.fullmatch(name) is not None


def without_names(channels: Mapping[str, Notify]) -> Iterator[Hit]:
    """Yield the entries that hold something else than names; what they hold may be secret.

    The place is the entry's key: a finding that shows its line must not show the address.
    """
    for key, one in channels.items():
        if not all(map(is_variable, one.over)):
            yield Hit(("notify", key), {"key": key})


@rule(
    "notify-address",
    Level.WARN,
    message=T(
        "{key}: 'over' holds something else than names of environment variables",
        "{key}：'over' 中写的不是环境变量名",
    ),
    hint=T(
        "move the address to an environment variable, and write its name: over: MAIL_ZHANG; "
        "change the password or token in it, for others may have read it",
        "请把通知地址放进环境变量，这里只写变量名，如 over: MAIL_ZHANG；地址中的密码或令牌可能已外泄，请更换",
    ),
    why=T(
        "An address holds a password or a token, and the plan goes to everybody and into git for good.",
        "通知地址含有密码或令牌，而计划人人可见，并永久留在 git 历史中。",
    ),
)
def notify_address(facts: Facts) -> Iterator[Hit]:
    """The plan names variables; it never holds an address."""
    yield from without_names(facts.plan.notify)


@rule(
    "notify-unknown",
    Level.WARN,
    message=T("{key} is neither a person nor a department", "{key} 既不是人员编号，也不是部门"),
    hint=T(
        "write the id of a person, or a department as it is written in 'people'",
        "请写人员编号，或与 'people' 中一致的部门名称",
    ),
    why=T("Nobody is told over it, and nobody notices.", "这样设置通知不到任何人，也无人察觉。"),
)
def notify_unknown(facts: Facts) -> Iterator[Hit]:
    """Whoever is told is on the team."""
    plan = facts.plan
    if not plan.notify:
        return
    ids = {one.name: key for key, one in plan.people.items() if one.name}
    known = {*plan.people, *_departments(plan)}
    for key in plan.notify:
        if key not in known:
            yield Hit(("notify", key), {"key": key}, hint=did_you_mean(ids.get(key, key), known))


def _departments(plan: Plan) -> Iterator[str]:
    """Yield every department that the plan names; collaborators may be departments without people."""
    campaign = plan.campaign
    named = [campaign.department, *(one.department for one in plan.people.values())]
    named += [one.department for one in plan.approvals.values()]
    yield from (one for one in named if one)
    yield from campaign.departments
    for task in plan.tasks.values():
        yield from task.collaborators
