"""The judge of finished files never raises and never runs away, whatever the bytes are."""

import random
import zlib
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout.diagnostics import Reporter, Severity
from layout.house.profile import load_profile
from layout.preflight.finished import Facts, check_pdf
from layout.preflight.finished.check import FINDINGS_MOST
from layout.preflight.finished.opening import PAGES_MOST
from tests.preflight.good_base import base

WORDS = (
    b"/Kids", b"/Parent", b"/Type", b"null", b"<<", b">>", b"[", b"]", b"/Page", b"/Pages", b"0",
    b"-1", b"9" * 21, b"1e300", b"stream", b"endobj", b" R", b"(", b")", b"/DescendantFonts",
    b"/Metadata", b"true", b"/Length", b"/Filter /LZWDecode", b"/#82l", b"q ", b" Do ", b" Tf ",
)  # fmt: skip
SHOPS = ("x1a", "x4", "office")


@cache
def bases() -> tuple[bytes, ...]:
    """Sound files: as we write them, taken apart into plain text, and packed together."""
    found = [base("x1a"), base("x4")]
    for data in tuple(found):
        with pikepdf.open(BytesIO(data)) as pdf:
            for options in (
                {"qdf": True},
                {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
            ):
                out = BytesIO()
                pdf.save(out, static_id=True, **options)  # type: ignore[arg-type,unused-ignore]
                found.append(out.getvalue())
    return tuple(found)


def check(data: bytes, shop: str = "x1a") -> tuple[Facts, Reporter]:
    reporter = Reporter()
    facts = check_pdf(data, "a.pdf", load_profile(shop), reporter)
    assert facts.size == len(data)
    assert facts.opened or [found.severity for found in reporter] == [Severity.ERROR]
    assert len(reporter) <= FINDINGS_MOST + 1
    return facts, reporter


def spoil(data: bytes, seed: int, times: int) -> bytes:
    """Bytes changed, taken out, doubled, and words of PDF put where they do not belong."""
    chance = random.Random(seed)
    held = bytearray(data)
    for _ in range(times):
        at, kind = chance.randrange(len(held)), chance.random()
        if kind < 0.3:
            held[at] = chance.randrange(256)
        elif kind < 0.5:
            del held[at : at + chance.choice((1, 2, 10, 200))]
        elif kind < 0.8:
            word = chance.choice(WORDS)
            held[at : at + len(word) * chance.randrange(2)] = word
        else:
            start = chance.randrange(len(held))
            held[at:at] = held[start : start + chance.choice((5, 50, 500))]
    return bytes(held)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 5), st.integers(0, 2**32), st.sampled_from((1, 3, 30)), st.sampled_from(SHOPS)
)
def test_spoilt_files_never_raise(which: int, seed: int, times: int, shop: str) -> None:
    check(spoil(bases()[which], seed, times), shop)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_never_raise(data: bytes) -> None:
    check(data)
    check(b"%PDF-1.4\n" + data + b"\n%%EOF")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_objects_of_the_wrong_kind_never_raise(data: st.DataObject) -> None:
    """Any entry of any dictionary replaced by something that it should not be."""
    with pikepdf.open(BytesIO(bases()[data.draw(st.integers(0, 1))])) as pdf:
        objects = [each for each in pdf.objects if hasattr(each, "keys") and _has_keys(each)]
        for _ in range(data.draw(st.integers(1, 4))):
            held = data.draw(st.sampled_from(objects))
            key = data.draw(st.sampled_from(sorted(set(held.keys()) - {"/Length"}) or ["/X"]))
            wrong = (
                pikepdf.Array([]), pikepdf.Dictionary(), pikepdf.Name("/X"), pikepdf.String("x"),
                7, -0.5, True, pdf.Root, pdf.make_stream(b"x"),
            )  # fmt: skip
            held[key] = data.draw(st.sampled_from(wrong))
        out = BytesIO()
        try:
            pdf.save(out, static_id=True)
        except (pikepdf.PikepdfError, RuntimeError, ValueError):
            return  # qpdf would not write such a thing
    check(out.getvalue())


def _has_keys(each: pikepdf.Object) -> bool:
    return isinstance(each, (pikepdf.Dictionary, pikepdf.Stream))


# --- files that are meant to harm


