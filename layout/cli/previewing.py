"""``--preview`` and ``--watch``: a leaflet built again at each save, on a page or in the terminal.

The page is served to this machine alone (127.0.0.1), under an address that nobody can
guess, and holds nothing but what was sent to it: no request names a file.
"""

import json
import secrets
import threading
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec import Struct

from layout.cli.building import Wish, build_target, find_places
from layout.cli.messages import hint_lines, message, on_paper, severity_name
from layout.cli.targets import Target
from layout.cli.terminal import Terminal
from layout.cli.texts import LANGUAGES, text
from layout.diagnostics import Diagnostic
from layout.live.session import Session
from layout.live.view import Viewer
from layout.live.watching import Watcher
from layout.memo import Memo

HOST: Final = "127.0.0.1"
EDITOR: Final = "vscode://file{file}:{line}:{column}"
_BEAT: Final = 15.0
"""Seconds after which a silent connection is told that we are still here."""

_POLICY: Final = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}';"
    " style-src-attr 'unsafe-inline'; img-src data:; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
Json = dict[str, Any]


class Stage:
    """The latest build as every open page is to see it."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._pictures: Json = {}
        self._places: Json = {}
        self.closed = False

    def show(self, pictures: Json) -> None:
        """New pictures; where things stand follows."""
        with self._news:
            self._pictures, self._places = pictures, {}
            self._news.notify_all()

    def tell(self, places: Json) -> None:
        """Where things stand in the pictures shown last."""
        with self._news:
            self._places = places
            self._news.notify_all()

    def close(self) -> None:
        """No more news: every page may go."""
        with self._news:
            self.closed = True
            self._news.notify_all()

    def wait(self, pictures: int, places: int) -> tuple[Json, Json]:
        """What is newer than these versions, as soon as there is something; else nothing."""
        with self._news:
            self._news.wait_for(lambda: self.closed or self._newer(pictures, places), _BEAT)
            shown, told = self._pictures, self._places
        return (
            shown if shown.get("version", 0) > pictures else {},
            told if told.get("version", 0) > places else {},
        )

    def _newer(self, pictures: int, places: int) -> bool:
        shown, told = self._pictures.get("version", 0), self._places.get("version", 0)
        return bool(shown > pictures or told > places)


# --- what runs ------------------------------------------------------------------------


class Opening(Struct, frozen=True):
    """How the page is opened: its port (0 for any), how it opens an editor, and who shows it.

    Of ``editor`` ``{file}``, ``{line}`` and ``{column}`` are filled.
    """

    port: int
    editor: str
    show: Callable[[str], object] | None


def preview(target: Target, root: Path, shop: str, opening: Opening, terminal: Terminal) -> int:
    """Serve the page until it is stopped (Ctrl-C).  ``OSError`` if the port is taken."""
    stage, token = Stage(), secrets.token_urlsafe(18)
    server = serve(stage, token, opening.port, terminal.lang, opening.editor)
    address = f"http://{HOST}:{server.server_address[1]}/{token}/"
    terminal.always(text("preview-at", terminal.lang, address=address))
    if opening.show is not None:
        opening.show(address)
    session = Session(target.file, find_places(root), shop)
    try:
        run(session, stage, terminal.complain, terminal.lang)
    except KeyboardInterrupt:
        terminal.say("\n" + text("preview-end", terminal.lang))
    finally:
        stage.close()
        server.shutdown()
        server.server_close()
    return 0


def run(
    session: Session,
    stage: Stage,
    say: Callable[[str], object],
    lang: str,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """Build and show, at the beginning and at each save."""
    watcher, viewer = Watcher(session.watched()), Viewer(told)
    while not stop():
        shot = session.build()
        stage.show(viewer.pictures(shot) | {"base": str(Path.cwd())})
        stage.tell(viewer.places(shot))
        errors = sum(each.severity.name == "ERROR" for each in shot.findings)
        name = "preview-built" if shot.fresh else "preview-kept"
        say(text(name, lang, number=shot.number, ms=round(shot.seconds * 1000), errors=errors))
        if not watcher.wait(stop):
            return


def watch(target: Target, root: Path, wish: Wish, terminal: Terminal) -> int:
    """Build the wanted outputs at each save until it is stopped (Ctrl-C)."""
    memo = Memo()
    watcher = Watcher(Session(target.file, find_places(root)).watched())
    terminal.always(text("watching", terminal.lang, name=target.name))
    try:
        while True:
            result = build_target(target, root, wish, partial(terminal.progress, target.name), memo)
            terminal.clear()
            terminal.show(result)
            terminal.forget()
            watcher.wait(lambda: False)
    except KeyboardInterrupt:
        terminal.say("\n" + text("preview-end", terminal.lang))
    return 0


def told(found: Diagnostic) -> Json:
    """A finding in both languages, with its place."""
    words = {
        lang: {
            "severity": severity_name(found, lang),
            "text": message(found, lang),
            "where": on_paper(found, lang),
            "hints": hint_lines(found, lang),
        }
        for lang in LANGUAGES
    }
    span = found.span
    return {
        "code": found.code,
        "level": found.severity.name.lower(),
        "file": span.file,
        "at": [span.line, span.column],
        "page": found.page,
        **words,
    }


# --- the server -----------------------------------------------------------------------


def serve(stage: Stage, token: str, port: int, lang: str, links: str) -> ThreadingHTTPServer:
    """A server for this machine alone, running in threads of its own."""
    page = _page(lang, links)
    handler = partial(_Handler, stage, token, page)
    server = ThreadingHTTPServer((HOST, port), handler)
    server.daemon_threads = True
    work = partial(server.serve_forever, poll_interval=0.1)
    threading.Thread(target=work, daemon=True).start()
    return server


def _page(lang: str, links: str) -> str:
    """The page with its style and its script; ``@@NONCE@@`` is filled for each request."""
    data = files("layout") / "live" / "data"
    parts = {
        "STYLE": (data / "preview.css").read_text("utf-8"),
        "SCRIPT": (data / "preview.js").read_text("utf-8"),
        "WORDS": (data / "preview.json").read_text("utf-8").replace("</", "<\\/"),
        "LANG": lang,
        "LINKS": json.dumps(links),
    }
    html = (data / "preview.html").read_text("utf-8")
    for name, part in parts.items():
        html = html.replace(f"@@{name}@@", part)
    return html


class _Handler(BaseHTTPRequestHandler):
    """Two things can be asked for: the page, and the news for it."""

    protocol_version = "HTTP/1.1"
    server_version = "bira"
    sys_version = ""

    def __init__(self, stage: Stage, token: str, page: str, *rest: Any) -> None:
        self._stage, self._token, self._html = stage, token, page
        super().__init__(*rest)

    def do_GET(self) -> None:  # the name is http.server's
        """The page or its news; 403 for whoever is not this page on this machine."""
        if not self._is_ours():
            self._refuse(403)
        elif self.path == f"/{self._token}/":
            self._send_page()
        elif self.path == f"/{self._token}/news":
            self._send_news()
        else:
            self._refuse(404)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are nothing to tell."""

    def _is_ours(self) -> bool:
        """Whether the request was made to this machine's own name and by this very page.

        A page elsewhere can make a browser ask us (DNS rebinding, forms, scripts): then
        the Host, the Origin or Sec-Fetch-Site is another one.
        """
        port = self.server.server_address[1]  # type: ignore[index]
        names = {f"{HOST}:{port}", f"localhost:{port}"}
        if self.headers.get("Host", "").lower() not in names:
            return False
        origin = self.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc.lower() not in names:
            return False
        return self.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")

    def _refuse(self, status: int) -> None:
        self.close_connection = True
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()

    def _send_page(self) -> None:
        nonce = secrets.token_urlsafe(12)
        body = self._html.replace("@@NONCE@@", nonce).encode("utf-8")
        self.send_response(200)
        self._guard("text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", _POLICY.format(nonce=nonce))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _guard(self, kind: str) -> None:
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")

    def _send_news(self) -> None:
        """Server-sent events: of pages and outlines only what this page does not have yet."""
        self.close_connection = True
        self.send_response(200)
        self._guard("text/event-stream; charset=utf-8")
        self.end_headers()
        pictures = places = outlines = 0
        names: frozenset[str] = frozenset()
        try:
            while not self._stage.closed:
                shown, placed = self._stage.wait(pictures, places)
                if shown:
                    self._event("pictures", _only_new(shown, names, outlines))
                    pictures, outlines = shown["version"], len(shown.get("outlines", ()))
                    names = frozenset(page["name"] for page in shown["pages"])
                if placed:
                    self._event("places", placed)
                    places = placed["version"]
                if not shown and not placed:
                    self.wfile.write(b": \n\n")
                    self.wfile.flush()
        except OSError:
            return  # the page was closed

    def _event(self, name: str, data: Json) -> None:
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        self.wfile.write(f"event: {name}\ndata: {body}\n\n".encode())
        self.wfile.flush()


def _only_new(shown: Json, names: frozenset[str], outlines: int) -> Json:
    pages = [
        {key: value for key, value in page.items() if key != "svg" or page["name"] not in names}
        for page in shown["pages"]
    ]
    fresh = shown.get("outlines", [])[outlines:]
    return shown | {"pages": pages, "first": outlines, "outlines": fresh}
