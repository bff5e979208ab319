"""The documents there are, by the name on the command line (domain.md part 4)."""

from collections.abc import Callable

from mktexec.i18n import Lang
from mktexec.views.document import Document
from mktexec.views.retrospective import retrospective
from mktexec.views.status import StatusView
from mktexec.views.tracking import tracking_record

DOCUMENTS: dict[str, Callable[[StatusView, Lang], Document]] = {
    "tracking-record": tracking_record,
    "retrospective": retrospective,
}
