"""The few ways in which a command ends without an answer."""

from mktexec.i18n import Lang, Text


class MktexecError(Exception):
    """Something the user can mend; carries the message in both languages.

    ``exit_code`` is the process's exit status (design: 2 wrong usage, 3 unreadable); ``lang``
    is that of the plan which it is about, None for the screen's.
    """

    exit_code = 3
    lang: Lang | None = None

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint


class UsageError(MktexecError):
    """The command line asks for something that does not exist."""

    exit_code = 2


class UnreadableError(MktexecError):
    """A plan or another file cannot be found, read or written."""
