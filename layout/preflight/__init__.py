"""Checks before printing: to come."""
