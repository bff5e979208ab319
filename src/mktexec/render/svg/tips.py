"""What a reader is told who points at a row of a chart."""

from collections.abc import Iterator

from mktexec.i18n import Lang, percent
from mktexec.i18n import Text as T
from mktexec.render.svg.drawing import plain
from mktexec.views.gantt import GanttGroup, GanttRow, Span


class _Words:
    """The words of tooltips."""

    owner = T("Owner: {name}", "负责人：{name}")
    placed = T("{name} ({department})", "{name}（{department}）")
    planned = T("Planned {first} → {last}", "计划 {first} → {last}")
    actual = T("Actual {first} → {last}", "实际 {first} → {last}")
    forecast = T("Forecast {first} → {last}", "预计 {first} → {last}")
    progress = T("Progress {share}", "进度 {share}")
    health = T("Status: {health}", "状态：{health}")
    critical = T("On the critical path", "位于关键路径")
    times = T("Occurrences: {count}", "共 {count} 次")


W = _Words


def task_tip(row: GanttRow, lang: Lang) -> str:
    """Return what is known of a task, a line each."""
    return "\n".join(_task(row, lang))


def group_tip(group: GanttGroup, lang: Lang) -> str:
    """Return the summary of a group, a line each."""
    lines = [plain(group.title)]
    if group.progress is not None:
        lines.append(W.progress.say(lang, {"share": percent(group.progress)}))
    if group.end:
        start = group.start or group.end
        lines.append(_days(W.planned, (start, group.end), lang))
        if group.forecast_end and group.forecast_end > group.end:
            lines.append(_days(W.forecast, (start, group.forecast_end), lang))
    return "\n".join(lines)


def _task(row: GanttRow, lang: Lang) -> Iterator[str]:
    yield f"{plain(row.id)}  {plain(row.title)}"
    if row.owner:
        name, department = plain(row.owner), plain(row.department)
        whole = W.placed.say(lang, {"name": name, "department": department}) if department else name
        yield W.owner.say(lang, {"name": whole})
    for text, span in ((W.planned, row.planned), (W.actual, row.actual)):
        if span:
            yield _days(text, span, lang)
    if not row.done and not row.cancelled and row.forecast != row.planned:
        yield _days(W.forecast, row.forecast, lang)
    if row.occurrences:
        yield W.times.say(lang, {"count": len(row.occurrences)})
    if row.progress is not None:
        yield W.progress.say(lang, {"share": percent(row.progress)})
    yield W.health.say(lang, {"health": row.health.label})
    if row.critical:
        yield W.critical.say(lang)


def _days(text: T, span: Span, lang: Lang) -> str:
    return text.say(lang, {"first": span[0], "last": span[1]})
