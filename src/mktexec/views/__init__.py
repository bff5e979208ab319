"""Plain rows and sections: what is shown, not how."""
