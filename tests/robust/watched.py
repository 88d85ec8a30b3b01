"""Runs the program as people do, in a process that is watched and held within bounds.

``python watched.py TRACE ROOT MEGABYTES SECONDS ARGUMENT…``: what was opened, asked of
the network or started goes into TRACE, one JSON line each.
"""

import json
import os
import runpy
import sys
from typing import Any

_NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request")
_STARTED = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.startfile")


def bound(megabytes: int, seconds: int) -> None:
    """No more memory and time than these, where the system can say so."""
    try:
        import resource
    except ImportError:
        return
    size = megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def watch(trace: str) -> None:
    """Write down what the process reaches for; made of every event, whoever causes it."""
    stream = os.open(trace, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            what, path, mode = "open", arguments[0], str(arguments[1] or "")
            if isinstance(path, int) or (mode and mode[0] in "wax"):
                return
        elif event in _NETWORK:
            what, path = "network", repr(arguments[1:])
        elif event in _STARTED:
            what, path = "started", repr(arguments[:2])
        else:
            return
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        os.write(stream, (json.dumps([what, str(path)]) + "\n").encode())

    sys.addaudithook(hook)


def main() -> None:
    trace, root, megabytes, seconds, *argv = sys.argv[1:]
    bound(int(megabytes), int(seconds))
    watch(trace)
    program = os.path.join(
        os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "build.py"
    )
    sys.argv = [program, *argv]
    if os.path.dirname(program) == root:
        runpy.run_path(program, run_name="__main__")
    sys.path.insert(0, os.path.dirname(program))
    from layout.cli.main import main as run

    sys.exit(run(argv, root))


if __name__ == "__main__":
    main()
