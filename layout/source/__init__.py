"""YAML text to the models; the only folder that knows YAML.

The stages, as ``read.py`` calls them:

    bytes → text       decode.py     encoding, size, characters
    text → slips       slips.py      what YAML itself explains badly
    text → nodes       nodes.py      bounded events, places (errors: explain.py)
    nodes → fields     fields.py     checked against the key tables (schema.py, …_keys.py)
    fields → model     build_leaflet.py (blocks.py, markup.py, facts.py), build_sheet.py
"""

from layout.source.read import read_leaflet, read_sheet

__all__ = ["read_leaflet", "read_sheet"]