def pdf_of(*bodies: bytes) -> bytes:
    """A file of these objects; the first is the catalog."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(bodies) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return out + b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def stream(entries: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def catalog(more: bytes = b"") -> bytes:
    return b"<< /Type /Catalog /Pages 2 0 R %s >>" % more


TREE = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << >> %s >>"
PLAIN = PAGE % b""
MANY = 5000
BOMB = zlib.compress(bytes(350_000_000), 9)
ENDLESS = b"9" * 400

HOSTILE = {
    "more pages than anybody prints": pdf_of(
        catalog(), b"<< /Type /Pages /Count %d /Kids [%s] >>" % (MANY, b"3 0 R " * MANY), PLAIN
    ),
    "pages in a circle": pdf_of(catalog(), b"<< /Type /Pages /Count 2 /Kids [3 0 R 2 0 R] >>", PLAIN),
    "parents in a circle": pdf_of(catalog(), TREE[:-2] + b"/Parent 3 0 R >>", PAGE[:-2].replace(b"/MediaBox [0 0 600 800]", b"") % b"" + b">>"),
    "dictionaries in a circle": pdf_of(catalog(b"/X 4 0 R"), TREE, PLAIN, b"<< /Y [4 0 R << /Z 4 0 R >>] >>"),
    "a long chain": pdf_of(catalog(b"/X 4 0 R"), TREE, PLAIN, *[b"<< /Next %d 0 R >>" % (n + 1) for n in range(4, 20_000)], b"null"),
    "arrays very deep": pdf_of(catalog(b"/X " + b"[" * 50_000 + b"]" * 50_000), TREE, PLAIN),
    "a page tree very deep": pdf_of(catalog(), *[b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (n + 1) for n in range(2, 3000)], PLAIN),
    "absurd numbers": pdf_of(catalog(), TREE, PAGE % (b"/TrimBox [0 0 %s -%s] /Rotate %s /UserUnit 0" % (ENDLESS, ENDLESS, ENDLESS))),
    "a page of no size": pdf_of(catalog(), TREE, PLAIN.replace(b"600 800", b"0 0")),
    "a table of four thousand million objects": b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 4000000000\ntrailer << /Root 1 0 R /Size 4000000000 >>\nstartxref\n46\n%%EOF",
    "an object stream that explodes": pdf_of(catalog(), TREE, PLAIN, stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", BOMB)),
    "metadata that explode": pdf_of(catalog(b"/Metadata 4 0 R"), TREE, PLAIN, stream(b"/Type /Metadata /Filter /FlateDecode", BOMB)),
    "a profile that explodes": pdf_of(catalog(b"/OutputIntents [<< /S /GTS_PDFX /DestOutputProfile 4 0 R >>]"), TREE, PLAIN, stream(b"/N 4 /Filter [/FlateDecode /FlateDecode]", zlib.compress(BOMB))),
    "a font that explodes": pdf_of(catalog(), TREE, PAGE.replace(b"<< >>", b"<< /Font << /F 5 0 R >> >>") % b"/Contents 4 0 R", stream(b"", b"BT /F 9 Tf 50 50 Td (a) Tj ET"), b"<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor << /FontFile2 6 0 R >> >>", stream(b"/Filter /FlateDecode", BOMB)),
    "content that explodes": pdf_of(catalog(), TREE, PAGE % b"/Contents 4 0 R", stream(b"/Filter /FlateDecode", BOMB)),
    "metadata very deep": pdf_of(catalog(b"/Metadata 4 0 R"), TREE, PLAIN, stream(b"/Type /Metadata", b"<a>" * 50_000)),
    "output intents without end": pdf_of(catalog(b"/OutputIntents [%s]" % (b"<< /S /GTS_PDFX >>" * 5000)), TREE, PLAIN),
    "annotations without end": pdf_of(catalog(), TREE, PAGE % b"/Annots [%s]" % (b"<< /Subtype /Link /Rect [1 1 9 9] /A << /S /URI >> >>" * 5000)),
    "widths without end": pdf_of(catalog(), TREE, PAGE.replace(b"<< >>", b"<< /Font << /F 5 0 R >> >>") % b"/Contents 4 0 R", stream(b"", b"BT /F 9 Tf 50 50 Td <0001> Tj ET"), b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /W [%s] >>] >>" % (b"0 65535 500 " * 3000)),
}  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_files_that_are_meant_to_harm_end_in_findings(title: str) -> None:
    facts, reporter = check(HOSTILE[title])
    assert reporter.has_errors
    assert len(facts.pages) <= PAGES_MOST
