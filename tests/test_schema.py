"""The JSON Schema accepts what the reader accepts and refuses what it refuses, field by field."""

import functools
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, SequenceNode

from mktexec.i18n import LANGS
from mktexec.model import Plan
from mktexec.model.campaign import Campaign
from mktexec.model.fields import Entry
from mktexec.model.schema import json_schema
from mktexec.model.shape import model_at
from mktexec.model.uses import anchored
from mktexec.store.read import read_text
from mktexec.store.validate import validate

HERE = Path(__file__).parent
EXAMPLE = HERE.parent / "plans" / "examples" / "q3-2024-launch" / "plan.yaml"
FULL = HERE / "plans" / "full.yaml"
CJK = re.compile("[\u4e00-\u9fff]")
PERIOD = {"start": "2024-07-01", "end": "2024-09-30"}

Path_ = tuple[str, ...]

# What a field may be given, right or wrong, as it is written in a plan.
FRAGMENTS = (
    *(
        "a",
        "''",
        '"a\\nb"',
        "~",
        "null",
        "true",
        "True",
        "TRUE",
        "yes",
        "no",
        "是",
        "待定",
        "2024",
        "a b",
        "a.b",
    ),
    *(
        "0",
        "1",
        "5",
        "-5",
        "'5'",
        "1.5",
        "'1.5'",
        "100",
        "'100'",
        "100.5",
        "101",
        "35%",
        "120%",
        "12.5%",
        "1,234",
    ),
    *("420万", "'１２'", "1_000", "999999999999999", "1000000000000000", "-1000000000000000", "0.125"),
    *("18/20", "20/20", "0/20", "0/0", "1/0", "1/2000000", "1000000000", "999999999", "'1000000000'"),
    *("2024-07-15", "2024-02-29", "2023-02-29", "2024-02-30", "2024-13-01", "2024-7-5", "2024/7/15"),
    *("1989-12-31", "1990-01-01", "2199-12-31", "2200-01-01", "2024-W07-1", "20240715", "2024-07-15T00:00"),
    *("launch", "launch - 3d", "launch + 2w", "launch -3d", "launch - 3", "7月底", "首发 + 1cd", "'- 3d'"),
    *("5d", "0d", "2w", "3cd", "5天", "12345d", "'５d'", "48h", "2h", "12345h", "5 d", "-5d", "1.5d"),
    *("T002", "T002 +2d", "T002 SS", "T002 SS -1cd", "T002 XX", "T002+2d", "T002 + 2d", "'T002 '", "-T002"),
    *(
        "weekly",
        "off",
        "escalate",
        "tasks-on-time",
        "每周",
        "Weekly",
        "launch",
        "新品上市",
        "higher",
        "越高越好",
        "approved",
        "已通过",
        "高",
        "high",
    ),
    *(
        "outcome",
        "sum",
        "level",
        "company",
        "阶段",
        "both",
        "small",
        "keep",
        "working",
        "promotion",
        "people",
    ),
    *(
        "{}",
        "[]",
        "[a]",
        "[a, b]",
        "[5, true]",
        "[~]",
        "[[a]]",
        "[{}]",
        "[2024-07-15]",
        "[2024-02-30]",
        "[T1]",
    ),
    *("{a: b}", "{title: a}", "{title: ~}", "{x-a: [1]}", "[{title: a}]", "[{action: a}]", "{action: a}"),
    *("{2024-07-15: 5}", "{2024-07-15: a}", "{2024-07-15: ~}", "{2024-07-15: [a]}", "{2024-07-15: {}}"),
    *("{start: 2024-07-01, end: 2024-07-31}", "{title: a, period: {start: 2024-07-01, end: 2024-07-31}}"),
    *("{2024-02-30: 5}", "{a: 5}", "{a: true}", "{a: '5'}", "{'': 5}", "{a: {title: a}}", "{a: 2024-07-15}"),
)
KEYS = (
    *(
        "T1",
        "任务一",
        "1",
        "a_b-c",
        "a" * 64,
        "a" * 65,
        "",
        " ",
        "T 1",
        "a.b",
        "-a",
        "_a",
        "a:b",
        "x-own",
        "x-",
    ),
    *("x", "T1！", "é", "2024-07-15", "2024-02-29", "2024-02-30", "2024-7-5", "1989-12-31", "2200-01-01"),
)

