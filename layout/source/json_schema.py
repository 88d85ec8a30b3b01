"""The key tables as JSON Schema draft-07, with which editors complete and explain.

python -m layout.source.json_schema docs/schema
"""

import json
import sys
from pathlib import Path
from typing import Any

from layout.source.leaflet_keys import BLOCKS, COMMON, LEAFLET
from layout.source.lint_keys import RULES
from layout.source.local_keys import LOCAL_EDITIONS
from layout.source.profile_keys import PROFILE
from layout.source.schema import (
    UNITS,
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
_LENGTH_PATTERN = "^[-+]?[0-9]+(\\.[0-9]+)? ?(" + "|".join((*UNITS, "em", "級", "歯")) + ")$"
_FLAGS = ["yes", "no", "on", "off", "はい", "いいえ"]


def leaflet_schema() -> Json:
    """The schema of a leaflet."""
    return _document("leaflet.schema.json", "リーフ（bira: 1）", LEAFLET) | {
        "definitions": {"blocks": {"type": "array", "items": _block()}}
    }


def style_schema() -> Json:
    """The schema of a style sheet."""
    return _document("style.schema.json", "様式（bira-style: 1）", SHEET)


def profile_schema() -> Json:
    """The schema of a print shop's profile."""
    return _document("profile.schema.json", "印刷所の設定（bira-profile: 1）", PROFILE)


def lint_schema() -> Json:
    """The schema of a file of house-style rules."""
    return _document("lint.schema.json", "表記の規則（bira-lint: 1）", RULES)


def editions_schema() -> Json:
    """The schema of a leaflet's local editions."""
    return _document("editions.schema.json", "版の一覧（bira-editions: 1）", LOCAL_EDITIONS)


def write_schemas(folder: Path) -> None:
    """Write all schemas into a folder."""
    schemas = {
        "leaflet": leaflet_schema,
        "style": style_schema,
        "profile": profile_schema,
        "lint": lint_schema,
        "editions": editions_schema,
    }
    for name, make in schemas.items():
        schema = make()
        text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")


def _document(name: str, title: str, table: Table) -> Json:
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "$id": name, "title": title}
    return head | _table(table)


def _table(table: Table) -> Json:
    other = False if table.other is None else _kind(table.other)
    if table.other_ja:
        other = {"description": f"{table.other_ja}\n{table.other_en}", "allOf": [other]}
    found: Json = {
        "type": "object",
        "properties": {key.name: _described(key) for key in table.keys},
        "additionalProperties": other,
    }
    required = [key.name for key in table.keys if key.required]
    if required:
        found["required"] = required
    if table.one_of:
        found["oneOf"] = [{"required": [name]} for name in table.one_of]
    return found


def _described(key: Key) -> Json:
    kind = _kind(key.kind)
    described = {"description": f"{key.ja}\n{key.en}"}
    # Beside $ref draft-07 reads nothing.
    return described | ({"allOf": [kind]} if "$ref" in kind else kind)


def _block() -> Json:
    table = Table("block", BLOCKS.keys + COMMON, one_of=tuple(k.name for k in BLOCKS.keys))
    return {"anyOf": [_table(table), {"const": "rule"}]}


def _kind(kind: Kind) -> Json:
    match kind:
        case Words():
            # An optional key may be left empty.
            return {"type": [*_TEXT["type"], "null"]}
        case Choice(words):
            return {"enum": [*words, *(int(w) for w in words if w.isdigit())]}
        case Whole(least, most, words):
            number = {"type": "integer", "minimum": least, "maximum": most}
            return {"anyOf": [number, {"enum": list(words)}]} if words else number
        case Number(least, most):
            return {"type": "number", "minimum": least, "maximum": most}
        case Length(words, share):
            bare: Json = {"type": "number", "exclusiveMinimum": 0} if share else {"const": 0}
            enum = [{"enum": list(words)}] if words else []
            return {"anyOf": [{"type": "string", "pattern": _LENGTH_PATTERN}, bare, *enum]}
        case Flag():
            return {"anyOf": [{"type": "boolean"}, {"enum": _FLAGS}]}
        case Day():
            return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
        case Nothing():
            return {"type": "null"}
        case Anything():
            return {}
    return _collection(kind)


def _collection(kind: Kind) -> Json:
    match kind:
        case Many(inner, least, most):
            bounds: Json = {"minItems": least} if least else {}
            bounds |= {"maxItems": most} if most == least else {}
            return {"type": "array", "items": _kind(inner)} | bounds
        case Blocks():
            return {"anyOf": [{"$ref": "#/definitions/blocks"}, {"type": "null"}]}
        case Fields(table):
            return _table(table)
        case Named(inner):
            return {"type": "object", "additionalProperties": _kind(inner)}
        case Either(kinds):
            return {"anyOf": [_kind(each) for each in kinds]}
    raise AssertionError(kind)


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/schema"))
