"""Views in, text out; one file a format or a screen."""
