"""The JSON Schema of a plan, made from the models."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from mktexec.dates import ID
from mktexec.i18n import Lang
from mktexec.model.fields import DAY_PATTERN, DAY_SCHEMA
from mktexec.model.plan import Plan

DRAFT = "https://json-schema.org/draft/2020-12/schema"
OWN_KEYS = "^x-"
ID_KEYS = f"^(?!x-){ID}$"


class _Generator(GenerateJsonSchema):
    """Leaves defaults out and names the keys of maps by pattern."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the inner schema: what a field falls back to is no business of an editor."""
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Return a map whose keys are ids or days, or the user's own."""
        key = self.generate_inner(schema["keys_schema"])
        value = self.generate_inner(schema["values_schema"])
        made: JsonSchemaValue = {"type": "object", "patternProperties": {OWN_KEYS: {}}}
        if "type" in key and "format" not in key:  # any text
            return made | {"additionalProperties": value}
        made["additionalProperties"] = False
        if key.get("format") != "date":
            made["patternProperties"][ID_KEYS] = value
            return made
        made["patternProperties"][DAY_PATTERN] = value
        return made | {"propertyNames": {"anyOf": [{"pattern": OWN_KEYS}, DAY_SCHEMA]}}


def json_schema(lang: Lang) -> dict[str, Any]:
    """Return the schema with descriptions in ``lang``; it accepts what the reader accepts."""
    schema = Plan.model_json_schema(schema_generator=_Generator)
    for part in (schema, *schema.get("$defs", {}).values()):
        if "properties" in part:
            _finish(part, lang)
    return {"$schema": DRAFT, **schema}


def _finish(part: dict[str, Any], lang: Lang) -> None:
    """Allow the user's own keys; describe in the language."""
    part.pop("description", None)
    part["patternProperties"] = {OWN_KEYS: {}}
    for name, field in part["properties"].items():
        zh = field.pop("description_zh", "")
        about = zh if lang == "zh" else field["description"]
        kept = {key: value for key, value in field.items() if key not in ("title", "description")}
        part["properties"][name] = {"description": about, **_flat(kept)}


def _flat(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with alternatives inside alternatives lifted out."""
    return {"anyOf": _choices(schema)} if set(schema) == {"anyOf"} else schema


def _choices(schema: dict[str, Any]) -> list[dict[str, Any]]:
    if set(schema) != {"anyOf"}:
        return [schema]
    return [choice for one in schema["anyOf"] for choice in _choices(one)]
