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
KINDS: dict[type, T] = {
    str: T("text", "文字"),
    dict: T("a map", "映射"),
    list: T("a list", "列表"),
    tuple: T("a list", "列表"),
    type(None): T("nothing", "空值"),
}
EXPECTED = {
    "string_type": KINDS[str],
    "dict_type": KINDS[dict],
    "model_type": KINDS[dict],
    "model_attributes_type": KINDS[dict],
    "tuple_type": KINDS[list],
}
STAND_IN = {"title": "?", "calendar": "weekdays", "period": {"start": "1990-01-01", "end": "2199-12-31"}}
LONGEST = 60
ROUNDS = 8

Ids = dict[str, frozenset[str]]


def validate(data: dict[str, Any]) -> tuple[Plan | None, list[Finding], Ids]:
    """Return the plan, what is wrong with it, and all ids that are written.

    A wrong field is left out, an entry without a required one too, and a stand-in takes the
    place of facts of the campaign that cannot be read. The plan is None if nothing can be
    built from the rest; it is fit for figures only if nothing was wrong.
    """
    ids = _ids(data)
    found: list[Finding] = []
    for _ in range(ROUNDS):
        try:
            return Plan.model_validate(data), found, ids
        except ValidationError as errors:
            problems = errors.errors(include_url=False)
        new = [_finding(problem) for problem in problems]
        seen = {one.path for one in found}
        found += [one for one in new if not any(one.path[:n] in seen for n in range(1, len(one.path) + 1))]
        for problem in problems:
            _leave_out(data, problem)
        data.setdefault("mktexec", "1")
        data.setdefault("campaign", dict(STAND_IN))
    return None, found, ids


def _ids(data: dict[str, Any]) -> Ids:
    ids = {name: data.get(name) for name in SECTIONS}
    return {name: frozenset(value) for name, value in ids.items() if isinstance(value, dict)}


def _path(problem: Any) -> tuple[str, ...]:
    return tuple(str(step) for step in problem["loc"] if step != "[key]")


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[:LONGEST] + "..."


def _finding(problem: Any) -> Finding:
    path, kind, given = _path(problem), problem["type"], problem.get("input")
    field = path[-1] if path else ""
    if kind == "missing":
        return Finding("missing-field", Level.ERROR, path, {"field": field})
    if kind == "extra_forbidden":
        return _unknown_key(path)
    if kind == "string_pattern_mismatch":
        return Finding("bad-id", Level.ERROR, path, {"value": _short(given)})
    if given is None:
        return Finding("empty-value", Level.ERROR, path, {"field": field}, hint=_empty_hint(path))
    if kind in OWN_CODES and isinstance(given, str):
        params = {"value": _short(given), "choices": problem.get("ctx", {}).get("choices", ())}
        return Finding(kind, Level.ERROR, path, params, hint=_choice_hint(kind, given, params))
    expected = EXPECTED.get(kind, KINDS[str])
    params = {"expected": expected, "found": KINDS.get(type(given), KINDS[str])}
    hint = hints.for_value("wrong-type", given) if isinstance(given, str) else None
    return Finding("wrong-type", Level.ERROR, path, params, hint=hint)


def _choice_hint(code: str, given: str, params: dict[str, Any]) -> T | None:
    if code != "bad-choice":
        return hints.for_value(code, given)
    words = [word.strip("()") for choice in params["choices"] for word in choice.split(" ")]
    return did_you_mean(given, words)


def _empty_hint(path: tuple[str, ...]) -> T | None:
    return hints.HASH if path and path[-1] == "title" else None


def _unknown_key(path: tuple[str, ...]) -> Finding:
    model = model_at(path[:-1])
    fields = list(model.model_fields) if model else []
    where = T("the plan", "计划") if len(path) == 1 else T(".".join(path[:-1]), ".".join(path[:-1]))
    hint = did_you_mean(path[-1], fields) or _translated(path[-1], model)
    return Finding("unknown-key", Level.ERROR, path, {"key": path[-1], "where": where}, hint=hint)


def _translated(key: str, model: Any) -> T | None:
    """Return the English key for one written in Chinese, as descriptions know it."""
    for name, field in (model.model_fields if model else {}).items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and key in str(extra["description_zh"]):
            return T(f"did you mean {name}?", f"是不是 {name}?")
    return None


def _leave_out(data: dict[str, Any], problem: Any) -> None:
    """Remove what is wrong, or the entry that lacks something."""
    path = _path(problem)
    if problem["type"] == "missing":
        path = path[:-1]
    here: Any = data
    holder, last = data, ""
    for step in path:
        if not isinstance(here, dict) or step not in here:
            break
        holder, last = here, step
        here = here[step]
    if last:
        holder.pop(last, None)
