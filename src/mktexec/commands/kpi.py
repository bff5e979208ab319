"""``mktexec kpi``: record a KPI's figure, or those of a table."""

import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from mktexec.commands.address import entry
from mktexec.commands.change import Options, Wish, change, day_of
from mktexec.commands.options import AsOf, Commit, DryRun, Force, Lang, On, PlanOption, tell
from mktexec.commands.record import filled, given_texts, named
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.i18n import amount, plural
from mktexec.model.kpis import Kpi, Reading
from mktexec.readings import Given, Readings, readings_of
from mktexec.readings.known import WRITE_FIGURE
from mktexec.render.readings import in_unit
from mktexec.session import Session, UnsoundPlanError
from mktexec.store.edit import Edit
from mktexec.store.table import Table, read_table
from mktexec.written import amount_text, written_amount

HELP = T(
    "Record a KPI's figure, or import a table of them: 1,234, 35% and 4.2M are understood.",
    "登记指标读数，或从 CSV 表格批量导入：1,234、35%、420万 等写法都能识别。",
)
EXAMPLES = (
    'mktexec kpi K001 420 --on 2024-09-30 --cause "few new viewers"',
    "mktexec kpi import july.csv --dry-run",
)
IMPORT = "import"
UNREADABLE = 3


def run(  # one argument an option
    which: Annotated[
        str,
        typer.Argument(
            metavar="ID|import",
            show_default=False,
            help=tell(
                "The KPI's id or exact title; or the word import.", "指标编号或完整名称；导入时写 import。"
            ),
        ),
    ],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE|FILE",
            show_default=False,
            help=tell(
                "The figure (a negative one after --); or the table: CSV, with a header.",
                "数值（负数前加 --）；导入时为带表头的 CSV 文件。",
            ),
        ),
    ],
    on: On = None,
    cause: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            show_default=False,
            help=tell("Cause of the variance; - reads standard input.", "差异原因；- 表示从标准输入读取。"),
        ),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(metavar="N", show_default=False, help=tell("The period's own target.", "本期目标。")),
    ] = None,
    note: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            show_default=False,
            help=tell("A remark; - reads standard input.", "备注；- 表示从标准输入读取。"),
        ),
    ] = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    force: Force = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Record one reading, or all of a table."""
    options = Options(plan, as_of, lang, dry_run, force, commit)
    texts = given_texts({"cause": cause, "note": note})
    if which != IMPORT:
        change(options, lambda session: _one(session, which, value, on, target, texts))
        return
    if target is not None or texts:
        raise UsageError(
            T("--cause, --target and --note go with one figure", "--cause、--target、--note 只用于单个读数"),
            T("a table has columns for them", "导入时请写在表格的相应列里"),
        )
    shown: list[Readings] = []  # a second try shows them no second time
    change(options, lambda session: _all(session, Path(value), on, shown))


def _one(
    session: Session, which: str, value: str, on: str | None, target: str | None, texts: dict[str, str]
) -> Wish:
    """Return the wish to record one reading."""
    key = entry(session, which, [("kpis",)])[-1]
    kpi = session.draft.kpis.get(key)
    if kpi is None:  # it is written, but wrong
        raise UnsoundPlanError(session)
    one = Given(
        0,
        key,
        day_of(session, on),
        _figure(value, key, kpi),
        None if target is None else _figure(target, key, kpi),
        **texts,
    )
    old = kpi.readings.get(one.day)
    name, told = named(key, kpi.title), in_unit(one.value, kpi)
    if old and old.value != one.value:
        told = f"{amount(old.value)} → {told}"
    return Wish(
        _edits(session, [one]),
        T(f"{name}, reading of {one.day}: {told}", f"{name}，{one.day} 读数：{told}"),
    )


def _figure(text: str, key: str, kpi: Kpi) -> Decimal:
    figure = written_amount(text, kpi.unit)
    if figure is not None:
        return figure
    what = T(f"'{text}' is not understood as a figure", f"无法识别数值「{text}」")
    if kpi.unit:
        what = T(f"{what.en}; {key} is in {kpi.unit}", f"{what.zh}，{key} 的单位是 {kpi.unit}")
    raise UsageError(what, WRITE_FIGURE)


def _all(session: Session, file: Path, on: str | None, shown: list[Readings]) -> Wish:
    """Return the wish to record all readings of a table; ends with exit code 3 if any is not understood."""
    table = read_table(file)
    day = day_of(session, on) if on else None
    found = readings_of(table.header, table.rows, session.plan, session.as_of, day)
    _show(session, table, found, shown)
    kpis = len({one.kpi for one in found.given})
    many = len(found.given)
    english = f"{plural(many, 'reading', 'readings')} of {plural(kpis, 'KPI', 'KPIs')} from {table.file}"
    return Wish(
        _edits(session, found.given), T(english, f"从 {table.file} 导入 {kpis} 个指标的 {many} 个读数")
    )


def _show(session: Session, table: Table, found: Readings, shown: list[Readings]) -> None:
    """Show what was read, or on standard error what is wrong with it."""
    from mktexec.render.readings import problems, readings
    from mktexec.render.say import Say
    from mktexec.render.terminal import clean, note, note_lines, screen, write

    if found.problems:
        text = T(
            f"{table.file}: not understood, nothing was written:",
            f"{table.file}：以下内容无法识别，未作任何写入：",
        )
        note("mktexec: " + clean(text.say(session.lang)))
        note_lines(lambda to: problems(found.problems, Say(session.lang, to)))
        raise typer.Exit(UNREADABLE)
    if not shown:
        write(readings(found, table.ragged, session.plan, Say(session.lang, screen(sys.stdout))))
    shown.append(found)


def _edits(session: Session, readings: Sequence[Given]) -> list[Edit]:
    """Return the edits that record ``readings``; what says the same already is left as it is written."""
    edits: list[Edit] = []
    for one in readings:
        old = session.draft.kpis[one.kpi].readings.get(one.day)
        given = {name: getattr(one, name) for name in Reading.model_fields}
        new = {
            name: amount_text(value) if isinstance(value, Decimal) else value
            for name, value in given.items()
            if value is not None and value != getattr(old, name, None)
        }
        path = ("kpis", one.kpi, "readings", one.day.isoformat())
        edits += filled(session, path, new, Reading, "value") if new else []
    return edits