# Where the two must differ, because YAML has typed the value before a schema sees it, or because a
# schema cannot compare: (field, as written, reader accepts, schema accepts).
GAPS = (
    ("tasks.T.progress", "20/18", False, True),  # a schema cannot compare the two numbers
    ("tasks.T.progress", "007", False, True),  # leading zeros are gone
    ("tasks.T.progress", "33.3333333333333", False, True),  # so is the number of decimals
    ("kpis.K.target", "0.1234567890123", False, True),
    ("kpis.K.target", "+5", False, True),  # signs
    ("kpis.K.target", ".5", False, True),  # bare points
    ("kpis.K.target", "5.", False, True),
    ("kpis.K.target", "1e3", False, True),  # exponents
    ("kpis.K.target", "0x1F", False, True),  # hexadecimal and octal numbers
    ("kpis.K.target", "0o17", False, True),
    ("kpis.K.target", "0000000000000007", False, True),
    ("thresholds.remind", "5.0", False, True),  # whole numbers with a point
    ("thresholds.remind", "-0", False, True),
    ("tasks.T.owner", "5.0", False, True),  # ids that look like numbers
    ("tasks.T.owner", "+5", False, True),
    ("tasks.T.owner", "1e-5", True, False),
    ("tasks.T.owner", "1" * 65, False, True),
    ("tasks.T.start", "true", True, False),  # a day named true; no plan has one
    ("mktexec", "1.0", False, True),
    ("mktexec", "0x1", False, True),
)


@functools.cache
def core(text: str) -> Any:
    """Return YAML as its 1.2 core schema types it: numbers, yes and no, null; days stay text."""
    return _typed(YAML(typ="safe", pure=True).compose(text))


def _typed(node: Any) -> Any:
    if isinstance(node, MappingNode):
        return {key.value: _typed(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_typed(one) for one in node.value]
    return node.value if node.style else _plain(node.value)


def _plain(text: str) -> Any:
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"0o[0-7]+|0x[0-9a-fA-F]+", text):
        return int(text, 0)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return text


@functools.cache
def raw(text: str) -> Any:
    """Return YAML as the project's reader gives it to the model: every scalar is text."""
    part = read_text(f"value: {text}\n", "fragment")
    assert part.faults == [], text
    return part.data["value"]


SCHEMA = json_schema("en")
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def reader_accepts(data: dict[str, Any]) -> bool:
    """Return the verdict on data whose scalars are all text; JSON is YAML."""
    part = read_text(json.dumps(data, ensure_ascii=False), "plan.yaml")
    return part.faults == [] and validate(part.data)[1] == []


def schema_accepts(data: Any) -> bool:
    return VALIDATOR.is_valid(data)


def models() -> set[type[Entry]]:
    """Return every model of a plan."""
    found: set[type[Entry]] = set()
    waiting: list[type[Entry]] = [Plan]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.add(model)
            waiting += [one for field in model.model_fields.values() for one in _inside(field.annotation)]
    return found


def _inside(annotation: Any) -> list[type[Entry]]:
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        return [annotation]
    return [one for part in getattr(annotation, "__args__", ()) for one in _inside(part)]


@functools.cache
def homes() -> dict[tuple[type[Entry], str], Path_]:
    """Return, for every field of every model, where the full plan has it."""
    found: dict[tuple[type[Entry], str], Path_] = {}
    waiting: list[tuple[Path_, Any]] = [((), text_of(FULL))]
    while waiting:
        path, value = waiting.pop(0)
        children = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        model = model_at(path) if isinstance(value, dict) else None
        for key, child in children:
            if model is not None and key in model.model_fields:
                found.setdefault((model, key), (*path, key))
            waiting.append(((*path, str(key)), child))
    return found


@functools.cache
def text_of(path: Path) -> Any:
    return YAML(typ="base").load(path.read_text(encoding="utf-8"))


