"""The leaflet as a proofreader reads it: lines on pages, each character with its source."""

from layout.reading.read import read_pages

__all__ = ["read_pages"]
