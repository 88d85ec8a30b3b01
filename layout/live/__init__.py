"""A leaflet built again at each save: what a preview shows, and what tells it that a file changed.

``session.py`` builds and remembers, ``watching.py`` waits for changed files,
``view.py`` says in plain data what a browser draws.
"""
