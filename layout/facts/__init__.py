"""The leaflet's facts checked and collected: to come; the facts themselves are in ``source``."""
