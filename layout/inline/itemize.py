"""Content → items: characters, classes, runs, bodies, annotations, spaces.

``itemize`` is the list of its stages.  Whatever is Japanese about a line is
decided here, from the tables; what follows sees numbers.
"""

from layout.inline.annotate import annotate
from layout.inline.bodies import set_run
from layout.inline.characters import classify, flatten
from layout.inline.draft import Draft, Setter
from layout.inline.items import Items
from layout.inline.runs import find_runs
from layout.inline.spaces import finish
from layout.inline.vertical import stand_up
from layout.source.model import Content
from layout.style.model import TextStyle

__all__ = ["Setter", "itemize"]


def itemize(content: Content, style: TextStyle, setter: Setter) -> Items:
    """All items of one paragraph.

    Characters no face has are reported (``glyph.missing``) and set as the
    face's empty box, so that positions stay true.
    """
    flat = flatten(content, style)
    classes = classify(flat.chars, flat.cuts)
    if setter.mode.is_vertical:
        stand_up(flat, classes, style)
    draft = Draft()
    for start, end, face, part, look, turned in find_runs(flat, classes, setter):
        set_run(draft, flat, classes, (start, end), (face, part, look, turned), style, setter)
    annotate(draft, flat, style, setter)
    return finish(draft, flat, style, setter.rules)
