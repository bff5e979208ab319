"""What the shell is offered while an entry and its fields are typed."""

from pathlib import Path as FilePath
from typing import Any

from mktexec.model.shape import model_at
from mktexec.source import Path


def _session(context: Any) -> Any:
    from mktexec.session import open_session

    chosen = context.params.get("plan")
    return open_session(FilePath(chosen) if chosen else None)


def complete_entry(ctx: Any, incomplete: str) -> list[str]:
    """Return the ids that begin like ``incomplete``; nothing where there is no plan."""
    from mktexec.commands.address import entries

    try:
        known = entries(_session(ctx))
    except Exception:  # noqa: BLE001  # a shell waits: nothing to offer is the answer
        return []
    names = [one for section in known.values() for one in section] + [
        "campaign",
        "budget",
        "review",
        "thresholds",
    ]
    return [one for one in names if one.startswith(incomplete)]


def complete_field(ctx: Any, incomplete: str) -> list[str]:
    """Return the fields of the entry that begin like ``incomplete``, those of nested parts dotted."""
    from mktexec.commands.address import entry_or_section

    try:
        path = entry_or_section(_session(ctx), ctx.params.get("which") or "")
    except Exception:  # noqa: BLE001  # the same
        return []
    sign = "=" if ctx.info_name == "set" else ""
    return [name + sign for name in _fields(path) if name.startswith(incomplete)]


def _fields(path: Path, prefix: str = "") -> list[str]:
    model = model_at(path)
    found = []
    for name in model.model_fields if model else ():
        inner = _fields((*path, name), f"{prefix}{name}.")
        found += inner or [prefix + name]
    return found
