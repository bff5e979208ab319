"""``mktexec schema``: the JSON Schema of a plan, for editors."""

from mktexec.commands.options import Output, ScreenLang
from mktexec.commands.output import emit_text
from mktexec.host import ui_language
from mktexec.i18n import Text as T

HELP = T(
    "Write the plan's JSON Schema, for completion and checks in editors.",
    "输出计划的 JSON Schema，供编辑器补全与校验。",
)
EXAMPLES = ("mktexec schema -o plan.schema.json", "mktexec schema --lang zh")


def run(output: Output = None, lang: ScreenLang = None) -> None:
    """Write the schema."""
    from mktexec.model.schema import json_schema
    from mktexec.render.json import dumps

    emit_text(dumps(json_schema(ui_language(lang))), output)
