"""What the head of the page says: description, Open Graph, meetings as JSON-LD."""

import json
import re
import unicodedata
from html import escape
from typing import Any, Final

from layout.source.model import Leaflet
from layout.structure.model import Element, Words, text_of, walk

_DESCRIPTION_MOST: Final = 120
_FIRST: Final = 6  # paragraphs of which the longest describes a leaflet without a lead
_TIMES: Final = re.compile(r"([0-2]?[0-9])(?:時(?:([0-5]?[0-9])分|(半))?|:([0-5][0-9]))")
_PLACES: Final = ("会場", "場所", "ところ", "集合", "place", "venue", "where")
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def plain(element: Element) -> str:
    """What an element says, without readings, in one line."""
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, Words):
            parts.append(child.text)
        elif child.tag == "Break":
            parts.append(" ")
        elif child.tag != "RT":
            parts.append(plain(child))
    return "".join(parts)


def description(leaflet: Leaflet, tree: Element) -> str:
    """The lead, or else the beginning of the text, at most 120 characters."""
    found = [e for e in walk(tree) if e.tag == "P" and e.role in ("lead", "text")]
    leads = [e for e in found if e.role == "lead"]
    if leaflet.web.description:
        return leaflet.web.description
    first = leads[0] if leads else max(found[:_FIRST], key=_length, default=tree)
    text = " ".join(plain(first).split()) if found else ""
    if len(text) <= _DESCRIPTION_MOST:
        return text or leaflet.title
    cut = text[: _DESCRIPTION_MOST - 1]
    stop = cut.rfind("。")
    return cut[: stop + 1] if stop > _DESCRIPTION_MOST // 3 else cut + "…"


def _length(element: Element) -> int:
    return len(text_of(element))


def head(leaflet: Leaflet, tree: Element) -> str:
    """The elements of the head but charset, viewport and style."""
    said = escape(description(leaflet, tree))
    title, language = escape(leaflet.title), leaflet.language.replace("-", "_")
    locale = "ja_JP" if language == "ja" else language
    parts = [
        f"<title>{title}</title>",
        f'<meta name="description" content="{said}">',
        f'<meta property="og:title" content="{title}">',
        f'<meta property="og:description" content="{said}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:locale" content="{escape(locale)}">',
    ]
    if leaflet.author:
        author = escape(leaflet.author)
        parts.insert(2, f'<meta name="author" content="{author}">')
        parts.append(f'<meta property="og:site_name" content="{author}">')
    if leaflet.web.url:
        parts += _address(leaflet)
    for event in _events(leaflet, tree):
        held = json.dumps(event, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
        parts.append(f'<script type="application/ld+json">{held}</script>')
    return "\n".join(parts)


def _address(leaflet: Leaflet) -> list[str]:
    """Where the page is, and the picture beside it that social media show."""
    url = leaflet.web.url
    folder = url[: url.rfind("/") + 1] if url.count("/") > 2 else f"{url}/"
    images = [image.name for image in leaflet.web.images or ()] or ["wide"]
    picture = f"{folder}{leaflet.name}-{'wide' if 'wide' in images else images[0]}.png"
    return [
        f'<link rel="canonical" href="{escape(url)}">',
        f'<meta property="og:url" content="{escape(url)}">',
        f'<meta property="og:image" content="{escape(picture)}">',
        '<meta name="twitter:card" content="summary_large_image">',
    ]


# --- meetings ---------------------------------------------------------------------------


def _events(leaflet: Leaflet, tree: Element) -> list[dict[str, Any]]:
    """Meetings whose day is a fact: schema.org Event."""
    found = []
    for element in walk(tree):
        if element.role == "event":
            made = _event(leaflet, element)
            if made is not None:
                found.append(made)
    return found


def _event(leaflet: Leaflet, element: Element) -> dict[str, Any] | None:
    name, pairs = "", list[tuple[str, str]]()
    for part in walk(element):
        if part.tag.startswith("H") and not name:
            name = plain(part)
        elif part.tag == "LI":
            term, body = (plain(c).strip() for c in part.children if isinstance(c, Element))
            pairs.append((term, body))
    said = [name, *(value for _, value in pairs)]
    day, where = _day(leaflet, said)
    if not day:
        return None
    times = _times(where)
    event: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": leaflet.title if where == name else name,
        "startDate": f"{day}T{times[0]}+09:00" if times else day,
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
    }
    if len(times) > 1:
        event["endDate"] = f"{day}T{times[1]}+09:00"
    place = next((value for term, value in pairs if term in _PLACES), "")
    if place:
        event["location"] = {"@type": "Place", "name": place, "address": place}
    if leaflet.author:
        event["organizer"] = {"@type": "Organization", "name": leaflet.author}
    return event


def _day(leaflet: Leaflet, texts: list[str]) -> tuple[str, str]:
    """The first day of a fact that is said, as ISO 8601, and the text that says it."""
    for text in texts:
        for fact in leaflet.facts.values():
            if fact.kind != "date" or not (iso := _iso(fact.values)):
                continue
            shown = (fact.values.get(key, "") for key in ("full", "long", "short", ""))
            if any(value and value in text for value in shown):
                return iso, text
    return "", ""


def _iso(values: dict[str, str]) -> str:
    found = next((v for v in values.values() if _DATE.fullmatch(v)), "")
    return found


def _times(text: str) -> list[str]:
    """Times of day in a text, at most two."""
    plainly = unicodedata.normalize("NFKC", text)
    found = []
    for hour, minute, half, colon in _TIMES.findall(plainly):
        found.append(f"{int(hour):02}:{30 if half else int(minute or colon or 0):02}:00")
    return found[:2]
