"""The documents there are, by the name on the command line (domain.md part 4)."""

from collections.abc import Callable
from typing import NamedTuple

from mktexec.i18n import Lang
from mktexec.views.document import Document
from mktexec.views.flow import Flow, flow
from mktexec.views.flow_chart import flow_chart
from mktexec.views.meeting import meeting
from mktexec.views.retrospective import retrospective
from mktexec.views.status import StatusView
from mktexec.views.today import stand_up
from mktexec.views.tracking import tracking_record


class Entry(NamedTuple):
    """How a document is made: in words, and drawn where it has a drawing; ``warned``: it tells findings."""

    document: Callable[[StatusView, Lang], Document]
    drawing: Callable[[StatusView], Flow] | None = None
    warned: bool = False


DOCUMENTS: dict[str, Entry] = {
    "tracking-record": Entry(tracking_record),
    "retrospective": Entry(retrospective),
    "stand-up": Entry(stand_up),
    "meeting": Entry(meeting, warned=True),
    "flow-chart": Entry(flow_chart, lambda view: flow(view.plan, view.schedule)),
}
