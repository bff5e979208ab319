"""Field types of a plan: every scalar arrives as text and is typed here.

pydantic's own types are too liberal for a plan: they take ``1720051200`` as a day,
``1_000`` as a number and ``1e400000`` as an amount.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from mktexec import dates

DAY_PATTERN = r"^(199[0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
AMOUNT = r"-?[0-9]{1,15}(\.[0-9]{1,12})?"
PERCENT = r"(100(\.0{1,12})?|[0-9]{1,2}(\.[0-9]{1,12})?)%?"
PROGRESS = r"(0(\.0{1,12})?|100(\.0{1,12})?|[1-9][0-9]?(\.[0-9]{1,12})?)%?"  # 0.6 was meant as 60 %
YES = {"true", "True", "TRUE", "yes", "是"}
NO = {"false", "False", "FALSE", "no", "否"}
TEXT_SCHEMA: dict[str, Any] = {"type": ["string", "number", "boolean"]}
DAY_SCHEMA: dict[str, Any] = {"type": "string", "format": "date", "pattern": DAY_PATTERN}
AMOUNT_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "number", "exclusiveMinimum": -(10**15), "exclusiveMaximum": 10**15},
        {"type": "string", "pattern": f"^{AMOUNT}$"},
    ]
}


def fault(code: str, value: object) -> PydanticCustomError:
    """Return the error that carries one of our own finding codes."""
    text = value if isinstance(value, str) else type(value).__name__
    return PydanticCustomError(code, "{value}", {"value": text})


def typed(parse: Callable[[str], Any], code: str, schema: dict[str, Any]) -> tuple[Any, Any]:
    """Return the annotations of a type read from text: ``parse`` gives None if it is none."""

    def validate(value: object) -> Any:
        result = parse(value) if type(value) is str else None
        if result is None:
            raise fault(code, value)
        return result

    return PlainValidator(validate), WithJsonSchema(schema)


@lru_cache(maxsize=65536)
def _amount(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(AMOUNT, text) else None


def _count(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _yes_no(text: str) -> bool | None:
    return True if text in YES else False if text in NO else None


@lru_cache(maxsize=4096)
def _progress(text: str) -> float | None:
    if re.fullmatch(PROGRESS, text):
        return float(text.rstrip("%")) / 100
    count = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
    if count and 0 < int(count[2]) >= int(count[1]):
        return int(count[1]) / int(count[2])
    return None


def _percent(text: str) -> Decimal | None:
    return Decimal(text.rstrip("%")) / 100 if re.fullmatch(PERCENT, text) else None


def _when(text: str) -> date | dates.RelativeDay | None:
    return dates.parse_day(text) or dates.parse_relative(text)


def _hours(text: str) -> int | None:
    found = re.fullmatch(r"([0-9]{1,4})(h|d)", text)
    return int(found[1]) * (24 if found[2] == "d" else 1) if found else None


percent_schema = {
    "anyOf": [
        {"type": "number", "minimum": 0, "maximum": 100},
        {"type": "string", "pattern": f"^{PERCENT}$"},
    ]
}
COUNTED = {"type": "string", "pattern": "^[0-9]{1,6}/(?!0+$)[0-9]{1,6}$"}
progress_schema = {
    "anyOf": [
        {"enum": [0]},
        {"type": "number", "minimum": 1, "maximum": 100},
        {"type": "string", "pattern": f"^{PROGRESS}$"},
        COUNTED,
    ]
}
count_schema = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": 10**9 - 1},
        {"type": "string", "pattern": "^[0-9]{1,9}$"},
    ]
}
yes_no_schema = {"anyOf": [{"type": "boolean"}, {"enum": sorted(YES | NO)}]}
when_schema = {
    "anyOf": [
        DAY_SCHEMA,
        {"type": "string", "pattern": rf"^({dates.RELATIVE}|{dates.ANCHOR_ONLY})$"},
    ]
}
bare_schema: list[dict[str, Any]] = [  # an id that YAML takes for a number or for yes or no
    {"type": "integer", "minimum": 0},
    {"type": "boolean"},
]
link_schema = {"anyOf": [{"type": "string", "pattern": f"^{dates.LINK}$"}, *bare_schema]}


class Anchored:
    """Marks a day that may be relative, ``launch - 10d``; it is a day once the plan is loaded."""


ANCHORED = Anchored()
Line = Annotated[str, WithJsonSchema(TEXT_SCHEMA)]
Id = Annotated[
    str,
    StringConstraints(pattern=f"^{dates.ID}$"),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": f"^{dates.ID}$"}, *bare_schema]}),
]
Day = Annotated[date, *typed(dates.parse_day, "bad-day", DAY_SCHEMA)]
When = Annotated[date, *typed(_when, "bad-day", when_schema), ANCHORED]
Length = Annotated[
    dates.Duration,
    *typed(dates.parse_duration, "bad-duration", {"type": "string", "pattern": f"^{dates.DURATION}$"}),
]
Hours = Annotated[int, *typed(_hours, "bad-hours", {"type": "string", "pattern": "^[0-9]{1,4}[hd]$"})]
Link = Annotated[dates.Dependency, *typed(dates.parse_dependency, "bad-dependency", link_schema)]
Amount = Annotated[Decimal, *typed(_amount, "bad-amount", AMOUNT_SCHEMA)]
Count = Annotated[int, *typed(_count, "bad-count", count_schema)]
YesNo = Annotated[bool, *typed(_yes_no, "bad-yes-no", yes_no_schema)]
Progress = Annotated[float, *typed(_progress, "bad-progress", progress_schema)]
Percent = Annotated[Decimal, *typed(_percent, "bad-percent", percent_schema)]


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field whose ids must exist in one of the named sections."""

    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accepts:
    """Marks a field that also takes a short form, turned into the full one first."""

    convert: Callable[[Any], Any]
    schema: tuple[tuple[str, Any], ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Put ``convert`` before the field's own validation."""
        return core_schema.no_info_before_validator_function(self.convert, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Any:
        """Allow the short form beside the full one."""
        return {"anyOf": [dict(self.schema), handler(core)]}


def _empty_map(value: Any) -> Any:
    return {} if value is None else value


class Several:
    """Marks a list for which a single value, or nothing, may stand."""

    @staticmethod
    def convert(value: Any) -> Any:
        """Return a single value or nothing as the list it stands for."""
        if value is None:
            return ()
        return tuple(value) if isinstance(value, list) else (value,)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Put ``convert`` before the list's own validation."""
        return core_schema.no_info_before_validator_function(self.convert, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Any:
        """Allow one of the list's items, or nothing, beside the list."""
        full = handler(core)
        return {"anyOf": [full["items"], {"type": "null"}, full]}


def short_for(key: str, schema: dict[str, Any]) -> Accepts:
    """Return the mark of an entry whose single scalar stands for its field ``key``."""

    def convert(value: Any) -> Any:
        return {key: value} if type(value) is str else value

    return Accepts(convert, tuple(schema.items()))


EMPTY = Accepts(_empty_map, (("type", "null"),))
Lines = Annotated[tuple[Line, ...], Several()]
Person = Annotated[Id, Ref(("people",))]
Links = Annotated[tuple[Link, ...], Several()]
Days = Annotated[tuple[Day, ...], Several()]
Amounts = Annotated[dict[Day, Amount], EMPTY]


class Entry(BaseModel):
    """Base of every part of a plan: frozen, strict, no unknown keys."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)


def about(en: str, zh: str, default: Any = None, **options: Any) -> Any:
    """Return a field with its description in both languages (None: optional, no default)."""
    return Field(default, description=en, json_schema_extra={"description_zh": zh}, **options)


def required(en: str, zh: str) -> Any:
    """Return a required field with its description in both languages."""
    return Field(description=en, json_schema_extra={"description_zh": zh})
