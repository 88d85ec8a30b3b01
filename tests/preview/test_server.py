"""Who may ask the preview's server, and what: only its own page, only for its own two things."""

import http.client
import json
import socket
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from layout.cli.main import main
from layout.cli.previewing import Stage, serve

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "a-token"


@pytest.fixture
def stage() -> Stage:
    stage = Stage()
    stage.show({"version": 1, "pages": [{"name": "x", "svg": "<svg/>"}], "outlines": ["m0 0z"]})
    stage.tell({"version": 1, "places": []})
    return stage


@pytest.fixture
def server(stage: Stage) -> Iterator[ThreadingHTTPServer]:
    server = serve(stage, TOKEN, 0, "ja", "vscode://file{file}:{line}:{column}")
    yield server
    stage.close()
    server.shutdown()
    server.server_close()


def ask(
    server: ThreadingHTTPServer, path: str, method: str = "GET", **headers: str
) -> http.client.HTTPResponse:
    port = server.server_address[1]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", headers.pop("host", f"127.0.0.1:{port}"))
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    return connection.getresponse()


def test_the_page_is_whole_and_asks_for_nothing_elsewhere(server: ThreadingHTTPServer) -> None:
    answer = ask(server, f"/{TOKEN}/")
    body = answer.read().decode()
    assert answer.status == 200
    policy = answer.getheader("Content-Security-Policy") or ""
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "@@" not in body
    assert "http://" not in body.replace("http://www.w3.org/", "")
    assert "https://" not in body
    other = ask(server, f"/{TOKEN}/").getheader("Content-Security-Policy")
    assert other != policy, "a nonce is used once"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 403),
        ({"host": "127.0.0.1.evil.example"}, 403),
        ({"host": ""}, 403),
        ({"host": "127.0.0.1:1"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Sec_Fetch_Site": "same-origin"}, 200),
        ({}, 200),
    ],
)
def test_only_this_machine_and_this_page_are_answered(
    server: ThreadingHTTPServer, headers: dict[str, str], status: int
) -> None:
    assert ask(server, f"/{TOKEN}/", **headers).status == status
    assert ask(server, f"/{TOKEN}/news", **headers).status == status


@pytest.mark.parametrize(
    "path",
    [
        "/", "/news", f"/{TOKEN}", f"/{TOKEN}x/", f"/{TOKEN}/../../etc/passwd",
        f"/{TOKEN}/%2e%2e/leaflet.yaml", f"/{TOKEN}/leaflet.yaml", "/etc/passwd",
        f"/{TOKEN}//", f"/{TOKEN}/?x=1", "/other-token/",
    ],
)  # fmt: skip
def test_there_is_nothing_else_to_be_had(server: ThreadingHTTPServer, path: str) -> None:
    answer = ask(server, path)
    assert answer.status == 404
    assert answer.read() == b""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_nothing_can_be_sent(server: ThreadingHTTPServer, method: str) -> None:
    assert ask(server, f"/{TOKEN}/", method).status in (403, 404, 405, 501)


def test_it_listens_on_loopback_alone(server: ThreadingHTTPServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    with socket.socket() as other:
        other.settimeout(2)
        name = socket.gethostbyname(socket.gethostname())
        if name.startswith("127."):
            return
        assert other.connect_ex((name, server.server_address[1])) != 0


def test_news_hold_only_what_is_new(server: ThreadingHTTPServer, stage: Stage) -> None:
    answer = ask(server, f"/{TOKEN}/news")
    first = [next_event(answer), next_event(answer)]
    assert [name for name, _ in first] == ["pictures", "places"]
    assert first[0][1]["pages"] == [{"name": "x", "svg": "<svg/>"}]
    pages = [{"name": "x", "svg": "<svg/>"}, {"name": "y", "svg": "<svg>y</svg>"}]
    stage.show({"version": 2, "pages": pages, "outlines": ["m0 0z", "m1 1z"]})
    name, data = next_event(answer)
    assert name == "pictures"
    assert data["pages"] == [{"name": "x"}, {"name": "y", "svg": "<svg>y</svg>"}]
    assert (data["first"], data["outlines"]) == (1, ["m1 1z"])


def next_event(answer: http.client.HTTPResponse) -> tuple[str, dict[str, object]]:
    name = ""
    while True:
        line = answer.readline().decode().rstrip("\n")
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            return name, json.loads(line[6:])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["leaflet9", "--preview", "--port", "x"], "--port"),
        (["leaflet9", "--preview", "--port", "70000"], "70000"),
        (["leaflet9", "tate-shimbun", "--preview"], "--preview"),
        (["leaflet9", "--preview", "--watch"], "--watch"),
        (["leaflet9", "--watch", "--json"], "--json"),
        (["check", "x.pdf", "--preview"], "--preview"),
    ],
)
def test_wrong_use_is_explained(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(arguments, ROOT) == 2
    assert said in capsys.readouterr().err


def test_a_port_that_is_taken_is_said(
    server: ThreadingHTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    port = str(server.server_address[1])
    assert main(["leaflet9", "--preview", "--no-open", "--port", port], ROOT) == 3
    assert port in capsys.readouterr().err
