"""Execute a marketing strategy from one YAML plan kept in git."""

__version__ = "0.1.0"
