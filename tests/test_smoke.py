"""The package answers."""

from mktexec import __version__


def test_version() -> None:
    assert __version__
