"""Builds leaflets: ``python build.py leaflet9``.  See README.md or README.ja.md."""

import _thread
import os
import sys
import time

HERE = os.path.dirname(os.path.realpath(__file__))
TOO_OLD = """このプログラムには Python 3.11 以上が必要です（いまは {0}.{1}）。https://www.python.org/
Python 3.11 or newer is needed (this is {0}.{1}).  https://www.python.org/
"""
DAMAGED = """プログラムが壊れています。入れ直してください。
The program is damaged.  Install it again.
({0}: {1})
"""
INTERRUPTED = 130


def interrupted(_, frame):  # type: ignore[no-untyped-def]
    """Ctrl-C ends the program, but not in the middle of an import or of a call back.

    Packages written in other languages do not stand being interrupted while they load,
    and drop what is raised in a function that they call (marked by UNINTERRUPTED).
    """
    while frame is not None:
        loads = frame.f_code.co_filename.startswith("<frozen importlib")
        if loads or "UNINTERRUPTED" in frame.f_globals:
            _thread.start_new_thread(interrupt_soon, ())
            return
        frame = frame.f_back
    raise KeyboardInterrupt


def interrupt_soon():  # type: ignore[no-untyped-def]
    """Try again when it may be over."""
    time.sleep(0.01)
    _thread.interrupt_main()


# No annotations and no newer syntax here: an old Python must get as far as the message.
def start():  # type: ignore[no-untyped-def]
    """Check the Python version, then hand over to the command line; the exit code."""
    if sys.version_info < (3, 11):
        sys.stderr.write(TOO_OLD.format(*sys.version_info))
        return 3
    if HERE not in sys.path:
        sys.path.insert(0, HERE)
    try:
        import signal

        signal.signal(signal.SIGINT, interrupted)
        from layout.cli.main import main

        return main(sys.argv[1:], HERE)
    except KeyboardInterrupt:  # before the command line could say so itself
        return INTERRUPTED
    except Exception as error:  # the command line itself is damaged, its texts perhaps too
        sys.stderr.write(DAMAGED.format(type(error).__name__, error))
        return 3


if __name__ == "__main__":
    sys.exit(start())  # type: ignore[no-untyped-call]
