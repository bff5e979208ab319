"""The templates of charts, filled with shapes."""

from typing import Any

from mktexec.i18n import Lang
from mktexec.render.scaffold import templates
from mktexec.render.svg.drawing import near


def page(name: str, lang: Lang, **values: Any) -> str:
    """Return the template called ``name`` filled with ``values``; plan text in them is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(templates() / "documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_written,
    )
    return environment.get_template(name).render(lang="zh-CN" if lang == "zh" else "en", **values)


def _written(value: Any) -> Any:
    """Return a number as SVG has it, without the decimals that a whole one does not need."""
    return f"{near(value):g}" if isinstance(value, float) else value
