"""``python -m mktexec`` is the ``mktexec`` command."""

from mktexec.cli import main

main()
