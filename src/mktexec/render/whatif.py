"""What if, on the terminal: what was asked, then only what it changes."""

from collections.abc import Iterator, Sequence
from datetime import date

from mktexec.columns import width
from mktexec.i18n import Lang, working_days
from mktexec.i18n import Text as T
from mktexec.render.say import Say, short_day
from mktexec.render.terminal import Column, Line, Screen, Span, clean, fit, heading, pad, table, wrap
from mktexec.schedule import Buffer
from mktexec.views.whatif import Deadline, MovedBuffer, MovedTask, Shift, WhatIf

MOST_TITLE = 40  # columns of a title outside the table
LATER, EARLIER = "red", "green"


class _Words:
    """The screen's words."""

    title = T("{title}: what if, as of {day}", "{title}：假设推演，截至 {day}")
    forecast = T("Forecast finish", "预计完成")
    early = T("Earliest finish", "最早完成")
    same = T("{day}, unchanged", "{day}，不变")
    past = T("{days} past the campaign's end, {day}", "比活动结束日 {day} 晚 {days}")
    nothing = T("Nothing moves", "没有任务变动")
    nothing_else = T("Nothing else moves", "其他任务不受影响")
    slack = T("{task} had {days} of slack", "{task} 原有浮动 {days}")
    marks = T("Milestones that move", "变动的关键节点")
    path = T("Critical path", "关键路径")
    drivers = T("What drives the forecast finish", "决定预计完成日的任务链")
    was = T("before", "此前")
    now = T("after", "推演后")
    none = T("none", "无")
    tasks = T("Tasks that move", "变动的任务")
    promised = T("Planned days move, the forecast does not: {tasks}", "仅计划日期变动、预计不变：{tasks}")
    critical = T("critical", "转为关键")
    critical_too = T("Newly critical, without moving: {tasks}", "日期不变、转为关键任务：{tasks}")
    deadlines = T("Deadlines", "受影响的期限")
    kpi = T("KPI {name}", "指标 {name}")
    goal = T("goal {name}", "目标 {name}")
    task = T("{name}: finish_by", "{name}：最晚完成")
    due = T("due {day}", "期限 {day}")
    due_moved = T("due {was} → {now}", "期限 {was} → {now}")
    late = T("{task} ends {day}, {days} past it", "{task} 将于 {day} 完成，超期 {days}")
    was_late = T(" (was {count})", "（此前 {count} 个）")
    in_time = T("met again (was {days} late)", "恢复按期（此前超期 {days}）")
    buffers = T("Buffers", "缓冲")
    project = T("Project buffer", "项目缓冲")
    used = T("{was} → {now} of {whole} used", "已用 {was} → {now}，共 {whole}")
    reset = T("{was} → {now}, {used} used", "{was} → {now}，已用 {used}")


W = _Words
HEADS = [
    (T("Id", "编号"), "left", 0, 0),
    (T("Task", "任务"), "left", 12, 0),
    (T("Owner", "负责人"), "left", 6, 3),
    (T("Start", "预计开始"), "left", 0, 2),
    (T("End", "预计完成"), "left", 0, 0),
    (T("Days", "工作日"), "right", 0, 0),
    (T("Slack", "浮动"), "right", 0, 1),
]


def whatif(view: WhatIf, lang: Lang, to: Screen) -> list[Line]:
    """Return what was asked, the end of the whole, and all that moves, each section by day."""
    say = Say(lang, to)
    title = say(W.title, title=clean(view.title), day=view.as_of)
    lines = say.lines(title, "bold")
    for one in view.asked:
        lines += _indented(clean(one.said.say(lang)), "cyan", say)
    for row in view.findings:
        lines += _indented(clean(f"{row.message} → {row.hint}"), "yellow", say)
    lines += [[], *_ends(view, say), *_nothing(view, say), *_marks(view, say), *_paths(view, say)]
    return [*lines, *_tasks(view, say), *_deadlines(view, say), *_buffers(view, say)]


