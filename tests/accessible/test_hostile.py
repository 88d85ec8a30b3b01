"""The judge never raises and never runs away, whatever the bytes are."""

import random
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from layout.diagnostics import Reporter
from layout.preflight.accessible import judge_accessible, reading_text
from layout.preflight.accessible import tree as tree_module
from layout.preflight.finished.check import FINDINGS_MOST
from tests.accessible.making import BASE, one, told
from tests.preflight.spoiling import changed

WORDS = (
    b"/K", b"/P", b"/S", b"/Pg", b"/Nums", b"/Type", b"null", b"<<", b">>", b"[", b"]", b"0", b"-1",
    b"9" * 21, b"/MCR", b"/OBJR", b"/StructElem", b"/RoleMap", b"/A", b"true", b"/Lang", b" R", b"(",
    b"/ToUnicode", b"/Encoding", b"/CIDSet", b"BDC", b"EMC", b"/MCID",
)  # fmt: skip


def plain() -> bytes:
    with pikepdf.open(BytesIO(BASE)) as pdf:
        out = BytesIO()
        pdf.save(out, static_id=True, qdf=True)
        return out.getvalue()


@pytest.mark.parametrize("seed", range(40))
def test_spoilt_bytes_raise_nothing(seed: int) -> None:
    chance = random.Random(seed)
    held = bytearray(plain() if seed % 2 else BASE)
    for _ in range(chance.choice((1, 5, 40))):
        at = chance.randrange(len(held))
        if chance.random() < 0.5:
            held[at] = chance.randrange(256)
        else:
            word = chance.choice(WORDS)
            held[at : at + len(word)] = word
    reporter = Reporter()
    judge_accessible(bytes(held), "a.pdf", reporter, archive=True)
    assert len(reporter) <= FINDINGS_MOST + 1
    assert "facts" not in [each.values.get("problem") for each in reporter]
    reading_text(bytes(held))


KEYS = ("/K", "/S", "/P", "/Pg", "/A", "/Alt", "/ID", "/Lang")
VALUES: tuple[Any, ...] = (0, -5, True, 1.5, Name.X, pikepdf.String("x"), Array([]), Dictionary())


@pytest.mark.parametrize("key", KEYS)
def test_wrong_kinds_of_values_raise_nothing(key: str) -> None:
    for value in VALUES:
        for kind in ("Document", "Table", "TH", "Link", "Note", "Figure"):

            def spoil(pdf: Any, kind: str = kind, value: Any = value) -> None:
                one(pdf, kind)[key] = value

            codes = told(changed(BASE, spoil))
            assert "pdf.unread" not in codes, (kind, key, value)
            reading_text(changed(BASE, spoil))
            break  # of one kind each is enough with eight values


ROOTS = ("/MarkInfo", "/StructTreeRoot", "/Metadata", "/ViewerPreferences", "/OCProperties",
         "/Outlines", "/AcroForm", "/Names", "/AF", "/OutputIntents", "/Lang", "/Perms")  # fmt: skip


@pytest.mark.parametrize("key", ROOTS)
def test_wrong_kinds_of_values_in_the_catalog_raise_nothing(key: str) -> None:
    for value in VALUES:

        def spoil(pdf: Any, value: Any = value) -> None:
            pdf.Root[key] = value

        assert "pdf.unread" not in told(changed(BASE, spoil)), (key, value)


def test_a_deep_structure_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def spoil(pdf: Any) -> None:
        held = one(pdf, "Document")
        for _ in range(3000):
            made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, P=held))
            if "/K" in held and isinstance(held.K, Array):
                held.K.append(made)
            else:
                held.K = made
            held = made

    data = changed(BASE, spoil)
    assert told(data) == {}
    assert "朝市" in reading_text(data)
    monkeypatch.setattr(tree_module, "ELEMENTS_MOST", 100)
    assert "pdf.too-large" in told(data)
