"""Editions in fewer inks (版): the finished display list becomes others, before any backend.

``editions.editions`` is the way in.  Layout, line breaks and text stay as they
are; only what is painted, and in which ink, changes.
"""
