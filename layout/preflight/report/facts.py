"""What the report tells of a file besides its faults: labels and values, fonts."""

from collections.abc import Iterator

from layout.preflight.finished.facts import Facts
from layout.preflight.rendered.ink import inked
from layout.preflight.rendered.model import Rendered
from layout.preflight.report.texts import Say, plate_name


def fact_rows(facts: Facts, rendered: Rendered | None, say: Say) -> Iterator[tuple[str, str]]:
    """Labels (escaped) and values (not escaped) of what is known."""
    embedded = say("fact-embedded") if facts.condition_embedded else ""
    bleed = min((page.bleed_mm for page in facts.pages), default=0.0)
    known = (
        ("file", facts.name),
        ("title", facts.title),
        ("flavour", f"{facts.flavour or 'PDF'} (PDF {facts.version})"),
        ("producer", facts.producer),
        ("condition", f"{facts.condition}{embedded}" if facts.condition else ""),
        ("pages", str(len(facts.pages))),
        ("size", _sizes(facts)),
        ("bleed", f"{bleed:.3g} mm"),
        ("inks", _inks(facts, rendered, say)),
        ("ink", f"{rendered.most_ink:.0f} %" if rendered else ""),
        ("type", _points(facts.smallest_type_pt)),
        ("line", _points(facts.thinnest_line_pt)),
        ("pictures", _pictures(facts, say)),
        ("codes", _codes(rendered)),
        ("bytes", f"{facts.size / 1024:,.0f} KB"),
        ("sha", facts.sha256),
    )
    for name, value in known:
        if value:
            yield say(f"fact-{name}"), value


def font_rows(facts: Facts, say: Say) -> Iterator[tuple[str, str, str, str]]:
    """Each font: name, kind, whether embedded, pages."""
    for font in facts.fonts:
        how = "subset" if font.embedded and font.subset else "yes" if font.embedded else "no"
        yield font.name, font.kind, say(how), ", ".join(map(str, font.pages))


def _sizes(facts: Facts) -> str:
    sizes = dict.fromkeys(f"{page.width_mm:.4g} × {page.height_mm:.4g} mm" for page in facts.pages)
    return ", ".join(sizes)


def _inks(facts: Facts, rendered: Rendered | None, say: Say) -> str:
    names = inked(rendered.pages) if rendered else facts.inks
    return ", ".join(plate_name(name, say) for name in names)


def _points(size: float) -> str:
    return f"{size:.3g} pt ({size * 25.4 / 72:.2g} mm)" if size else ""


def _pictures(facts: Facts, say: Say) -> str:
    if not facts.pictures:
        return ""
    coarsest = min(picture.ppi for picture in facts.pictures)
    return say("pictures", count=len(facts.pictures), ppi=f"{coarsest:.0f}")


def _codes(rendered: Rendered | None) -> str:
    if rendered is None:
        return ""
    return ", ".join(f"{code.text} (p. {code.page})" for code in rendered.codes)
