"""Who has too much to do: the strip, figures of every unit, and the over-loads."""

from collections.abc import Sequence
from decimal import Decimal

from mktexec.columns import width
from mktexec.i18n import Lang, amount, percent
from mktexec.i18n import Text as T
from mktexec.render.load_strip import BUSY, named, strip
from mktexec.render.say import Say
from mktexec.render.terminal import GAP, Column, Line, Screen, Span, clean, fit, heading, table
from mktexec.schedule.load import Figure
from mktexec.views.load import LoadRow, LoadView, OverRow

MOST_OVER, MOST_TASKS = 20, 12
LEAST_TASKS, LEAST_TITLE, MOST_TITLE = 6, 4, 30
MOST_NAME, SHORT_NAME, NARROW = 24, 14, 100  # columns of a name, and of a screen where it is short
COMMAND = "mktexec schedule --load --format json"


class _Words:
    """The screen's words."""

    title = T("{title}: who has too much to do, as of {day}", "{title}：工作负荷，截至 {day}")
    nothing = T("Nobody has work from this day on.", "从这一天起，没有人有待做的工作。")
    nobody = T("Nobody has too much to do.", "没有人员或资源超负荷。")
    figures = T("Figures", "负荷一览")
    over = T("Over-loads", "超负荷")
    unit = T("Who or what", "人员/资源")
    capacity = T("Capacity", "产能")
    this_week = T("This week", "本周")
    next_week = T("Next week", "下周")
    peak = T("Peak", "峰值")
    peak_day = T("Peak day", "峰值日")
    days_over = T("Days over", "超负荷天数")
    off = T("day off", "休息日")
    first = T("From", "自")
    last = T("To", "至")
    load = T("Load", "负荷")
    tasks = T("Tasks", "任务")
    assumed = T(
        "Tasks without `needs` count as full time of their owner (here {count}). "
        "`*` marks what is too much for that reason only.",
        "未填写 needs 的任务按负责人全职投入计算（共 {count} 项）；* 表示仅因此才超负荷。",
    )


W = _Words


def load(view: LoadView, lang: Lang, to: Screen) -> list[Line]:
    """Return the strip, the figures of every unit, the over-loads, and what they assume."""
    say = Say(lang, to)
    title = say(W.title, title=clean(view.title), day=view.as_of)
    lines = say.lines(title, "bold")
    if view.last is None:
        return [*lines, [], [Span(say(W.nothing), "dim")]]
    lines += [*strip(view, view.last, say), *_figures(view, say), *_over(view, say)]
    if view.assumed:
        note = say(W.assumed, count=view.assumed)
        lines += [[], *say.lines(note, "dim")]
    return lines


def _figures(view: LoadView, say: Say) -> list[Line]:
    columns = [
        Column(say(W.unit), least=8),
        Column(say(W.capacity), "right", drop=3),
        Column(say(W.this_week), "right"),
        Column(say(W.next_week), "right"),
        Column(say(W.peak), "right"),
        Column(say(W.peak_day), drop=2),
        Column(say(W.days_over), "right", drop=1),
    ]
    empty = [Span("")] * (len(columns) - 1)
    rows = [
        [Span(fit(name.text, MOST_NAME), name.style), *(_figure_row(row, say) if row else empty)]
        for name, row in named(view)
    ]
    return heading(say(W.figures)) + table(columns, rows, say.columns)


def _figure_row(row: LoadRow, say: Say) -> list[Span]:
    day, peak = row.peak or (None, None)
    return [
        Span("–" if row.capacity is None else _measured(amount(row.capacity), row.measure), "dim"),
        *(Span(_share(week, say), _style(week)) for week in (row.this_week, row.next_week)),
        Span(_peak(row, peak, say) if peak else "–", _style(peak) if peak else "dim"),
        Span(day.isoformat() if day else "", "dim"),
        Span(str(row.days_over or ""), "red"),
    ]


def _share(figure: Figure, say: Say) -> str:
    """Return load ÷ capacity as people read it; nothing can be divided by a day off."""
    if figure.capacity is None or not (figure.load or figure.capacity):
        return "–"
    return percent(figure.share) if figure.capacity else say(W.off)


def _peak(row: LoadRow, peak: Figure, say: Say) -> str:
    return _measured(amount(peak.load), row.measure) if peak.capacity is None else _share(peak, say)


def _measured(text: str, measure: str) -> str:
    return f"{text} {fit(clean(measure), 6)}" if measure else text


def _style(figure: Figure) -> str:
    if figure.over:
        return "bold red"
    return "yellow" if (figure.share or 0) > BUSY else "" if figure.load else "dim"


def _over(view: LoadView, say: Say) -> list[Line]:
    if not view.over:
        return [[], [Span(say(W.nobody), "green")]]
    columns = [
        Column(say(W.unit), least=6),
        Column(say(W.first)),
        Column(say(W.last), drop=2),
        Column(say(W.load), "right"),
        Column("", drop=1),
        Column(say(W.tasks), least=LEAST_TASKS),
    ]
    shown = view.over[:MOST_OVER]
    name = SHORT_NAME if say.columns < NARROW else MOST_NAME
    rows = [_over_row(row, name) for row in shown]
    room = say.columns - 2 - GAP * len(rows[0])
    for index, column in enumerate(columns[:-1]):
        room -= max(width(column.title), *(width(row[index].text) for row in rows))
    rows = [[*cells, Span(_tasks(row.tasks, room, say))] for cells, row in zip(rows, shown, strict=True)]
    lines = heading(say(W.over), str(len(view.over))) + table(columns, rows, say.columns)
    return lines + say.more(len(view.over) - len(shown), COMMAND)


def _over_row(row: OverRow, name: int) -> list[Span]:
    over = row.over
    return [
        Span(fit(clean(row.title), name), "bold" if over.unit.kind == "department" else ""),
        Span(over.first.isoformat()),
        Span(over.last.isoformat() if over.last != over.first else ""),
        Span(_ratio(over.load, over.capacity), "yellow" if over.assumed else "red"),
        Span("*" if over.assumed else "", "dim"),
    ]


def _ratio(load_: Decimal, capacity: Decimal) -> str:
    return f"{amount(load_)} / {amount(capacity)}"


def _tasks(tasks: Sequence[tuple[str, str]], room: int, say: Say) -> str:
    """Return ids and titles, the titles cut so that as many ids as possible fit into ``room``."""
    comma = "、" if say.lang == "zh" else ", "
    ids = [clean(key) for key, _ in tasks[:MOST_TASKS]]
    spare = room - sum(width(key) + 1 + width(comma) for key in ids)
    each = min(max(spare // len(ids), 0), MOST_TITLE)
    if each < LEAST_TITLE:
        return comma.join(ids)
    titles = [fit(clean(title), each) for _, title in tasks]
    return comma.join(f"{key} {title}" for key, title in zip(ids, titles, strict=False))
