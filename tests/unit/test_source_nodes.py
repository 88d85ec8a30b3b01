"""Bytes to nodes: what is typed is what is read, and nothing brings it down."""

import time
from pathlib import Path

import pytest
import yaml

from layout.diagnostics import Reporter
from layout.source import read_leaflet
from layout.source.decode import MAX_BYTES, decode
from layout.source.nodes import Mapping, Node, Scalar, Sequence, read_nodes

LEAFLET9 = Path(__file__).parent.parent.parent / "leaflets" / "leaflet9" / "leaflet.yaml"


def nodes(text: str) -> tuple[Node | None, list[str]]:
    reporter = Reporter()
    node = read_nodes(text, "f.yaml", reporter)
    return node, [d.code for d in reporter]


def codes_of(data: bytes) -> list[str]:
    reporter = Reporter()
    text = decode(data, "f.yaml", reporter)
    if text is not None:
        read_nodes(text, "f.yaml", reporter)
    return [d.code for d in reporter]


@pytest.mark.parametrize("typed", ["no", "0123", "2021-02-09", "12:30", "~", "1e3", "0x1F", "null"])
def test_plain_scalars_are_the_characters_typed(typed: str) -> None:
    node, codes = nodes(f"a: {typed}\n")
    assert isinstance(node, Mapping) and isinstance(node.entries[0].value, Scalar)
    assert node.entries[0].value.value == typed
    assert codes == []


def test_block_lines_map_to_source_lines() -> None:
    node, _ = nodes("a: |\n\n  一行目\n    二行目\n\n  三行目\n")
    assert isinstance(node, Mapping) and isinstance(node.entries[0].value, Scalar)
    found = [(x.text, x.line, x.column) for x in node.entries[0].value.lines if x.text]
    assert found == [("一行目", 3, 3), ("  二行目", 4, 3), ("三行目", 6, 3)]


def test_plain_text_over_lines_keeps_its_places() -> None:
    node, _ = nodes("a: 一行目\n  二行目\n")
    assert isinstance(node, Mapping) and isinstance(node.entries[0].value, Scalar)
    found = [(x.text, x.line, x.column, x.exact) for x in node.entries[0].value.lines]
    assert found == [("一行目", 1, 4, True), ("二行目", 2, 3, True)]


def test_quoted_text_has_the_place_after_the_quote() -> None:
    node, _ = nodes("- \"文字\"\n- '文''字'\n")
    assert isinstance(node, Sequence)
    first, second = node.items
    assert isinstance(first, Scalar) and isinstance(second, Scalar)
    assert (first.lines[0].column, first.lines[0].exact) == (4, True)
    assert (second.lines[0].text, second.lines[0].exact) == ("文'字", False)


def test_aliases_share_within_bounds() -> None:
    node, codes = nodes("a: &x [一, 二]\nb: *x\n")
    assert isinstance(node, Mapping) and codes == []
    assert node.entries[0].value is node.entries[1].value


def test_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for i in range(1, 12):
        lines.append(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 8)}]")
    assert nodes("\n".join(lines)) == (None, ["source.too-many-aliases"])


def test_alias_inside_itself_is_refused() -> None:
    assert nodes("a: &x [*x]\n") == (None, ["source.alias-unknown"])


def test_aliases_cannot_deepen_beyond_the_bound() -> None:
    deep = "[" * 40 + "x" + "]" * 40
    assert nodes(f"a: &a {deep}\nb: {'[' * 20}*a{']' * 20}\n") == (None, ["source.too-deep"])


@pytest.mark.parametrize("text", ["[" * 100_000, "{" * 100_000, "- " * 50_000, "a: " + "[" * 60])
def test_depth_is_bounded(text: str) -> None:
    node, codes = nodes(text)
    assert node is None
    assert codes == ["source.too-deep"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("題: 個人情報の保護".encode("cp932"), "source.not-utf8"),
        ("題: 個人情報の保護".encode("euc_jp"), "source.not-utf8"),
        ("題: 個人情報の保護".encode("utf-16"), "source.not-utf8"),
        (b"a: \xed\xa0\x80", "source.surrogate"),
        (b'a: "\\ud800"', "source.surrogate"),
        (b"\xef\xbb\xbfa: b", "source.bom"),
        (b"a: b\x07c", "source.control-character"),
        ("a: b\u0085c".encode(), "source.control-character"),
        ("a: b\u2028c".encode(), "source.control-character"),
        ("a: b\u200bc".encode(), "source.invisible-character"),
        (b'a: "\\a"', "source.control-character"),
        (b"a: b\x00", "source.control-character"),
        (b"", "source.empty"),
        (b"# \n", "source.empty"),
        (b"a" * (MAX_BYTES + 1), "source.too-large"),
        (b"{a: b}: c", "source.key-not-text"),
    ],
)
def test_each_kind_of_bad_bytes_has_its_code(data: bytes, code: str) -> None:
    assert codes_of(data) == [code]


@pytest.mark.parametrize(
    ("codec", "guess"), [("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"), ("utf-16", "UTF-16")]
)
def test_the_encoding_is_guessed(codec: str, guess: str) -> None:
    reporter = Reporter()
    assert decode("題: 個人情報の保護に関する法律".encode(codec), "f", reporter) is None
    assert [d.values["guess"] for d in reporter] == [guess]


def test_windows_and_old_mac_line_ends() -> None:
    assert decode(b"a: 1\r\nb: 2\rc: 3\n", "f", Reporter()) == "a: 1\nb: 2\nc: 3\n"


def test_the_loader_without_c_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = LEAFLET9.read_text(encoding="utf-8")
    fast = nodes(text)
    monkeypatch.setattr("layout.source.nodes._LOADER", yaml.SafeLoader)
    assert nodes(text) == fast


def test_reading_is_quick() -> None:
    def once() -> float:
        start = time.process_time()
        read_leaflet(LEAFLET9, Reporter())
        return time.process_time() - start

    assert min(once() for _ in range(10)) < 0.025


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    reporter = Reporter()
    assert read_leaflet(tmp_path / "leaflet.yaml", reporter) is None
    assert [d.code for d in reporter] == ["source.file-missing"]


def test_a_list_is_no_leaflet(tmp_path: Path) -> None:
    (tmp_path / "leaflet.yaml").write_text("- a\n", encoding="utf-8")
    reporter = Reporter()
    assert read_leaflet(tmp_path, reporter) is None
    assert [d.code for d in reporter] == ["source.not-a-leaflet"]
