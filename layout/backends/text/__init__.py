"""The leaflet as plain text, in reading order: for mail, and for reading aloud.

Headings are set off, figures described, addresses of links written out, readings of
ruby in parentheses.  Every character of the source is in it, in the source's order;
what is added (marks of headings, brackets, labels) is never a word of the leaflet.
"""

from layout.backends.text.write import write_text

__all__ = ["write_text"]
