"""Checks before printing: small looks at the display list with the press profile at hand."""
