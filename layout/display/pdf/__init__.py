"""PDF figures as items of the display list: vectors in inks.

``figure.draw_pdf`` is the way in.  The content of a page is followed operator by
operator (ISO 32000-1, 8 and 9) and drawn on the same canvas as SVG.  CMYK and gray
keep their numbers, spot inks their names; text becomes outlines.  Everything is
bounded: how deep forms may lie in one another, how many operators are followed,
how large streams may become.
"""
