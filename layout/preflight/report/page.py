"""The report as HTML: what was found, marked on pictures of the pages, and what the file is."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from msgspec import Struct

from layout.house.profile import Profile
from layout.preflight.finished.facts import Facts, Place
from layout.preflight.rendered.model import PageInk, PagePlates, Rendered
from layout.preflight.report.facts import fact_rows, font_rows
from layout.preflight.report.pictures import (
    Frame,
    frame_of,
    ink_uri,
    legend_colours,
    plate_uri,
    preview_uri,
    trim_frame,
)
from layout.preflight.report.texts import Say, plate_name, speaker, style

Finding = Mapping[str, Any]

_SEVERITIES: Final = ("error", "warning", "note")
_NEAR: Final = (4.2, 2.4)  # percent: badges nearer than this would cover one another


class Judged(Struct, frozen=True):
    """A file with all that was found about it.

    ``findings`` are as in ``--json``: code, severity, message, hints, page, file,
    line, and ``place`` in millimetres on the trimmed page where there is one.
    """

    name: str
    profile: Profile
    findings: Sequence[Finding]
    facts: Facts | None = None
    rendered: Rendered | None = None


class _Numbered(Struct, frozen=True):
    """A finding and its number in the report; ``anchor`` is unlike that of other files."""

    number: int
    anchor: str
    finding: Finding


def report_html(files: Sequence[Judged], lang: str = "ja") -> str:
    """One page about one file or several, in Japanese or English, complete in itself."""
    say = speaker(lang)
    many = say("title-many", count=len(files))
    title = say("title", name=files[0].name) if len(files) == 1 else many
    body = [f"<header><h1>{title}</h1></header>", "<main>"]
    for index, judged in enumerate(files, start=1):
        body += _file(judged, f"f{index}", say, headed=len(files) > 1)
    body += ["</main>", f"<footer><p>{say('made')}</p></footer>"]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(lang)}">',
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>\n{style()}</style></head>",
            "<body>",
            *body,
            "</body></html>",
            "",
        ]
    )


def _file(judged: Judged, anchor: str, say: Say, headed: bool) -> Iterator[str]:
    numbered = [
        _Numbered(number, f"{anchor}-{number}", finding)
        for number, finding in enumerate(judged.findings, start=1)
    ]
    yield '<article class="file">'
    if headed:
        yield f"<h2>{escape(judged.name)}</h2>"
    yield from _verdict(judged, say)
    pages = judged.rendered.pages if judged.rendered else ()
    shown = {page.number for page in pages}
    general = [each for each in numbered if each.finding.get("page", 0) not in shown]
    if general:
        yield f"<section><h2>{say('whole')}</h2>"
        yield from _list(general, say)
        yield "</section>"
    inks = {ink.page: ink for ink in judged.rendered.inks} if judged.rendered else {}
    for page in pages:
        mine = [each for each in numbered if each.finding.get("page", 0) == page.number]
        yield from _page(page, inks.get(page.number), mine, judged.profile, say)
    if judged.facts is not None and judged.facts.opened:
        yield from _facts(judged.facts, judged.rendered, say)
    yield "</article>"


def _verdict(judged: Judged, say: Say) -> Iterator[str]:
    count = dict.fromkeys(_SEVERITIES, 0)
    for finding in judged.findings:
        count[finding["severity"]] += 1
    worst = next((name for name in ("error", "warning") if count[name]), "good")
    values = {f"{name}s": number for name, number in count.items()}
    labels = {"label_ja": judged.profile.label_ja, "label_en": judged.profile.label_en}
    yield f'<p class="by">{say("profile", **labels)}</p>'
    yield f'<p class="verdict {worst}">{say(f"verdict-{worst}", **values)}</p>'
    yield f'<p class="counts">{say("counts", **values)}</p>'


def _page(
    page: PagePlates, ink: PageInk | None, findings: Sequence[_Numbered], profile: Profile, say: Say
) -> Iterator[str]:
    title = say("page", page=page.number)
    yield f'<section><h2>{title}</h2><div class="sheet">'
    alt = say("preview", page=page.number)
    yield f'<figure><div class="view"><img src="{preview_uri(page, profile)}" alt="{alt}">'
    yield f'<div class="trim" style="{_css(trim_frame(page))}"></div>'
    yield from _marks(page, findings)
    yield f"</div><figcaption>{alt}</figcaption></figure>"
    yield '<div class="found">'
    if findings:
        yield from _list(findings, say)
    else:
        yield f'<p class="clean">{say("clean")}</p>'
    yield "</div></div>"
    yield from _plates(page, ink, profile, say)
    yield "</section>"


def _marks(page: PagePlates, findings: Sequence[_Numbered]) -> Iterator[str]:
    """Frames first, so that no frame lies over a number."""
    framed = [
        (each, frame_of(page, _place(each.finding)))
        for each in findings
        if each.finding.get("place")
    ]
    for each, frame in framed:
        yield f'<div class="frame {each.finding["severity"]}" style="{_css(frame)}"></div>'
    taken: list[tuple[float, float]] = []
    for each, frame in framed:
        left, top = _free(frame, taken)
        taken.append((left, top))
        yield (
            f'<a class="badge {each.finding["severity"]}" href="#{each.anchor}"'
            f' style="left:{left:.2f}%;top:{top:.2f}%">{each.number}</a>'
        )


def _free(frame: Frame, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """A place for a number near the frame's corner where no other stands."""
    left, top = min(max(frame.left, 2.0), 97.0), min(max(frame.top, 1.5), 98.0)
    for _ in range(200):
        if not any(abs(left - x) < _NEAR[0] and abs(top - y) < _NEAR[1] for x, y in taken):
            break
        left += _NEAR[0]
        if left > 97:
            left, top = 2.0, min(top + _NEAR[1], 98.0)
    return left, top


