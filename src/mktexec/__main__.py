"""``python -m mktexec`` is the ``mktexec`` command."""

from mktexec.cli import program

program()
