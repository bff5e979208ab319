"""Reading plans from files."""
