"""How a good press file is broken: one fault, its name, and where the judge must find it.

Places are millimetres from the upper left corner of the trimmed page, as in findings.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, StreamDecodeLevel

from layout.diagnostics import Severity
from layout.house.profile import Profile, load_profile
from layout.preflight.rendered import ExpectedCode
from tests.preflight.good_base import HIGH, MARGIN, MM, base

Place = tuple[float, float, float, float]
"""x, y, width, height."""


@dataclass(frozen=True)
class Fault:
    """What must be found: its code, page (0: the whole file), place, and how bad it is.

    ``chapter`` is the kind of mechanism.  ``also`` are findings that the same
    spoiling cannot help bringing about.
    """

    chapter: str
    title: str
    code: str
    page: int = 0
    place: Place | None = None
    severity: Severity = Severity.ERROR
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Broken:
    """A spoilt file: how it is made, and the profile it is judged by.

    ``rendered``: it is for the judge that renders; ``expected`` are the QR codes that
    the source of the file asks for.  ``others``: written by another program, with more
    than one fault; ``needs`` is that program, or its module.
    """

    fault: Fault
    make: Callable[[], bytes]
    profile: Profile
    name: str = "asaichi-press.pdf"
    rendered: bool = False
    expected: tuple[ExpectedCode, ...] = ()
    others: bool = False
    needs: str = ""

    @property
    def id(self) -> str:
        return self.fault.title


CASES: list[Broken] = []
"""The catalogue; the modules named ``broken_…`` fill it."""


Note = Callable[[Callable[[Any], Any]], Callable[[Any], Any]]


def chapter(kind: str) -> Callable[..., Note]:
    """``broken`` for the faults of one kind."""
    return partial(broken, kind)


def broken(
    kind: str, title: str, code: str, page: int = 0, place: Place | None = None, *,
    shop: str = "x1a", profile: Profile | None = None, also: tuple[str, ...] = (),
    warns: bool = False, notes: bool = False, raw: bool = False, **more: Any,
) -> Note:  # fmt: skip
    """The decorated function spoils the open base file in place; ``raw``: takes and gives bytes."""

    def note(spoil: Callable[[Any], Any]) -> Callable[[Any], Any]:
        mild = Severity.NOTE if notes else Severity.WARNING
        severity = mild if warns or notes else Severity.ERROR
        fault = Fault(kind, title, code, page, place, severity, also)

        def make() -> bytes:
            data = base(shop)
            made: bytes = spoil(data) if raw else changed(data, spoil)
            return made

        CASES.append(Broken(fault, make, profile or load_profile(shop), **more))
        return spoil

    return note


# --- files


def as_it_is(_: Any) -> None:
    """The file is sound; the profile, or its name, makes it a fault."""


def changed(data: bytes, spoil: Callable[[pikepdf.Pdf], Any], **options: Any) -> bytes:
    """The file after ``spoil``, written by qpdf with every stream as it is."""
    with pikepdf.open(BytesIO(data)) as pdf:
        spoil(pdf)
        return saved(pdf, **options)


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    """The open file as bytes; same file, same bytes."""
    out = BytesIO()
    pdf.save(
        out,
        **{
            "static_id": True,
            "object_stream_mode": ObjectStreamMode.disable,
            "stream_decode_level": StreamDecodeLevel.none,
            "compress_streams": False,
            "fix_metadata_version": False,
            **options,
        },
    )
    return out.getvalue()


def swapped(data: bytes, old: bytes, new: bytes) -> bytes:
    """One place of the bytes changed for as many others."""
    assert data.count(old) == 1 and len(old) == len(new), (data.count(old), old)
    return data.replace(old, new)


def updated(data: bytes, number: int, body: bytes) -> bytes:
    """An object written anew behind the end of the file (an incremental update)."""
    last = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    kept = re.search(rb"trailer\s*<<(.*?)>>\s*startxref", data[last:], re.DOTALL)
    assert kept is not None
    entries = re.sub(rb"/Prev \d+", b"", kept[1])
    at = len(data)
    new = b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    end = b"trailer\n<<%s /Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (entries, last, at + len(new))
    return data + new + table + end


# --- content


def rect(x: float, y: float, wide: float, high: float) -> bytes:
    """The path of a rectangle."""
    left, foot = at(x, y + high)
    return b"%.4f %.4f %.4f %.4f re " % (left, foot, wide * MM, high * MM)


def at(x: float, y: float) -> tuple[float, float]:
    """A point of the page in the page's own space."""
    return (MARGIN + x) * MM, (MARGIN + HIGH - y) * MM


def line(x: float, y: float, long: float) -> bytes:
    """The path of a level line."""
    return b"%.4f %.4f m %.4f %.4f l " % (*at(x, y), *at(x + long, y))


