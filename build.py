"""Builds leaflets: ``python build.py leaflet9``.  See README.md or README.ja.md."""

import os
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
TOO_OLD = """このプログラムには Python 3.11 以上が必要です（いまは {0}.{1}）。https://www.python.org/
Python 3.11 or newer is needed (this is {0}.{1}).  https://www.python.org/
"""
DAMAGED = """プログラムが壊れています。入れ直してください。
The program is damaged.  Install it again.
({0}: {1})
"""


# No annotations and no newer syntax here: an old Python must get as far as the message.
def start():  # type: ignore[no-untyped-def]
    """Check the Python version, then hand over to the command line; the exit code."""
    if sys.version_info < (3, 11):
        sys.stderr.write(TOO_OLD.format(*sys.version_info))
        return 3
    if HERE not in sys.path:
        sys.path.insert(0, HERE)
    try:
        from layout.cli.main import main

        return main(sys.argv[1:], HERE)
    except Exception as error:  # the command line itself is damaged, its texts perhaps too
        sys.stderr.write(DAMAGED.format(type(error).__name__, error))
        return 3


if __name__ == "__main__":
    sys.exit(start())  # type: ignore[no-untyped-call]
