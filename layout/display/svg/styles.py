"""Which value every property of an element has: attributes, style sheets, inheritance.

Style sheets of drawings are simple: classes, types and ids, one inside another.
Rules with other selectors are for screens (``:hover``) and are passed over.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from layout.style.picture_error import PictureError
from layout.style.svg_file import SvgElement

INHERITED: Final = frozenset(
    (
        "fill", "fill-opacity", "fill-rule", "clip-rule", "stroke", "stroke-opacity",
        "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
        "stroke-dasharray", "stroke-dashoffset", "color", "visibility", "paint-order",
        "marker", "marker-start", "marker-mid", "marker-end",
    )
)  # fmt: skip

OWN: Final = frozenset(
    (
        "opacity", "display", "clip-path", "mask", "filter", "stop-color", "stop-opacity",
        "mix-blend-mode", "vector-effect", "overflow", "transform", "mask-type",
    )
)  # fmt: skip

_COMMENT: Final = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT_RULE: Final = re.compile(r"@[^;{}]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")
_SIMPLE: Final = re.compile(r"(\*|[\w-]+)?((?:[.#][\w-]+)*)")
_RULES_MOST: Final = 5000
_TRIES_MOST: Final = 1_000_000


class _Part(Struct, frozen=True):
    """One compound of a selector: a type, an id, classes."""

    name: str
    identity: str
    classes: frozenset[str]
    child: bool
    """Whether what stands before it is its parent, not just any element around it."""

    @property
    def key(self) -> str:
        """What an element must have to be meant: an id, else a class, else its type."""
        if self.identity:
            return "#" + self.identity
        if self.classes:
            return "." + min(self.classes)
        return "" if self.name == "*" else self.name

    def fits(self, element: SvgElement) -> bool:
        return (
            self.name in ("", "*", element.name)
            and (not self.identity or self.identity == element.get("id"))
            and self.classes <= set(element.get("class").split())
        )


class _Rule(Struct, frozen=True):
    """A selector, how specific it is, and what it says."""

    parts: tuple[_Part, ...]
    weight: tuple[int, int, int]
    values: Mapping[str, str]


class Styles:
    """The style sheets of one drawing."""

    def __init__(self, root: SvgElement) -> None:
        self._rules: list[_Rule] = []
        for element in root.walk():
            if element.name == "style":
                self._read(element.text)
        self._rules.sort(key=lambda rule: rule.weight)
        self._tried = 0
        self._places: dict[str, list[int]] = {}
        for place, rule in enumerate(self._rules):
            self._places.setdefault(rule.parts[-1].key, []).append(place)

    def _read(self, text: str) -> None:
        text = _AT_RULE.sub("", _COMMENT.sub("", text))
        for selectors, body in _RULE.findall(text):
            values = dict(_declarations(body))
            for selector in selectors.split(","):
                rule = _rule(selector.strip(), values)
                if rule is not None and len(self._rules) < _RULES_MOST:
                    self._rules.append(rule)

    def values(self, element: SvgElement, above: tuple[SvgElement, ...]) -> dict[str, str]:
        """What is said of an element itself; ``above`` are those around it, the outermost first."""
        known = INHERITED | OWN
        out = {key: text.strip() for key, text in element.attributes.items() if key in known}
        for place in self._candidates(element):
            self._tried += 1
            if self._tried > _TRIES_MOST:
                raise PictureError("image.too-complex")
            if _fits(self._rules[place].parts, element, above):
                out.update(self._rules[place].values)
        out.update(_declarations(element.get("style")))
        return {key: _unmarked(text) for key, text in out.items() if key in known}

    def _candidates(self, element: SvgElement) -> list[int]:
        """The rules that may mean an element, in their order."""
        if not self._rules:
            return []
        keys = {"", element.name, "#" + element.get("id")}
        keys.update("." + word for word in element.get("class").split())
        return sorted(place for key in keys for place in self._places.get(key, ()))


def inherit(own: Mapping[str, str], around: Mapping[str, str]) -> dict[str, str]:
    """The inherited properties of an element, from its own values and those around it."""
    out = dict(around)
    for key, value in own.items():
        if key == "marker":  # short for all three
            out.update({f"marker-{part}": value for part in ("start", "mid", "end")})
        elif key in INHERITED and value != "inherit":
            out[key] = value
    return out


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    for declaration in re.split(r";(?![^()]*\))", text):
        key, colon, value = declaration.partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _unmarked(text: str) -> str:
    return re.sub(r"\s*!\s*important\s*$", "", text)


def _rule(selector: str, values: Mapping[str, str]) -> _Rule | None:
    parts: list[_Part] = []
    child = False
    for word in re.sub(r"\s*>\s*", " > ", selector).split():
        if word == ">":
            child = True
            continue
        found = _SIMPLE.fullmatch(word)
        if found is None:
            return None
        marks = re.findall(r"[.#][\w-]+", found[2])
        classes = frozenset(mark[1:] for mark in marks if mark[0] == ".")
        identities = [mark[1:] for mark in marks if mark[0] == "#"]
        parts.append(_Part(found[1] or "", "".join(identities[:1]), classes, child))
        child = False
    if not parts:
        return None
    weight = (
        sum(bool(part.identity) for part in parts),
        sum(len(part.classes) for part in parts),
        sum(part.name not in ("", "*") for part in parts),
    )
    return _Rule(tuple(parts), weight, values)


def _fits(parts: tuple[_Part, ...], element: SvgElement, above: tuple[SvgElement, ...]) -> bool:
    """Whether a selector means an element; places are counted down from the outermost."""
    if not parts[-1].fits(element):
        return False
    reached = {len(above)}
    child = parts[-1].child
    for part in reversed(parts[:-1]):
        lowest = max(reached)
        reached = {
            place
            for place, around in enumerate(above)
            if (place + 1 in reached if child else place < lowest) and part.fits(around)
        }
        if not reached:
            return False
        child = part.child
    return True
