"""What a leaflet means, apart from how it looks: sections, paragraphs, lists, tables, figures.

``structure_of`` makes the tree; the tagged PDF, the web page and the plain text
are made of it.
"""
