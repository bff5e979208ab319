"""The rules, one decorated function each, grouped by topic."""

from mktexec.rules import budget, dates, faults, goals, kpis, order, structure, tasks, time
from mktexec.rules.registry import RULES, Facts, Rule, When, run

__all__ = [
    "RULES",
    "Facts",
    "Rule",
    "When",
    "budget",
    "dates",
    "faults",
    "goals",
    "kpis",
    "order",
    "run",
    "structure",
    "tasks",
    "time",
]
