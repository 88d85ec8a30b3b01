"""The key tables as JSON Schema draft-07, with which editors complete and explain.

python -m layout.source.json_schema docs/schema
"""

import json
import re
import sys
from pathlib import Path
from typing import Any, Final

from layout.source.config import CONFIG
from layout.source.leaflet_keys import BLOCKS, COMMON, LEAFLET
from layout.source.lint_keys import RULES
from layout.source.local_keys import LOCAL_EDITIONS
from layout.source.profile_keys import PROFILE
from layout.source.schema import (
    FLAGS,
    NAME_MOST,
    UNIT_WORDS,
    Anything,
    Blocks,
    Choice,
    Day,
    Either,
    Fields,
    Flag,
    Key,
    Kind,
    Length,
    Many,
    Named,
    Nothing,
    Number,
    Table,
    Whole,
    Words,
)
from layout.source.sheet_keys import SHEET

Json = dict[str, Any]

# What is typed without quotes may look like a number to the editor; to us it is text.
_TEXT: Json = {"type": ["string", "number", "boolean"]}
_MEASURE = "[-+]?[0-9]{1,9}(\\.[0-9]{1,9})?"
_ZERO = "[-+]?0+(\\.0+)?"
_DAY = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
# ASCII signs that a name of one's own cannot have; of the letters of the world Python decides.
_NO_NAME = "\\s!-,./:-@\\[-^`{-~"
_NAME = f"^[^{_NO_NAME}]*[^{_NO_NAME}_-][^{_NO_NAME}]*$"
_NOTHING: Json = {"type": "null"}


def leaflet_schema() -> Json:
    """The schema of a leaflet."""
    return _document("leaflet", "リーフ（bira: 1）", LEAFLET)


def style_schema() -> Json:
    """The schema of a style sheet."""
    return _document("style", "様式（bira-style: 1）", SHEET)


def profile_schema() -> Json:
    """The schema of a print shop's profile."""
    return _document("profile", "印刷所の設定（bira-profile: 1）", PROFILE)


def lint_schema() -> Json:
    """The schema of a file of house-style rules."""
    return _document("lint", "表記の規則（bira-lint: 1）", RULES)


def editions_schema() -> Json:
    """The schema of a leaflet's local editions."""
    return _document("editions", "版の一覧（bira-editions: 1）", LOCAL_EDITIONS)


def config_schema() -> Json:
    """The schema of ``bira.yaml``."""
    return _document("config", "全体の設定（bira-config: 1）", CONFIG)


SCHEMAS: Final = {
    "leaflet": leaflet_schema,
    "style": style_schema,
    "profile": profile_schema,
    "lint": lint_schema,
    "editions": editions_schema,
    "config": config_schema,
}


def write_schemas(folder: Path) -> None:
    """Write all schemas into a folder."""
    for name, make in SCHEMAS.items():
        text = json.dumps(make(), ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")


def _document(name: str, title: str, table: Table) -> Json:
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "$id": f"{name}.schema.json"}
    found: Json = head | {"title": title} | _table(table)
    if table is LEAFLET:
        found["definitions"] = {"blocks": {"type": "array", "items": _block()}}
    return found


def _table(table: Table) -> Json:
    other: Json | bool = False
    if table.other is not None:
        other = _optional(table.other) | _said(table.other_ja, table.other_en)
    found: Json = {
        "type": "object",
        "properties": {key.name: _described(key, table) for key in table.keys},
        "additionalProperties": other,
    }
    required = [key.name for key in table.keys if key.required]
    if required:
        found["required"] = required
    if table.one_of:
        found["oneOf"] = [{"required": [name]} for name in table.one_of]
    return found


def _described(key: Key, table: Table) -> Json:
    needed = key.required or key.name in table.one_of
    kind = _needed(key.kind) if needed else _optional(key.kind)
    return _said(key.ja, key.en) | kind


def _said(ja: str, en: str) -> Json:
    """The first clause as a title, all of it as a description, English under the Japanese."""
    title = re.sub("（[^（）]*）$", "", re.split("[。：]", ja)[0])
    return {"title": title, "description": f"{ja}\n{en}"}


