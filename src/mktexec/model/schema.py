"""The JSON Schema of a plan, made from the models."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from mktexec.i18n import Lang
from mktexec.model.fields import DAY_PATTERN, ID
from mktexec.model.plan import Plan

DRAFT = "https://json-schema.org/draft/2020-12/schema"
OWN_KEYS = "^x-"


class _Generator(GenerateJsonSchema):
    """Leaves defaults out and names the keys of maps by pattern."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the inner schema: what a field falls back to is no business of an editor."""
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Return a map whose keys are ids or days, or the user's own."""
        key = self.generate_inner(schema["keys_schema"])
        kind = DAY_PATTERN if key.get("format") == "date" else f"^{ID}$" if "anyOf" in key else "."
        value = self.generate_inner(schema["values_schema"])
        patterns = {OWN_KEYS: {}, kind: value} if kind != "." else {kind: value}
        return {"type": "object", "patternProperties": patterns, "additionalProperties": False}


def json_schema(lang: Lang) -> dict[str, Any]:
    """Return the schema with descriptions in ``lang``; it accepts what the reader accepts."""
    schema = Plan.model_json_schema(schema_generator=_Generator)
    for part in (schema, *schema.get("$defs", {}).values()):
        if "properties" in part:
            _finish(part, lang)
    return {"$schema": DRAFT, **schema}


def _finish(part: dict[str, Any], lang: Lang) -> None:
    """Allow own keys and empty optional values; describe in the language."""
    part.pop("description", None)
    part["patternProperties"] = {OWN_KEYS: {}}
    required = part.get("required", [])
    for name, field in part["properties"].items():
        zh = field.pop("description_zh", None)
        about = zh if zh and lang == "zh" else field.get("description", "")
        kept = {key: value for key, value in field.items() if key not in ("title", "description")}
        if name not in required:
            choices = _choices(kept)
            kept = {"anyOf": [one for one in choices if one != {"type": "null"}] + [{"type": "null"}]}
        part["properties"][name] = {"description": about, **kept}


def _choices(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the alternatives of a schema, nested ones flattened."""
    if set(schema) != {"anyOf"}:
        return [schema]
    return [choice for one in schema["anyOf"] for choice in _choices(one)]
