"""``mktexec add``: a new entry with the next id of the plan's own numbering."""

import re
import shlex
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from mktexec.commands.assign import ASSIGNMENT, assignment, field
from mktexec.commands.change import Options, Wish, change, given
from mktexec.commands.kinds import Kind, complete_kind, complete_new_field, kind_of
from mktexec.commands.named import SECTIONS, Written, require_free, written
from mktexec.commands.options import AsOf, Commit, DryRun, Force, Lang, PlanOption, tell
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.model.numbering import next_id
from mktexec.session import Session, open_session
from mktexec.store.edit import Put, applied

HELP = T(
    "Add a task, KPI, goal, person …; numbered as the plan does it. A terminal is asked for what is missing.",
    "新增任务、指标、目标、人员等条目；沿用计划自身的编号规则。缺少的内容会在终端中询问。",
)
EXAMPLES = (
    "mktexec add task '拍摄并剪辑6条测评视频' owner=li initiative=I1 start=2024-08-01 end=2024-08-09",
    "mktexec add person '王*' role=投放 --id wang",
)
PLAIN = re.compile(r"[\w=.,:/@%+-]+")  # needs no quotes in a shell, whatever the script
SAMPLES = {"target": "target=500", "planned": "planned=20000", "by": "by=li"}


def run(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            show_default=False,
            autocompletion=complete_kind,
            help=tell(
                "task, kpi, goal, initiative, risk, person, line (of the budget), resource, material, "
                "supplier, channel, experiment or approval.",
                "任务、指标、目标、举措、风险、人员、预算、资源、物料、供应商、渠道、测试、审批。",
            ),
        ),
    ],
    title: Annotated[
        str | None,
        typer.Argument(
            metavar="[TITLE]",
            show_default=False,
            help=tell(
                "Its title; a person's name, what an approval is about.", "标题；人员写姓名，审批写审批对象。"
            ),
        ),
    ] = None,
    fields: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FIELD=VALUE]...",
            show_default=False,
            autocompletion=complete_new_field,
            help=tell("Fields and their values, as for set.", "字段=值，写法同 set。"),
        ),
    ] = None,
    id_: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", show_default=False, help=tell("Its id.", "指定编号。")),
    ] = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    force: Force = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Add the entry."""
    from mktexec.commands.questions import answered, asking, new_id

    which = kind_of(kind)
    known = _given(which, title, fields or [])
    if asking():
        data = _read(open_session(plan, as_of, lang))
        unnumbered = not id_ and _next(data, which) is None
        if unnumbered or which.missing(known):
            known = answered(data, which, known)
        if unnumbered:
            id_ = new_id(data, known[which.title])
    options = Options(plan, as_of, lang, dry_run, force, commit)
    change(options, lambda session: _wish(session, which, known, id_))


def _given(kind: Kind, title: str | None, texts: Sequence[str]) -> dict[str, Any]:
    """Return the fields that the command line gives, as the plan holds them."""
    known: dict[str, Any] = {}
    if title and _is_field(kind, title):
        texts = [title, *texts]
    elif title:
        known[kind.title] = given(title).strip()
    for text in texts:
        edit = assignment(kind.entry, text)
        try:
            known = applied(known, edit._replace(path=edit.path[len(kind.entry) :]))
        except (KeyError, TypeError, ValueError):  # a part of what is a plain value already
            raise UsageError(
                T(f"'{text}' does not go with the fields before it", f"「{text}」与前面的字段冲突"),
                T(
                    "write all parts at once: 'readings.2024-07-31={value: 130, cause: late}'",
                    "请一次写全：'readings.2024-07-31={value: 130, cause: 延期}'",
                ),
            ) from None
    return known


def _is_field(kind: Kind, text: str) -> bool:
    """Return whether what stands in the title's place begins with a field of the kind."""
    found = ASSIGNMENT.fullmatch(text)
    try:
        return bool(found and field(kind.entry, found[1]))
    except UsageError:
        return False


def _read(session: Session) -> Written:
    _ = session.draft  # there is something to add to
    return written(session)


def _next(data: Written, kind: Kind) -> str | None:
    taken = {key for section in SECTIONS if section != kind.section for key in data.ids(section)}
    return next_id(data.ids(kind.section), taken, kind.first)


def _wish(session: Session, kind: Kind, known: dict[str, Any], id_: str | None) -> Wish:
    data = written(session)
    new = id_ or _next(data, kind)
    missing = kind.missing(known) + ([] if new else ["--id"])
    if missing or new is None:
        raise _incomplete(kind, known, missing)
    require_free(data, new)
    order = {name: rank for rank, name in enumerate(kind.fields)}
    value = {name: known[name] for name in sorted(known, key=lambda name: order.get(name, len(order)))}
    title = known[kind.title]
    said = T(f"{kind.name.en} {new} added: {title}", f"已新增{kind.name.zh} {new}：{title}")
    return Wish([Put((*kind.section, new), value)], said)


def _incomplete(kind: Kind, known: dict[str, Any], missing: Sequence[str]) -> UsageError:
    """Return the error that names everything missing, with the command as it should be."""
    names = [tell("TITLE", "标题") if name == kind.title else name for name in missing]
    title = known.get(kind.title) or tell("TITLE", "标题")
    given_ = [f"{name}={value}" for name, value in known.items() if name != kind.title and type(value) is str]
    wanted = [SAMPLES[name] for name in missing if name in SAMPLES]
    wanted += ["--id", kind.first or "li"] if "--id" in missing else []
    words = ["add", tell(*kind.name), title, *given_, *wanted]
    command = " ".join(word if PLAIN.fullmatch(word) else shlex.quote(word) for word in words)
    return UsageError(
        T(f"missing: {', '.join(names)}", f"缺少：{'、'.join(names)}"),
        T(f"for example: mktexec {command}", f"例如：mktexec {command}"),
    )