def _block() -> Json:
    table = Table("block", BLOCKS.keys + COMMON, one_of=tuple(k.name for k in BLOCKS.keys))
    return {"anyOf": [_table(table), {"const": "rule"}]}


def _optional(kind: Kind) -> Json:
    """A key that may be typed with nothing behind it."""
    found = _kind(kind)
    match found:
        case {"anyOf": kinds}:
            return found if _NOTHING in kinds else {"anyOf": [*kinds, _NOTHING]}
        case {"enum": words}:
            return {"enum": [*words, None]}
        case {"type": str(name)}:
            return found if name == "null" else found | {"type": [name, "null"]}
        case {"type": names}:
            return found if "null" in names else found | {"type": [*names, "null"]}
        case {"$ref": _}:
            return {"anyOf": [found, _NOTHING]}
    return found


def _needed(kind: Kind) -> Json:
    """A key that must be followed by something."""
    match kind:
        case Words():
            return _TEXT | {"pattern": kind.pattern or "\\S"}
        case Either(kinds):
            return {"anyOf": [_needed(each) for each in kinds]}
        case Blocks():
            return {"anyOf": [_kind(kind)]}  # beside $ref draft-07 reads nothing
    return _kind(kind)


def _kind(kind: Kind) -> Json:
    match kind:
        case Words():
            pattern = {"pattern": f"^$|{kind.pattern}"} if kind.pattern else {}
            return {"type": [*_TEXT["type"], "null"]} | pattern
        case Choice(words):
            return {"enum": [*words, *(int(w) for w in words if w.isdigit())]}
        case Whole(least, most, words):
            # Between quotes it is text to the editor, and a number to us.
            bounds = {"minimum": least, "maximum": most, "pattern": "^[-+]?[0-9]{1,9}$"}
            number = {"type": ["integer", "string"]} | bounds
            return {"anyOf": [number, {"enum": list(words)}]} if words else number
        case Number(least, most):
            bounds = {"minimum": least, "maximum": most, "pattern": f"^{_MEASURE}%?$"}
            return {"type": ["number", "string"]} | bounds
        case Length(words, share):
            return _length(words, share)
        case Flag():
            typed = {"type": "string", "pattern": _either_case(*FLAGS)}
            return {"anyOf": [{"type": "boolean"}, {"enum": list(FLAGS)}, typed]}
        case Day():
            return {"type": "string", "pattern": _DAY, "format": "date"}
        case Nothing():
            return {"enum": [None, ""]}
        case Anything():
            return {}
    return _collection(kind)


def _length(words: tuple[str, ...], share: bool) -> Json:
    """A length is text because of its unit; 0 and shares are numbers."""
    units = "|".join(UNIT_WORDS)
    bare: Json = {"type": "number", "exclusiveMinimum": 0} if share else {"const": 0}
    pattern = f"^({_MEASURE} ?({units})|{_MEASURE if share else _ZERO})$"
    enum = [{"enum": list(words)}] if words else []
    return {"anyOf": [{"type": "string", "pattern": pattern}, bare, *enum]}


def _collection(kind: Kind) -> Json:
    match kind:
        case Many(inner, least, most):
            bounds: Json = {"minItems": least} if least else {}
            bounds |= {"maxItems": most} if most == least else {}
            return {"type": "array", "items": _kind(inner)} | bounds
        case Blocks():
            return {"$ref": "#/definitions/blocks"}
        case Fields(table):
            return _table(table)
        case Named(inner, free):
            named: Json = {"type": "object", "additionalProperties": _kind(inner)}
            named |= {} if free else {"propertyNames": _names(kind.taken)}
            return named | ({"minProperties": 1} if kind.taken else {})
        case Either(kinds):
            return {"anyOf": [_kind(each) for each in kinds]}
    raise AssertionError(kind)


def _names(taken: tuple[str, ...]) -> Json:
    """What names of one's own must be like."""
    found: Json = {"pattern": _NAME}
    if taken:
        found |= {"maxLength": NAME_MOST, "not": {"pattern": _either_case(*taken)}}
    return found


def _either_case(*words: str) -> str:
    """A pattern of words in large or small letters."""
    alike = ("".join(f"[{c.upper()}{c}]" if c.upper() != c else c for c in w) for w in words)
    return f"^({'|'.join(alike)})$"


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/schema"))
