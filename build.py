"""Builds leaflets: ``python build.py leaflet9``.  See README.md or README.ja.md."""

import os
import sys

OLDEST = (3, 11)


def start():
    """Check the Python version (in words any Python 3 can read), then hand over."""
    if sys.version_info < OLDEST:
        sys.stderr.write(
            "このプログラムには Python 3.11 以上が必要です（いまは %d.%d）。https://www.python.org/\n"
            "Python 3.11 or newer is needed (this is %d.%d).  https://www.python.org/\n"
            % (sys.version_info[:2] * 2)
        )
        return 3
    try:
        from layout.cli.main import main

        return main(sys.argv[1:], os.path.dirname(os.path.abspath(__file__)))
    except Exception as error:  # the command line itself is damaged, its texts perhaps too
        sys.stderr.write(
            "プログラムが壊れています。入れ直してください。\n"
            "The program is damaged.  Install it again.\n(%s: %s)\n" % (type(error).__name__, error)
        )
        return 3


if __name__ == "__main__":
    sys.exit(start())