def _indented(text: str, style: str, say: Say) -> list[Line]:
    first, *rest = wrap(text, say.columns - 2)
    return [[Span("  "), Span(first, style)], *([Span("    "), Span(part, style)] for part in rest)]


def _ends(view: WhatIf, say: Say) -> list[Line]:
    """Return forecast and earliest end of the whole, before and after."""
    rows = ((say(W.forecast), view.forecast), (say(W.early), view.early))
    label = max(width(name) for name, _ in rows)
    lines: list[Line] = []
    for name, shift in rows:
        line = [Span(pad(name, label) + "  "), *_shift(shift, view.as_of, say)]
        if shift.days:
            line.append(Span("  " + _signed(shift.days, say), _style(shift.days)))
        lines.append(line)
    if view.late:
        end = short_day(view.period_end, view.as_of)
        text = say(W.past, days=working_days(view.late), day=end)
        lines.insert(1, [Span(" " * (label + 2) + text, LATER)])
    return lines


def _shift(shift: Shift, as_of: date, say: Say) -> Line:
    was, now = (short_day(day, as_of) for day in shift[:2])
    return [Span(say(W.same, day=now), "dim") if was == now else Span(f"{was} → {now}")]


def _signed(days: int, say: Say) -> str:
    """Return ``+5 working days``."""
    sign = "+" if days > 0 else "-"
    return sign + working_days(abs(days)).say(say.lang)


def _style(days: int) -> str:
    return LATER if days > 0 else EARLIER if days < 0 else ""


def _nothing(view: WhatIf, say: Say) -> list[Line]:
    """Return the sentence for a question that moves no other task, with the slack that allows it."""
    if any(not row.asked for row in view.tasks) or view.forecast.days:
        return []
    slips = {one.task for one in view.asked if one.kind == "slip"}
    reasons = [
        say(W.slack, task=clean(key), days=working_days(slack))
        for key, slack in view.slack
        if slack > 0 and key in slips
    ]
    text = say(W.nothing_else if view.tasks else W.nothing)
    colon, comma, stop = ("：", "，", "。") if say.lang == "zh" else (": ", ", ", ".")
    text += (colon + comma.join(reasons) if reasons else "") + stop
    return [[], *say.lines(text, EARLIER)]


def _marks(view: WhatIf, say: Say) -> list[Line]:
    if not view.marks:
        return []
    columns = [Column("", least=12), Column(""), Column("", "right")]
    rows = [
        [
            Span(clean(f"{mark.id} {mark.title}" if mark.id else mark.title)),
            *_shift(mark.shift, view.as_of, say),
            Span(_signed(mark.shift.days, say), _style(mark.shift.days)),
        ]
        for mark in view.marks
    ]
    return heading(say(W.marks)) + table(columns, rows, say.columns)


def _paths(view: WhatIf, say: Say) -> list[Line]:
    """Return the critical path, and what drives the forecast end, where it is another."""
    found = ((W.path, view.paths), (W.drivers, view.drivers))
    changed = [(title, *sides) for title, sides in found if sides[0] != sides[1]]
    return [line for title, before, after in changed for line in _path(title, before, after, say)]


def _path(title: T, before: Sequence[str], after: Sequence[str], say: Say) -> list[Line]:
    label = max(width(say(W.was)), width(say(W.now)))
    lines = heading(say(title))
    for name, path, style in ((W.was, before, "dim"), (W.now, after, "bold")):
        text = " → ".join(clean(one) for one in path) or say(W.none)
        first, *rest = wrap(text, say.columns - label - 4)
        lines.append([Span(f"  {pad(say(name), label)}  "), Span(first, style)])
        lines += [[Span(" " * (label + 4)), Span(part, style)] for part in rest]
    return lines


def _tasks(view: WhatIf, say: Say) -> list[Line]:
    columns = [*(Column(say(text), align, least, drop) for text, align, least, drop in HEADS), Column("")]
    rows = [_task(row, view.as_of, say) for row in view.tasks if row.moves]
    lines = heading(say(W.tasks), str(len(rows))) + table(columns, rows, say.columns) if rows else []
    lines += _listed(W.promised, [(row.id, row.title) for row in view.tasks if not row.moves], "", say)
    return lines + _listed(W.critical_too, view.newly_critical, "bold", say)


