"""The list of all house-style rules in docs/lint.md and docs/lint.ja.md, made from their files.

``python -m layout.source.lint_reference`` writes it anew between the two marks.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from layout.source.lint_model import Preset, Rule
from layout.source.lint_rules import house_presets

BEGIN: Final = "<!-- rules: begin -->"
END: Final = "<!-- rules: end -->"
PAGES: Final = {"ja": "docs/lint.ja.md", "en": "docs/lint.md"}
_HEADS: Final = {"ja": "| 規則 | 指摘 | 例 |", "en": "| Rule | What it says | Example |"}
_OPTIONAL: Final = {
    "ja": "リーフに `presets: [{name}]` と書いたときだけ使います。",
    "en": "Used only where the leaflet says `presets: [{name}]`.",
}
_NOTE: Final = {"ja": "（お知らせ）", "en": " (note)"}
_WORDS_SHOWN: Final = 6


def rules_list(lang: str) -> str:
    """All presets with their rules, in Markdown."""
    return "\n".join(line for preset in house_presets() for line in _preset(preset, lang)).rstrip()


def updated(document: str, lang: str) -> str:
    """The document with the list between the marks written anew."""
    head, rest = document.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n{rules_list(lang)}\n{END}{tail}"


def _preset(preset: Preset, lang: str) -> Iterator[str]:
    label = preset.label if lang == "ja" else preset.label_en
    yield from (f"### {label} — `{preset.name}`", "")
    if preset.optional:
        yield from (_OPTIONAL[lang].replace("{name}", preset.name), "")
    yield from (_HEADS[lang], "| --- | --- | --- |")
    yield from (_row(rule, lang) for rule in preset.rules)
    yield ""


def _row(rule: Rule, lang: str) -> str:
    """One rule: its message with dots for the values, the forms it knows, its first example."""
    said = re.sub(r"\{\w+\}", "…", rule.ja if lang == "ja" else rule.en)
    note = "" if rule.warning else _NOTE[lang]
    words = _words(rule)
    more = f"<br>{words}" if words else ""
    example = rule.bad[0]
    changed = f" → {example.after}" if example.after != example.before else ""
    shown = example.before + changed
    return f"| `{rule.id}` | {_cell(said)}{note}{more} | {_cell(shown)} |"


def _words(rule: Rule) -> str:
    """The first of the words that a rule of words knows."""
    groups = ["／".join(form.name for form in group) for group in rule.groups]
    wrong = [f"{each.find}→{each.to}" for each in rule.corrections if not each.pattern]
    shown = [each for each in (*groups, *wrong) if each]
    return _cell("、".join(shown[:_WORDS_SHOWN]) + (" …" if len(shown) > _WORDS_SHOWN else ""))


def _cell(text: str) -> str:
    visible = "".join(c if c.isprintable() or c == "\u3000" else f"U+{ord(c):04X}" for c in text)
    return visible.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;")


if __name__ == "__main__":
    for lang, name in PAGES.items():
        path = Path(name)
        path.write_text(updated(path.read_text("utf-8"), lang), encoding="utf-8")
