"""Data → plan. What is wrong is reported and left out, so that the rest can be judged too."""

from typing import Any

from pydantic import ValidationError

from mktexec.findings import Finding, Level
from mktexec.i18n import Text as T
from mktexec.model import SECTIONS, Plan
from mktexec.model.shape import model_at
from mktexec.store import hints
from mktexec.suggest import did_you_mean

OWN_CODES = {
    "bad-day",
    "bad-duration",
    "bad-hours",
    "bad-dependency",
    "bad-amount",
    "bad-count",
    "bad-yes-no",
    "bad-progress",
    "bad-percent",
    "bad-choice",
    "bad-version",
}
FIGURE = T("a figure", "数值")
EXPECTED = {
    "bad-day": T("a day", "日期"),
    "bad-amount": FIGURE,
    "bad-count": FIGURE,
    "bad-percent": FIGURE,
    "bad-progress": FIGURE,
    "string_type": hints.KINDS[str],
    "dict_type": hints.KINDS[dict],
    "model_type": hints.KINDS[dict],
    "model_attributes_type": hints.KINDS[dict],
    "tuple_type": hints.KINDS[list],
}
STAND_INS: dict[str, dict[str, Any]] = {
    "title": {"title": "?"},
    "period": {"period": {"start": "1990-01-01", "end": "2199-12-31"}, "calendar": "weekdays"},
}
SYNONYMS = {
    "title": {"name", "标题", "名称", "任务", "目标", "风险"},
    "owner": {"assignee", "who", "责任人", "负责"},
    "start": {"from", "begin", "开始", "开始时间", "计划开始时间", "启动日期"},
    "end": {
        "to",
        "finish",
        "deadline",
        "截止",
        "截止日期",
        "截止时间",
        "结束",
        "结束日期",
        "结束时间",
        "完成日期",
        "完成时间",
    },
    "due": {"deadline", "截止", "截止日期", "截止时间", "完成日期", "完成时间", "时限"},
    "after": {"depends", "depends_on", "predecessors", "依赖", "前置"},
    "progress": {"done", "percent", "进度", "完成度"},
    "remark": {"note", "notes", "comment", "说明"},
    "note": {"remark", "notes", "comment", "说明"},
    "target": {"goal", "目标"},
}
COMPUTED = {
    "status",
    "health",
    "achievement",
    "状态",
    "完成状态",
    "进度状态",
    "达成率",
    "占比",
    "差异",
    "剩余",
}
IS_COMPUTED = T(
    "it is computed: record actual dates, progress, readings or spending",
    "这一项由程序计算：请填写实际日期、进度、读数或支出",
)
KEY = "[key]"
LONGEST = 60
ROUNDS = 8

Ids = dict[str, frozenset[str]]


def validate(data: dict[str, Any]) -> tuple[Plan | None, list[Finding], Ids]:
    """Return the plan, what is wrong with it, and all ids that are written.

    A path that ends with ``KEY`` means the key before it and not its value.

    A wrong field is left out, an entry without a required one too, and stand-ins take the
    place of facts of the campaign that cannot be read. The plan is None if nothing can be
    built from the rest; it is fit for figures only if nothing was wrong.
    """
    ids = _ids(data)
    found: list[Finding] = []
    for round_ in range(ROUNDS):
        try:
            return Plan.model_validate(data), found, ids
        except ValidationError as errors:
            problems = errors.errors(include_url=False)
        if round_ == 0:  # what is missing later was left out here
            found = [_finding(problem) for problem in problems]
        for problem in problems:
            _leave_out(data, problem)
        data.setdefault("mktexec", "1")
        data.setdefault("campaign", STAND_INS["title"] | STAND_INS["period"])
    return None, found, ids


def _ids(data: dict[str, Any]) -> Ids:
    ids = {name: data.get(name) for name in SECTIONS}
    return {name: frozenset(value) for name, value in ids.items() if isinstance(value, dict)}


def _path(problem: Any) -> tuple[str, ...]:
    return tuple(str(step) for step in problem["loc"] if step != KEY)


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[:LONGEST] + "..."


def _finding(problem: Any) -> Finding:
    path, kind, given = _path(problem), problem["type"], problem.get("input")
    field = path[-1] if path else ""
    if problem["loc"][-1:] == (KEY,):
        path = (*path, KEY)
    if kind == "missing":
        return Finding("missing-field", Level.ERROR, path, {"field": field})
    if kind == "extra_forbidden":
        return _unknown_key(path)
    if kind == "string_pattern_mismatch":
        return Finding("bad-id", Level.ERROR, path, {"value": _short(given)})
    if given is None:
        return Finding("empty-value", Level.ERROR, path, {"field": field})
    if kind in OWN_CODES and isinstance(given, str):
        params = {"value": _short(given), "choices": problem.get("ctx", {}).get("choices", ())}
        return Finding(kind, Level.ERROR, path, params, hint=_choice_hint(kind, given, params))
    expected = EXPECTED.get(kind, hints.KINDS[str])
    params = {"expected": expected, "found": hints.KINDS.get(type(given), hints.KINDS[str])}
    if isinstance(given, str):
        hint = hints.for_dated(field, given) or hints.for_value("wrong-type", given)
    else:
        hint = hints.for_collection(field, given) if expected == hints.KINDS[str] else None
    return Finding("wrong-type", Level.ERROR, path, params, hint=hint)


def _choice_hint(code: str, given: str, params: dict[str, Any]) -> T | None:
    if code != "bad-choice":
        return hints.for_value(code, given)
    words = [word.strip("()") for choice in params["choices"] for word in choice.split(" ")]
    return did_you_mean(given, words)


def _unknown_key(path: tuple[str, ...]) -> Finding:
    model = model_at(path[:-1])
    fields = list(model.model_fields) if model else []
    where = T("the plan", "计划") if len(path) == 1 else T(".".join(path[:-1]), ".".join(path[:-1]))
    key = path[-1]
    hint = IS_COMPUTED if key in COMPUTED else hints.for_key(key)
    hint = hint or did_you_mean(key, fields) or _translated(key, model)
    return Finding("unknown-key", Level.ERROR, (*path, KEY), {"key": path[-1], "where": where}, hint=hint)


def _translated(key: str, model: Any) -> T | None:
    """Return the field meant by a key in Chinese, as descriptions know it, or by another word for it."""
    for name, field in (model.model_fields if model else {}).items():
        extra = field.json_schema_extra
        told = str(extra["description_zh"]) if isinstance(extra, dict) else ""
        if key in SYNONYMS.get(name, ()) or (len(key) > 1 and key in told):
            return T(f"did you mean {name}?", f"是不是 {name}？")
    return None


def _leave_out(data: dict[str, Any], problem: Any) -> None:
    """Remove what is wrong, or the entry that lacks something."""
    path = _path(problem)
    if problem["type"] == "missing":
        path, field = path[:-1], path[-1]
        if path == ("campaign",):
            data["campaign"].update(STAND_INS[field])
            return
    here: Any = data
    holder, last = data, ""
    for step in path:
        if not isinstance(here, dict):
            break
        if step not in here:  # it stood in two places by an alias, and is left out already
            return
        holder, last = here, step
        here = here[step]
    if last:
        holder.pop(last, None)
