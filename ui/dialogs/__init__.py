"""Small windows over the desk: palette, keys, settings, crash report."""
