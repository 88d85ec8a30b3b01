"""Libraries that read files have much to say about damaged ones; the findings say it better."""

from functools import cache


@cache
def quieten(library: str) -> None:
    """Keep what a library logs off the terminal, unless the program that runs us wants it."""
    import logging

    logging.getLogger(library).addHandler(logging.NullHandler())
