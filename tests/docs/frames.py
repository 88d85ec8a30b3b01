"""Every example of YAML in the documentation, with what is needed around it to be a file."""

from layout.source.leaflet_keys import LEAFLET
from tests.built import ROOT
from tests.docs.pages import PAGES, SPOILT, fences

_HEAD = "bira: 1\ntitle: 題\ndate: 2027-01-01\nstyle: hina-yoko\n"
_FACTS = {
    "name": "{text: 図書館を考える会}",
    "phone": "{phone: 03-0000-0000}",
    "mail": "{mail: info@example.jp}",
    "site": '{url: "https://example.jp/"}',
    "day": "{date: 2027-03-14}",
    "shukai": "{date: 2027-03-14}",
    "furikae": "{yucho: 00100-2-729745, holder: 共通番号いらないネット}",
}
_PAGES = "pages:\n  - layout: omote\n    hon:\n"
_SHEET = {"colours", "blocks", "text", "layouts", "fonts"}
EXAMPLES = [
    fence
    for page in PAGES
    if page.name not in (*SPOILT, "developing.md")  # whose example has a test of its own
    for fence in fences(page)
    if fence.language == "yaml"
]
_WHOLE = {
    "bira": "leaflet",
    "bira-style": "style",
    "bira-editions": "editions",
    "bira-config": "config",
    "bira-profile": "profile",
    "bira-lint": "lint",
}


def framed(text: str) -> tuple[str, str]:
    """What kind of file an example belongs to (as its schema is called), and that file.

    "" is one of another program.
    """
    first = next(line for line in text.splitlines() if line.strip() and line.strip()[0] != "#")
    key = first.split(":")[0].strip()
    if key == "repos":
        return "", text
    if key in _WHOLE:
        return _WHOLE[key], text
    if key in _SHEET:
        return "style", _with_sheet(text, key)
    return "leaflet", _leaflet(text, first, key)


def _leaflet(text: str, first: str, key: str) -> str:
    facts = "facts:\n" + "".join(f"  {name}: {fact}\n" for name, fact in _FACTS.items())
    if first.lstrip().startswith("- "):
        inside = "".join(f"      {line}" for line in _dedented(text).splitlines(True))
        return _HEAD + facts + _PAGES + inside
    assert LEAFLET.key(key) is not None, f"neither blocks nor a key: {key}"
    rest = "" if key == "pages" else _PAGES + "      - text: 文。\n"
    return _HEAD + ("" if key == "facts" else facts) + text + rest


def _dedented(text: str) -> str:
    indent = min(len(line) - len(line.lstrip()) for line in text.splitlines() if line.strip())
    return "".join(line[indent:] if line.strip() else line for line in text.splitlines(True))


def _with_sheet(text: str, key: str) -> str:
    """The example in place of that part of a whole style."""
    whole = (ROOT / "leaflets/styles/hina-yoko.yaml").read_text("utf-8")
    begin = whole.index(f"\n{key}:\n") + 1
    lines = whole[begin:].splitlines(True)
    end = next((n for n, line in enumerate(lines[1:], 1) if line[0] not in " #\n"), len(lines))
    added = "".join(text.splitlines(True)[1:])
    return whole[:begin] + lines[0] + added + _without(lines[1:end], text) + "".join(lines[end:])


def _without(lines: list[str], text: str) -> str:
    """What the example says anew is not said twice."""
    own = {line.split(":")[0] for line in text.splitlines() if line.startswith("  ")}
    out, on = [], True
    for line in lines:
        if line.startswith("  ") and line[2] not in " #":
            on = line.split(":")[0] not in own
        out.append(line if on else "")
    return "".join(out)
