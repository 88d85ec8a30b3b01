"""SVG drawings as items of the display list, in inks.

``draw.draw_svg`` is the way in.  What drawing programs write is drawn: shapes,
paths, groups, symbols, styles, clips, gradients, embedded pictures.  What cannot
be drawn exactly is remarked or refused, each with what to do in the program.
Source: SVG 1.1 (second edition), with the CSS of SVG 2 that programs write.
"""
