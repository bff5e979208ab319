"""What a plan holds: frozen, strict models, typed from text."""

from mktexec.model.plan import SECTIONS, Plan

__all__ = ["SECTIONS", "Plan"]
