"""Charts as SVG and HTML: geometry in Python, markup in templates/documents."""