def lean(path: Path_, value: Any) -> dict[str, Any]:
    """Return the smallest plan that has ``value`` at ``path``: nothing else but what is required."""
    model, step = model_at(path[:-1]), path[-1]
    if model is None:
        outer: Any = [value] if step == "0" else {step: value}
    else:
        outer = {name: _needed(model, name) for name, one in model.model_fields.items() if one.is_required()}
        outer[step] = value
    return lean(path[:-1], outer) if len(path) > 1 else outer


def _needed(model: type[Entry], name: str) -> Any:
    known: dict[str, Any] = {"mktexec": "1", "period": PERIOD, "campaign": {"title": "a", "period": PERIOD}}
    days: dict[str, Any] = {"start": "2024-07-01", "end": "2024-09-30", "date": "2024-07-15"}
    figures: dict[str, Any] = {"amount": "5", "value": "5", "planned": "5"}
    if name == "target" and model.__name__ == "Kpi":
        return "5"
    return (known | days | figures).get(name, "a")


def _at(tree: Any, path: Path_) -> Any:
    for step in path:
        tree = tree[int(step)] if isinstance(tree, list) else tree[step]
    return tree


def _by_type(fields: list[Any]) -> list[Any]:
    """Return the fields as test cases; only the first of each type is not slow, the others are alike."""
    seen, cases = set(), []
    for (model, name), path in fields:
        field = model.model_fields[name]
        written = SCHEMA["$defs"].get(model.__name__, SCHEMA)["properties"][name]
        alike = repr((field.annotation, field.metadata, field.is_required(), written | {"description": ""}))
        marks = [pytest.mark.slow] if alike in seen else []
        cases.append(pytest.param((model, name), path, id=f"{model.__name__}.{name}", marks=marks))
        seen.add(alike)
    return cases


FIELDS = sorted(homes().items(), key=lambda item: ".".join(item[1]))
TYPES = _by_type(FIELDS)
REQUIRED = [(home, path) for home, path in FIELDS if home[0].model_fields[home[1]].is_required()]
MAPS = [path for _, path in FIELDS if isinstance(_at(text_of(FULL), path), dict) and model_at(path) is None]
RELATIVE_DAYS = {
    *((model, name) for (model, name), _ in FIELDS if name in anchored(model)),
    (Campaign, "milestones"),
}
TYPED = [
    *(
        ("tasks", "T", name)
        for name in ("start", "duration", "progress", "response_time", "after", "not_before")
    ),
    *(("kpis", "K", "target"), ("thresholds", "remind"), ("thresholds", "behind"), ("campaign", "days_off")),
]
LOOKALIKE = (  # texts near the limits of days, amounts and percentages
    r"(199|20|21|22)[0-9]{1,2}-[01][0-9]-[0-3][0-9]"
    r"|-?[0-9]{14,16}(\.[0-9]{1,13})?"
    r"|[0-9]{1,3}(\.[0-9]{1,13})?%?"
)


def test_schema_is_a_valid_schema_in_both_languages():
    for lang in LANGS:
        schema = json_schema(lang)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert validator_for(schema) is Draft202012Validator
        Draft202012Validator.check_schema(schema)


def test_schema_accepts_the_same_in_both_languages():
    def bare(schema):
        if isinstance(schema, dict):
            return {
                key: bare(value)
                for key, value in schema.items()
                if not isinstance(value, str) or key != "description"
            }
        return [bare(one) for one in schema] if isinstance(schema, list) else schema

    assert bare(json_schema("en")) == bare(json_schema("zh"))
    assert json_schema("en") != json_schema("zh")


@pytest.mark.parametrize("lang", LANGS)
def test_every_property_is_described(lang):
    schema = json_schema(lang)
    parts = {"Plan": schema, **schema["$defs"]}
    described = {
        f"{name}.{field}": one["description"]
        for name, part in parts.items()
        for field, one in part.get("properties", {}).items()
    }
    assert len(described) == sum(len(model.model_fields) for model in models())
    assert [name for name, text in described.items() if not text.strip()] == []
    if lang == "zh":
        assert [name for name, text in described.items() if not CJK.search(text)] == []
    else:
        assert [name for name, text in described.items() if CJK.search(text)] == []


