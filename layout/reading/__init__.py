"""The leaflet as a proofreader reads it: lines of text on pages, each with its place in the source."""