def _place(finding: Finding) -> Place:
    place = finding["place"]
    return Place(*(float(place.get(key, 0) or 0) for key in ("x", "y", "w", "h")))


def _css(frame: Frame) -> str:
    return f"left:{frame.left}%;top:{frame.top}%;width:{frame.width}%;height:{frame.height}%"


def _list(findings: Sequence[_Numbered], say: Say) -> Iterator[str]:
    yield '<ol class="findings">'
    for each in findings:
        finding = each.finding
        severity = finding["severity"]
        yield f'<li id="{each.anchor}" class="{severity}">'
        yield f'<span class="badge {severity}">{each.number}</span>'
        code = escape(str(finding["code"]))
        yield f'<p class="kind">{say(severity)} <code>{code}</code></p>'
        yield f'<p class="said">{escape(str(finding["message"]))}</p>'
        for hint in finding.get("hints", ()):
            yield f'<p class="remedy"><b>{say("remedy")}</b>{escape(str(hint))}</p>'
        if where := _where(finding, say):
            yield f'<p class="where">{where}</p>'
        yield "</li>"
    yield "</ol>"


def _where(finding: Finding, say: Say) -> str:
    parts = []
    if finding.get("line"):
        parts.append(say("line", file=finding.get("file", ""), line=finding["line"]))
    if finding.get("place"):
        x, y = (f"{finding['place'].get(key, 0)}" for key in ("x", "y"))
        if x not in finding["message"] or y not in finding["message"]:
            parts.append(say("at", x=x, y=y))
    return " ／ ".join(parts)


def _plates(page: PagePlates, ink: PageInk | None, profile: Profile, say: Say) -> Iterator[str]:
    yield '<div class="plates">'
    for plate in page.plates:
        name = plate_name(plate.name, say)
        share = ink.plates.get(plate.name) if ink else None
        below = say("coverage", share=f"{share * 100:.0f}") if share else say("plate-empty")
        yield (
            f'<figure><img src="{plate_uri(page, plate)}" alt="{say("plate", plate=plate.name)}">'
            f'<figcaption><span class="name">{name}</span><br>{below}</figcaption></figure>'
        )
    most = f"{ink.most:.0f}" if ink else "–"
    text = say("ink-map", most=most)
    yield (
        f'<figure><img src="{ink_uri(page, profile)}" alt="{text}">'
        f'<figcaption><span class="name">{text}</span></figcaption></figure>'
    )
    yield f'</div><p class="legend"><span>{say("legend")}</span>'
    for label, colour in legend_colours(profile):
        yield f'<span><i style="background:{colour}"></i>{escape(label)}</span>'
    yield "</p>"


def _facts(facts: Facts, rendered: Rendered | None, say: Say) -> Iterator[str]:
    yield f'<section><h2>{say("facts")}</h2><table class="facts">'
    for label, value in fact_rows(facts, rendered, say):
        yield f"<tr><th>{label}</th><td>{escape(value)}</td></tr>"
    yield "</table></section>"
    if facts.fonts:
        heads = ("font-name", "font-kind", "font-embedded", "font-pages")
        yield f"<section><h2>{say('fonts')}</h2><table><tr>"
        yield "".join(f"<th>{say(head)}</th>" for head in heads) + "</tr>"
        for row in font_rows(facts, say):
            yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        yield "</table></section>"