def test_command_writes_the_schema(run):
    assert json.loads(run("schema", "--lang", "zh").out) == json_schema("zh")


def test_full_plan_uses_every_field_of_every_model():
    wanted = {(model, name) for model in models() for name in model.model_fields}
    wanted.remove((Campaign, "calendar_file"))  # names a file that copies of the plan would lack
    assert {f"{model.__name__}.{name}" for model, name in wanted - set(homes())} == set()
    assert len(wanted) > 200


def test_full_plan_is_sound(run):
    result = run("check", FULL, "--fail-on", "warn")
    assert (result.code, ": error" in result.out) == (0, False)


@pytest.mark.parametrize("path", [EXAMPLE, FULL], ids=["example", "full"])
def test_schema_accepts_whole_plans(path):
    errors = VALIDATOR.iter_errors(core(path.read_text(encoding="utf-8")))
    assert [error.json_path for error in errors] == []


@pytest.mark.parametrize(("home", "path"), TYPES)
def test_field_takes_the_same_values(home, path):
    accepted = []
    for written in FRAGMENTS:
        if home in RELATIVE_DAYS and "true" in written.lower():
            continue  # in GAPS
        reader, schema = reader_accepts(lean(path, raw(written))), schema_accepts(lean(path, core(written)))
        assert reader is schema, (written, f"reader {reader}", f"schema {schema}")
        accepted.append(reader)
    assert True in accepted
    assert False in accepted


@pytest.mark.parametrize("path", MAPS, ids=".".join)
def test_map_takes_the_same_keys(path):
    value = next(iter(_at(text_of(FULL), path).values()))
    verdicts = {
        key: (reader_accepts(plan), schema_accepts(plan))
        for key in KEYS
        if (plan := lean((*path, key), value))
    }
    assert [key for key, (reader, schema) in verdicts.items() if reader is not schema] == []
    assert {reader for reader, _ in verdicts.values()} == (
        {True} if path[-1] in ("scores", "notify") else {True, False}
    )


@pytest.mark.parametrize(("home", "path"), REQUIRED, ids=[f"{h[0].__name__}.{h[1]}" for h, _ in REQUIRED])
def test_required_field_is_missed_by_both(home, path):
    plan = lean(path, "a")
    assert _at(plan, path[:-1]).pop(path[-1]) == "a"
    assert (reader_accepts(plan), schema_accepts(plan)) == (False, False), home


@pytest.mark.parametrize(
    "model", sorted(models(), key=lambda model: model.__name__), ids=lambda m: m.__name__
)
def test_unknown_key_is_refused_and_an_own_key_kept_by_both(model):
    path = next(path for (owner, _), path in FIELDS if owner is model)
    value = _at(text_of(FULL), path)
    for key, wanted in (("titel", False), ("负责", False), ("X-own", False), ("x-own", True)):
        plan = lean(path, value)
        _at(plan, path[:-1])[key] = {"any": ["thing"]}
        assert (reader_accepts(plan), schema_accepts(plan)) == (wanted, wanted), key


@pytest.mark.parametrize(("path", "written", "reader", "schema"), GAPS)
def test_known_gap_is_still_one(path, written, reader, schema):
    steps = tuple(path.split("."))
    found = reader_accepts(lean(steps, raw(written))), schema_accepts(lean(steps, core(written)))
    assert found == (reader, schema)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.sampled_from(TYPED),
    st.text("0123456789012345678920240715-./+ %dwchTFS首１", max_size=14)
    | st.from_regex(LOOKALIKE, fullmatch=True),
)
def test_quoted_text_is_taken_alike(path, text):
    """Quoted, so that YAML types nothing: no gaps but counts with too many done."""
    count = re.fullmatch("([0-9]+)/([0-9]+)", text)
    if count and int(count[1]) > int(count[2]):
        return
    plan = lean(path, text)
    assert reader_accepts(plan) is schema_accepts(plan)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=66))
def test_any_text_is_alike_an_id_or_none(text):
    for plan in (lean(("tasks", "T", "owner"), text), lean(("risks", text, "title"), "a")):
        assert reader_accepts(plan) is schema_accepts(plan)
