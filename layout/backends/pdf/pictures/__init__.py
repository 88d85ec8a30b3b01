"""From the bytes of a picture file to the image object of a press PDF.

``convert.convert`` is the list of the steps: read → upright and plain → judge →
inks → fit → encode.  It is a function of the bytes and the request alone, so
its results can be kept between builds.
"""