def _listed(text: T, tasks: Sequence[tuple[str, str]], style: str, say: Say) -> list[Line]:
    """Return the sentence about ``tasks``, if there are any."""
    if not tasks:
        return []
    named = tuple(_named(*one) for one in tasks)
    return [[], *say.lines(say(text, tasks=named), style)]


def _named(key: str, title: str) -> str:
    return clean(key) + " " + fit(clean(title), MOST_TITLE)


def _task(row: MovedTask, as_of: date, say: Say) -> list[Span]:
    before, after = row.before, row.after
    marked = "bold" if row.newly_critical else ""
    return [
        Span(clean(row.id), "cyan" if row.asked else marked),
        Span(clean(row.title), marked),
        Span(clean(row.owner), "dim"),
        Span(_both(before.forecast_start, after.forecast_start, as_of), "dim"),
        Span(_both(before.forecast_end, after.forecast_end, as_of)),
        Span(f"{row.days:+d}" if row.days else "0", _style(row.days)),
        Span(_counts(before.slack, after.slack), "red" if after.slack < 0 else "dim"),
        Span(say(W.critical) if row.newly_critical else "", "bold red"),
    ]


def _both(was: date, now: date, as_of: date) -> str:
    """Return a day before and after, once where it is the same."""
    return " → ".join(dict.fromkeys(short_day(day, as_of) for day in (was, now)))


def _counts(was: int, now: int) -> str:
    return " → ".join(dict.fromkeys(str(one) for one in (was, now)))


def _deadlines(view: WhatIf, say: Say) -> list[Line]:
    lines: list[Line] = heading(say(W.deadlines)) if view.deadlines else []
    for one in view.deadlines:
        missed = one.late > one.was_late
        lines += _indented(_deadline(one, view.as_of, say), LATER if missed else "", say)
    return lines


def _deadline(one: Deadline, as_of: date, say: Say) -> str:
    """Return one deadline as a sentence: where it moves to, and who misses it by how much."""
    kinds = {"kpi": W.kpi, "goal": W.goal, "task": W.task}
    head = say(kinds[one.kind], name=_named(one.id, one.title))
    return (
        head + (" " if one.kind == "task" else "：" if say.lang == "zh" else ": ") + _stated(one, as_of, say)
    )


def _stated(one: Deadline, as_of: date, say: Say) -> str:
    was, now = (short_day(day, as_of) if day else "–" for day in (one.was_due, one.due))
    parts = [say(W.due, day=now) if was == now else say(W.due_moved, was=was, now=now)]
    if one.late and one.task and one.end:
        figures = {"task": clean(one.task), "day": short_day(one.end, as_of), "days": working_days(one.late)}
        again = say(W.was_late, count=one.was_late) if one.was_late else ""
        parts.append(say(W.late, **figures) + again)
    elif one.was_late:
        parts.append(say(W.in_time, days=working_days(one.was_late)))
    return ("，" if say.lang == "zh" else ", ").join(parts)


def _buffers(view: WhatIf, say: Say) -> list[Line]:
    colon = "：" if say.lang == "zh" else ": "
    lines: list[Line] = heading(say(W.buffers)) if view.buffers else []
    for one in view.buffers:
        lines += _indented(colon.join(_buffer(one, say)), "", say)
    return lines


def _buffer(one: MovedBuffer, say: Say) -> Iterator[str]:
    yield _named(one.id, one.title) if one.id else say(W.project)
    before, after = one.before or Buffer(0, 0), one.after or Buffer(0, 0)
    if before.set == after.set:
        yield say(W.used, was=before.used, now=after.used, whole=working_days(after.set))
    else:
        yield say(W.reset, was=before.set, now=working_days(after.set), used=after.used)
