"""Pages made by hand for the interpreter of content, and what it finds on them."""

from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from layout.preflight.finished.content import Shared, read_page
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import Mark, PageMarks

TRIM = Box(20, 20, 180, 180)


class Sheet:
    """A PDF of pages of 200 points; resources are given by category, then name."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.shared = Shared()

    def stream(self, data: bytes, **entries: Any) -> Any:
        made = self.pdf.make_indirect(self.pdf.make_stream(data))
        for key, value in entries.items():
            made[f"/{key}"] = value
        return made

    def form(self, data: bytes, bbox: Any = (0, 0, 200, 200), **entries: Any) -> Any:
        usual = {"Subtype": Name.Form, "BBox": Array(bbox), "Resources": Dictionary()}
        return self.stream(data, **{**usual, **entries})

    def page(self, content: bytes, **resources: Mapping[str, Any]) -> PageMarks:
        """A page with this content, and what is read of it."""
        made = {
            f"/{kind}": Dictionary({f"/{name}": thing for name, thing in things.items()})
            for kind, things in resources.items()
        }
        page = Dictionary(
            Type=Name.Page, MediaBox=[0, 0, 200, 200], TrimBox=[20, 20, 180, 180],
            Resources=Dictionary(made), Contents=self.pdf.make_stream(content),
        )  # fmt: skip
        self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(page)))
        return self.read(-1)

    def read(self, index: int) -> PageMarks:
        """A page once more, with what the others taught."""
        return read_page(self.pdf.pages[index].obj, len(self.pdf.pages), TRIM, self.shared)


def marks(content: bytes, **resources: Mapping[str, Any]) -> tuple[Mark, ...]:
    """The marks of a page on which nothing is odd."""
    found = Sheet().page(content, **resources)
    assert found.oddities == ()
    return found.marks


def odd(found: PageMarks) -> list[tuple[str, str]]:
    return [(each.what, each.value) for each in found.oddities]


def oddities(content: bytes, **resources: Mapping[str, Any]) -> list[tuple[str, str]]:
    return odd(Sheet().page(content, **resources))


def box(mark: Mark) -> tuple[float, ...]:
    return tuple(round(v, 3) for v in (mark.box.x0, mark.box.y0, mark.box.x1, mark.box.y1))


def tint() -> Dictionary:
    """A tint transform; a new one each time, since an object belongs to one file alone."""
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)


def simple_font(**entries: Any) -> Dictionary:
    """A, B and C are 500, 600 and 700 wide."""
    return Dictionary(
        {
            "/Type": Name.Font, "/Subtype": Name.TrueType, "/BaseFont": Name("/ABCDEF+Face"),
            "/FirstChar": 65, "/LastChar": 67, "/Widths": Array([500, 600, 700]),
            "/Encoding": Name.WinAnsiEncoding,
            **{f"/{key}": value for key, value in entries.items()},
        }
    )  # fmt: skip


def composite_font(encoding: Any, inner: Mapping[str, Any] | None = None, **entries: Any) -> Any:
    """A CIDFont under a composite one."""
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+Mincho"),
        **(inner or {}),
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Mincho"), Encoding=encoding,
        DescendantFonts=Array([descendant]), **entries,
    )  # fmt: skip


def drawn_font(procedures: Mapping[str, Any], **entries: Any) -> Dictionary:
    """A Type 3 font: procedures for A, B and so on, 500 wide of an em of 1000."""
    names = sorted(procedures)
    made = {
        "/Type": Name.Font, "/Subtype": Name.Type3, "/FontBBox": Array([0, 0, 500, 500]),
        "/FontMatrix": Array([0.001, 0, 0, 0.001, 0, 0]),
        "/FirstChar": 65, "/Widths": Array([500] * len(names)),
        "/CharProcs": Dictionary({f"/{name}": procedures[name] for name in names}),
        "/Encoding": Dictionary(Differences=Array([65, *(Name(f"/{name}") for name in names)])),
        "/Resources": Dictionary(),
    }  # fmt: skip
    made.update({f"/{key}": value for key, value in entries.items()})
    return Dictionary(made)
