"""Words that look like orders: they come out as words, in everything that is made."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.robust.hostile import HEAD, Project

LINE = HEAD.count("\n") + 1

IMITATIONS = {
    "html": "<script>alert(1)</script>",
    "attribute": '" onload="alert(1)" x=\'',
    "comment": "<!-- x --> <![CDATA[ ]]>",
    "entity": "&lt;b&gt; &amp; &#x41; &copy;",
    "end of script": "</script></style></title></svg>",
    "svg": "<svg onload=alert(1)><use href='#a'/></svg>",
    "pdf string": "(a) Tj) \\\\( \\\\051 ET Q BT",
    "pdf object": "1 0 obj << /JS (x) >> endobj endstream %%EOF startxref",
    "pdf name": "/Type /Catalog #20 <feff0041>",
    "markdown": "# x * y - z _ | > 1.",
    "template": "{{x}} ${x} %s %(x)s \\\\n \\\\u0041",
    "shell": "$(touch owned) `touch owned` ; rm -rf / | & > x",
    "sql": "'; DROP TABLE x; --",
    "formula": "=1+1 @SUM +1 -1",
    "yaml": "!!python/name:os.system x: - ? & |",
    "javascript": "';alert(1)//\\\\u2028",
    "url": "javascript:alert(1) data:text/html,x",
    "tex": "\\\\input{/etc/passwd} \\\\write18 $x$ ~ ^ ^",
    "xml": "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>",
}
"""What each is, and its words; a backslash is doubled as the markup wants it."""


def typed(words: str) -> str:
    """As it stands in a source: braces and brackets escaped."""
    return re.sub(r"([{}\[\]*_^《》｜])", r"\\\1", words)


def pdf_words(file: Path) -> str:
    """All words of a PDF as pdfium reads them, without the blanks between."""
    pages = pypdfium2.PdfDocument(file)
    return "".join("".join(page.get_textpage().get_text_range() for page in pages).split())


class Reader(HTMLParser):
    """What a browser would read, and what it would do."""

    def __init__(self) -> None:
        super().__init__()
        self.orders: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.orders += [f"{tag} {key}" for key, _ in attrs if key.startswith("on")]
        self.orders += [
            f"{tag} {key}"
            for key, value in attrs
            if key in ("href", "src", "action", "data") and "javascript:" in (value or "")
        ]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("case", IMITATIONS)
def test_it_comes_out_as_it_was_typed(project: Project, case: str) -> None:
    words = IMITATIONS[case]
    said = words.replace("\\\\", "\\")
    bare = "".join(said.split())
    project.blocks(f"- text: |\n    始{typed(words)}終")
    source = project.source.read_text("utf-8")
    title = said.replace("'", "''")
    project.source.write_text(source.replace("title: 試し", f"title: '{title}'"), "utf-8")
    ran = project.build(only="press,web,html,text,proof")
    assert (ran.code, ran.places()) == (0, []), ran.err
    folder = project.out / project.name
    assert f"始{bare}終" in pdf_words(folder / "kari-press.pdf")
    assert f"始{bare}終" in pdf_words(folder / "kari-web.pdf")
    assert f"始{bare}終" in "".join((folder / "kari.txt").read_text("utf-8").split())
    for name in ("kari-press.pdf", "kari-web.pdf", "kari-proof.pdf"):
        with pikepdf.open(folder / name) as pdf:
            assert pdf.check_pdf_syntax() == []
            assert "/OpenAction" not in pdf.Root and "/Names" not in pdf.Root
            assert str(pdf.docinfo["/Title"]).startswith(said) or name == "kari-proof.pdf"
    for name in ("kari.html", "kari-proof.html"):
        page = (folder / name).read_text("utf-8")
        reader = Reader()
        reader.feed(page)
        assert reader.orders == []
        assert name == "kari-proof.html" or bare in "".join("".join(reader.words).split())
    assert not list(project.root.rglob("owned")) and not Path("owned").exists()


def test_a_browser_runs_none_of_it(project: Project, chromium: object) -> None:
    """All imitations on one page: no dialogue, no error, no request."""
    blocks = [f"- text: |\n    {typed(words)}" for words in IMITATIONS.values()]
    project.blocks(*blocks)
    ran = project.build(only="html,proof")
    assert ran.code == 0, ran.err
    page = chromium.new_page()  # type: ignore[attr-defined]
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: asked.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for name in ("kari.html", "kari-proof.html"):
        page.goto((project.out / "kari" / name).as_uri())
        assert "DROP TABLE" in page.inner_text("body")
    assert [each for each in asked if not each.startswith(("file:", "data:", "blob:"))] == []
    page.close()


def test_poppler_reads_the_same(project: Project) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    project.blocks("- text: |\n    始(a) Tj \\\\( ET Q <feff> 終")
    file = project.built()
    said = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout
    assert "始(a)Tj\\(ETQ<feff>終" in "".join(said.decode().split())


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http:// x"]
)
def test_links_lead_to_web_pages_alone(project: Project, target: str) -> None:
    project.blocks(f'- text: "[ここ]({target})"')
    before = project.files()
    ran = project.build(only="html")
    assert ran.code == 1 and {code for code, _, _ in ran.places()} == {"markup.link-target"}
    assert project.files() == before


def test_a_code_of_three_kilobytes(project: Project) -> None:
    """More than a code can hold, or than it has room for, is said at its place."""
    source = HEAD.replace(
        "pages:", "facts:\n  site:\n    url: https://example.jp/" + "a" * 3000 + "\npages:"
    )
    project.write(source + "      - qr:\n          data: site\n          label: 読む\n")
    before = project.files()
    ran = project.build()
    assert ran.code == 1 and all(code.startswith("qr.") for code, _, _ in ran.places()), ran.err
    assert {line for _, line, _ in ran.places()} <= {7, LINE + 3, LINE + 4}
    assert project.files() == before
