"""The kinds of entries that can be added: what they are called, what is asked of them."""

from typing import Any, NamedTuple

from mktexec.commands.options import tell
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.model.shape import model_at
from mktexec.source import Path
from mktexec.suggest import did_you_mean

NEW = "NEW"  # stands for the id while there is none


class Kind(NamedTuple):
    """A kind of entry with its section; ``first`` is its id where there is none yet.

    ``title`` is the field that says what it is, ``asked`` those that are always filled in practice.
    """

    name: T
    section: Path
    first: str | None
    asked: tuple[str, ...]
    title: str = "title"

    @property
    def entry(self) -> Path:
        """The path of an entry that has no id yet."""
        return (*self.section, NEW)

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of an entry, in the model's order."""
        model = model_at(self.entry)
        return dict(model.model_fields) if model else {}

    def missing(self, known: dict[str, Any]) -> list[str]:
        """Return the fields that no entry can do without and that are not ``known``."""
        required = [name for name, field in self.fields.items() if field.is_required()]
        return [name for name in dict.fromkeys((self.title, *required)) if not known.get(name)]


KINDS = (
    Kind(T("task", "任务"), ("tasks",), "T001", ("owner", "initiative", "start", "end", "deliverable")),
    Kind(T("kpi", "指标"), ("kpis",), "K001", ("target", "unit", "source", "goal", "owner")),
    Kind(T("goal", "目标"), ("goals",), "G1", ("owner", "due", "target", "unit")),
    Kind(T("initiative", "举措"), ("initiatives",), "I1", ("goal", "owner")),
    Kind(T("risk", "风险"), ("risks",), "R1", ("likelihood", "impact", "trigger", "response", "owner")),
    Kind(T("person", "人员"), ("people",), None, ("role", "department", "contact"), "name"),
    Kind(T("line", "预算"), ("budget", "lines"), "B1", ("planned", "type", "initiative", "owner"), "item"),
    Kind(T("resource", "资源"), ("resources",), "RES1", ("kind", "needed", "unit", "owner", "due")),
    Kind(T("material", "物料"), ("materials",), "M1", ("quantity", "unit", "delivery", "supplier", "owner")),
    Kind(T("supplier", "供应商"), ("suppliers",), "S1", ("service", "contact", "acceptance", "owner")),
    Kind(T("channel", "渠道"), ("channels",), "C1", ("audience", "owner", "cost_per_conversion")),
    Kind(
        T("experiment", "测试"),
        ("experiments",),
        "E1",
        ("hypothesis", "variants", "metric", "start", "end", "owner"),
    ),
    Kind(T("approval", "审批"), ("approvals",), "A1", ("by", "role"), "subject"),
)
WORDS = {
    **{word: kind for kind in KINDS for word in (*kind.name, kind.section[-1])},
    "budget-line": KINDS[6],
}


def kind_of(word: str) -> Kind:
    """Return the kind that is called ``word``, in English or Chinese; raise UsageError for none."""
    found = WORDS.get(word.strip().lower())
    if found is None:
        names = T(", ".join(kind.name.en for kind in KINDS), "、".join(kind.name.zh for kind in KINDS))
        raise UsageError(
            T(f"'{word}' is no kind of entry", f"没有「{word}」这类条目"),
            did_you_mean(word, WORDS) or T(f"one of: {names.en}", f"可选：{names.zh}"),
        )
    return found


def complete_kind(incomplete: str) -> list[str]:
    """Return the kinds that begin like ``incomplete``, in the language of the screen."""
    return [name for kind in KINDS if (name := tell(*kind.name)).startswith(incomplete)]


def complete_new_field(ctx: Any, incomplete: str) -> list[str]:
    """Return the fields of the kind on the command line that begin like ``incomplete``."""
    kind = WORDS.get(ctx.params.get("kind") or "")
    return [f"{name}=" for name in (kind.fields if kind else ()) if name.startswith(incomplete)]