def paint(pdf: pikepdf.Pdf, page: int, content: bytes, **resources: Mapping[str, Any]) -> None:
    """Something painted over a page, in a graphics state of its own."""
    add_resources(pdf, page, **resources)
    pdf.pages[page - 1].contents_add(pdf.make_stream(b"q\n" + content + b"\nQ\n"))


def add_resources(pdf: pikepdf.Pdf, page: int, **resources: Mapping[str, Any]) -> None:
    held = pdf.pages[page - 1].obj.Resources
    for category, entries in resources.items():
        if f"/{category}" not in held:
            held[f"/{category}"] = Dictionary()
        for key, value in entries.items():
            held[f"/{category}"][f"/{key}"] = value


def content_of(pdf: pikepdf.Pdf, page: int) -> bytes:
    """The page's content, decoded."""
    held = pdf.pages[page - 1].obj.Contents
    streams = held if isinstance(held, Array) else [held]
    return b"\n".join(stream.read_bytes() for stream in streams)


def edit(pdf: pikepdf.Pdf, page: int, old: bytes, new: bytes, count: int = 1) -> None:
    """Words of the page's content changed for others."""
    content = content_of(pdf, page)
    assert content.count(old) == count, (content.count(old), old)
    pdf.pages[page - 1].obj.Contents = pdf.make_stream(content.replace(old, new))


def show(
    pdf: pikepdf.Pdf, words: str, size: float, x: float, y: float, page: int = 2, *,
    matrix: float = 1, before: bytes = b"",
) -> bytes:  # fmt: skip
    """A line of text in a font of the page; ``x``, ``y`` is where its baseline begins.

    ``size`` is what Tf says; ``matrix`` is what Tm multiplies it by.
    """
    font, codes = spelled(pdf, words, page)
    return b"%sBT /%s %g Tf %g 0 0 %g %.4f %.4f Tm <%s> Tj ET\n" % (
        before, font.encode(), size, matrix, matrix, *at(x, y), codes.encode(),
    )  # fmt: skip


def spelled(pdf: pikepdf.Pdf, words: str, page: int = 2) -> tuple[str, str]:
    """The first font of the page that has these characters, and their codes in hexadecimal."""
    fonts = pdf.pages[page - 1].obj.Resources.Font
    for name in sorted(fonts.keys()):
        known = readable(fonts[name])
        if all(letter in known for letter in words):
            return name[1:], "".join(known[letter] for letter in words)
    raise AssertionError(f"no font has {words}")


def readable(font: Any) -> dict[str, str]:
    """Characters and their codes, from the font's ToUnicode."""
    found = {}
    text = font.ToUnicode.read_bytes()
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, letters in re.findall(rb"<(\w+)>\s*<(\w+)>", block):
            found[bytes.fromhex(letters.decode()).decode("utf-16-be")] = code.decode()
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, letters in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = ord(bytes.fromhex(letters.decode()).decode("utf-16-be"))
            low, high = int(first, 16), int(last, 16)
            for step in range(high - low + 1):
                found[chr(start + step)] = f"{low + step:0{len(first)}x}"
    return found


# --- objects


def image(
    pdf: pikepdf.Pdf, data: bytes, space: Any, wide: int, high: int, bits: int = 8, **keys: Any
) -> pikepdf.Stream:
    """An image XObject of raw samples, or in the form ``Filter`` says."""
    made = pdf.make_stream(data)
    made.Type, made.Subtype = Name.XObject, Name.Image
    made.Width, made.Height, made.BitsPerComponent = wide, high, bits
    if space is not None:
        made.ColorSpace = space
    for key, value in keys.items():
        made[f"/{key}"] = value
    return made


def place_image(x: float, y: float, wide: float, high: float, name: str = "Faulty") -> bytes:
    """The operators that put an image there."""
    left, foot = at(x, y + high)
    return b"q %.4f 0 0 %.4f %.4f %.4f cm /%s Do Q\n" % (
        wide * MM, high * MM, left, foot, name.encode(),
    )  # fmt: skip


def form(pdf: pikepdf.Pdf, content: bytes, **keys: Any) -> pikepdf.Stream:
    """A form XObject as large as the page."""
    made = pdf.make_stream(content)
    made.Type, made.Subtype = Name.XObject, Name.Form
    made.BBox = pdf.pages[0].obj.MediaBox
    made.Resources = Dictionary()
    for key, value in keys.items():
        made[f"/{key}"] = value
    return made


def separation(name: str, alternate: Any = Name.DeviceCMYK, full: tuple[float, ...] = (0, 0.8, 0.9, 0)) -> Array:  # fmt: skip
    """A spot colour."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * len(full), C1=list(full), N=1)
    return Array([Name.Separation, Name("/" + name), alternate, tint])


SPOT_HERE: Place = (20, 125, 30, 10)
"""Where most faults that are areas stand, on either page."""
