"""The ledger of PDF/UA-1: every failure condition of the Matterhorn Protocol 1.1, and who judges it.

``python -m tests.accessible.ledger docs/conformance/pdfua1.md`` writes it.  The conditions
are told in our words; what a machine can judge has the codes of our findings, and the broken
files that prove them.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.accessible.making import CASES

HEAD = """# PDF/UA-1 (ISO 14289-1:2014)

What the Matterhorn Protocol 1.1 asks of an accessible file, checkpoint by checkpoint, in our words: its 31
checkpoints with every failure condition under its own number. **M** is judged by a machine, here by
`python build.py check FILE.pdf --profile pdfua` (`layout/preflight/accessible/`) for files of any
producer; **H** needs a person. The proof of a machine's condition is a deliberately broken file that gives
exactly this finding (`tests/accessible/broken_*.py`), made from a file of another producer (Typst) which
passes; its titles stand in the last column. A test keeps this page current.

Some findings go further than the Protocol: where ISO 32000-1 or ISO 14289-1 ask for something that it does
not list, the row has a number ending in `+`.
"""

TAIL = """
## What is not judged

- Fonts and text in the appearance of annotations: only what pages paint is read.
- 26-001 has no broken file, because no program at hand opens a file that is locked without saying what is
  permitted; the check is there.
- Content outside of every clip is not painted and not judged, though it is in the file.
- A structure tree says what is read, not whether it is said well: reading order, alternative text and
  language are a person's to judge. `reading_text` gives the text as the structure alone tells it.

## PDF/A-2 (ISO 19005-2:2011)

A file that claims PDF/A-2, or any with `--profile pdfa`, is judged by these as well. Structure, language and
fonts are those above.

| Finding | What it asks | Broken file |
| --- | --- | --- |
"""

Row = tuple[str, str, str, str]
"""Number, M or H, the condition in our words, codes of findings."""

TABLE = """
01 Real content is tagged
01-001 H What is only ornament is tagged as content.
01-002 H Content is marked as an ornament (artifact).
01-003 M An artifact lies inside tagged content. ua.01.artifact-inside
01-004 M Tagged content lies inside an artifact. ua.01.inside-artifact
01-005 M Something is painted that is neither tagged nor an artifact. ua.01.untagged ua.01.unclaimed
01-006 H Types and attributes of elements do not fit what they hold.
01-007 M The file says that its tags are suspect. ua.01.suspects
01-0+ M There is a structure tree and Marked is true (ISO 14289-1, 7.1). ua.01.no-tree ua.01.not-marked
01-1+ M Tree, marked content and parent tree agree, both ways (ISO 32000-1, 14.7). ua.01.mcid-twice ua.01.mcid-shared ua.01.mcid-missing ua.01.parent-tree ua.01.struct-parents ua.01.tree-broken ua.01.tree-parent ua.01.tree-shared
01-2+ M Marked content begins and ends in step (ISO 32000-1, 14.6). ua.01.unbalanced
02 Roles of tags
02-001 M A tag of one's own leads to no standard one. ua.02.unknown
02-002 H It leads to one that does not fit.
02-003 M Roles lead in a circle. ua.02.circular
02-004 M A standard tag is given another role. ua.02.standard
03 Flickering
03-001 H An action makes the page flicker.
03-002 H A film flickers.
03-003 H A script makes the page flicker.
04 Colour and contrast
04-001 H Colour, contrast or place say something that the tags do not.
05 Sound
05-001 H Sound of a film is in no other form.
05-002 H A recording is in no other form.
05-003 H A script beeps and tells it in no other way.
06 Metadata
06-001 M There are no metadata (XMP). ua.06.missing ua.06.broken
06-002 M They do not name PDF/UA-1. ua.06.identifier ua.06.prefix
06-003 M They have no title. ua.06.title
06-004 H The title does not tell the document from others.
07 Display
07-001 M Nothing says that the window shows the title. ua.07.missing
07-002 M The window shows the file's name. ua.07.false
08 Text recognition
08-001 H Recognised text is full of errors.
08-002 H Recognised text is not tagged.
09 Fitting tags
09-001 H The order of tags is not that of reading.
09-002 H Elements lie in one another in ways without sense.
09-003 H The type of an element does not fit.
09-004 M Parts of a table are nested wrongly. ua.09.table ua.09.table-parts ua.09.caption
09-005 M Parts of a list are nested wrongly. ua.09.list ua.09.caption
09-006 M Parts of a table of contents are nested wrongly. ua.09.toc
09-007 M Parts of a ruby are nested wrongly. ua.09.ruby ua.09.ruby-order
09-008 M Parts of a warichu are nested wrongly. ua.09.warichu ua.09.warichu-order
10 Characters
10-001 M A code says no character. ua.10.unicode ua.31.unicode
11 Language
11-001 M The language of text is not known. ua.11.text
11-002 M The language of words that stand for something is not known. ua.11.alt
11-003 M The language of bookmarks is not known. ua.11.outline
11-004 M The language of annotations' words is not known. ua.11.contents
11-005 M The language of fields' prompts is not known. ua.11.field
11-006 M The language of the metadata is not known. ua.11.metadata
11-007 H The language is not the right one.
11-0+ M A language is named as RFC 3066 has it (ISO 32000-1, 14.9.2). ua.11.tag
12 Stretched characters
12-001 H Characters of several pieces are not told as one.
13 Graphics
13-001 H A picture is not tagged as a figure.
13-002 H A link on a telling background says only one of the two.
13-003 H A caption is not tagged as one.
13-004 M A figure has neither alternative nor replacement text. ua.13.alt
13-005 H Replacement text stands where an alternative would be right.
13-006 H Parts of one picture are figures of their own.
13-007 H Something easier to read could have been used.
13-008 H A picture of text has no replacement text.
13-0+ M A figure says where it is (ISO 32000-1, 14.8.5.4.3). ua.13.box
14 Headings
14-001 H Headings are not tagged.
14-002 M The first heading is not H1. ua.14.first
14-003 M A level is skipped on the way down. ua.14.skipped
14-004 H Levels are counted in another way.
14-005 H A heading of the seventh level is not H7.
14-006 M A node has two H. ua.14.several
14-007 M H and H1 … are mixed. ua.14.mixed
15 Tables
15-001 H A row's header is not tagged as one.
15-002 H A column's header is not tagged as one.
15-003 M A header cell says not what it heads, and no cell names it. ua.15.scope
15-004 H What is no table is tagged as one.
15-005 H The headers of a cell cannot be told for certain.
15-0+ M Rows are of one length, spans counted; named headers exist (ISO 14289-1, 7.5). ua.15.grid ua.15.headers
16 Lists
16-001 H An ordered list does not say how it counts. ua.16.numbering
16-002 H It says something else than it does.
16-003 H A list is not tagged as one.
17 Formulas
17-001 H A formula is not tagged as one.
17-002 M A formula has no alternative text. ua.17.alt
17-003 M Its characters are not known. ua.10.unicode ua.31.unicode
18 Running heads
18-001 H Running heads are no artifacts of pagination.
18-002 H They are not told to be header or footer.
19 Notes and references
19-001 H A note is not tagged as one.
19-002 H A reference is not tagged as one.
19-003 M A note has no ID. ua.19.id
19-004 M Two notes have one ID. ua.19.id-twice
20 Layers
20-001 M One of the settings has no name. ua.20.config-name
20-002 M The usual setting has no name. ua.20.name
20-003 M Layers switch by themselves. ua.20.automatic
21 Attached files
21-001 M An attached file lacks one of its two names. ua.21.names
22 Article threads
22-001 H Threads go another way than reading.
23 Signatures
23-001 H Nothing of its own: signatures are fields (28).
24 Printed forms
24-001 H Fields for pen and paper are not told to be some (PrintField).
25 XFA
25-001 M The form makes its pages anew. ua.25.dynamic
26 Locks
26-001 M A locked file does not say what is permitted. ua.26.missing
26-002 M It keeps screen readers out. ua.26.refused
27 Navigation
27-001 H Nothing of its own: bookmarks and page labels fit the document.
28 Annotations
28-001 H An annotation is not in its place in the reading order.
28-002 M An annotation is not held by Annot. ua.28.annotation
28-003 H An annotation that is only to look at is not told so.
28-004 M An annotation says nothing of itself. ua.28.contents
28-005 M A field says nothing of itself. ua.28.field
28-006 M An annotation of an unknown kind is not held by Annot. ua.28.unknown
28-007 M There is a trap network. ua.28.trapnet
28-008 M A page with annotations does not say how the tab key goes. ua.28.tabs-missing
28-009 M The tab key does not follow the structure. ua.28.tabs
28-010 M A field is not held by Form. ua.28.form
28-011 M A link is not held by Link. ua.28.link
28-012 M A link does not say where it leads. ua.28.link-contents
28-013 H A map on the server has no other way in.
28-014 M A film or sound does not say of what kind it is. ua.28.media-type
28-015 M A film or sound has no alternative text. ua.28.media-alt
28-016 M A file attached to the page lacks one of its two names. ua.28.attachment
28-017 M A printer's mark is in the structure. ua.28.printer-mark
28-018 M What it paints is no artifact. ua.28.printer-mark-content
28-0+ M The way from an annotation to its element is there (ISO 32000-1, 14.7.4.4). ua.28.way-back
29 Actions
29-001 H A script wants keys to be hit in time.
30 XObjects
30-001 M A page of another file is called in. ua.30.reference
30-002 M A form with tagged content is painted twice. ua.30.form-twice
31 Fonts
31-001 M CMap and CIDFont are of two registries. ua.31.registry
31-002 M They are of two collections. ua.31.ordering
31-003 M The CIDFont's collection is older than the CMap's. ua.31.supplement
31-004 M The table from CIDs to glyphs is none. ua.31.cid-map
31-005 M There is no table from CIDs to glyphs. ua.31.cid-map-missing
31-006 M A CMap is neither well known nor embedded. ua.31.cmap
31-007 M A CMap says two things of its writing mode. ua.31.writing-mode
31-008 M A CMap relies on one that is not well known. ua.31.cmap-used
31-009 M A font is not embedded. ua.31.embedded
31-010 H A font is embedded that must not be.
31-011 M The font lacks letters that are shown. ua.31.glyphs ua.31.broken
31-012 M The list of a Type 1 font's glyphs lacks some. ua.31.char-set
31-013 M It names glyphs that are not there. ua.31.char-set-more
31-014 M The list of a CID font's characters lacks some. ua.31.cid-set
31-015 M It names characters that are not there. ua.31.cid-set-more
31-016 M Widths differ from the font's own. ua.31.widths
31-017 M A plain TrueType font has no map for plain letters. ua.31.no-map
31-018 M A letter is in none of its maps. ua.31.lookup
31-019 M A plain TrueType font has no encoding. ua.31.encoding-missing
31-020 M Its encoding is based on nothing. ua.31.encoding-base
31-021 M Its encoding is none of the two allowed. ua.31.encoding
31-022 M A glyph has a name that nobody knows. ua.31.glyph-names
31-023 M It has differences, but no Unicode map. ua.31.unicode-map
31-024 M A TrueType font of symbols has an encoding. ua.31.symbolic-encoding
31-025 M A TrueType font of symbols has no map. ua.31.symbolic-no-map
31-026 M It has several maps, and none for symbols. ua.31.symbolic-maps
31-027 M A font does not say what its letters are. ua.31.unicode
31-028 M A letter has the number 0. ua.31.unicode-zero
31-029 M A letter is U+FEFF or U+FFFE. ua.31.unicode-mark
31-030 M The glyph for missing letters is shown. ua.31.notdef
"""

ARCHIVE = {
    "pdfa.claim": "The metadata name part 2 and a level.",
    "pdfa.header": "The version first, then bytes that are no text.",
    "pdfa.id": "The trailer has an ID.",
    "pdfa.encrypted": "No lock.",
    "pdfa.trailing": "Nothing behind the end.",
    "pdfa.damaged": "Tables and lengths of streams are right.",
    "pdfa.external": "No stream in another file.",
    "pdfa.filter": "No LZW, nothing that is not known for good.",
    "pdfa.catalog": "No requirements, presentations, permissions of other kinds.",
    "pdfa.attachment": "What is attached is PDF/A.",
    "pdfa.xmp-head": "The packet's head has no bytes or encoding.",
    "pdfa.xmp-packed": "Metadata that every tool can read (a warning).",
    "pdfa.extension": "Entries of one's own are described in an extension schema.",
    "pdfa.info-differs": "Document information says what the metadata say (a warning).",
    "pdfa.intent-several": "One profile for all output intents.",
    "pdfa.intent-profile": "It is a sound one.",
    "pdfa.colour": "Device colours are those of the intent, or of a default space.",
    "pdfa.transparency": "Blending has a colour space.",
    "pdfa.blend": "It is of a known kind.",
    "pdfa.interpolate": "No picture asks to be smoothed.",
    "pdfa.alternates": "No picture has another in its place.",
    "pdfa.postscript": "No PostScript.",
    "pdfa.rendering-intent": "Rendering intents are known ones.",
    "pdfa.state": "No curves and screens of a device.",
    "pdfa.operator": "Every operator is known.",
    "pdfa.resource": "Everything that is named is there.",
    "pdfa.action": "Actions lead to places and do nothing else.",
    "pdfa.additional": "Nothing runs by opening or closing.",
    "pdfa.annotation": "Annotations are of lasting kinds.",
    "pdfa.annotation-flags": "They are shown and printed.",
    "pdfa.annotation-look": "They have one look, in the file.",
    "pdfa.form": "Fields are drawn in the file, without programs.",
    "pdfa.private": "Letters of private use have words that stand for them (level A).",
}


def conditions() -> Iterator[tuple[str, list[Row]]]:
    """Checkpoints with their conditions."""
    rows: list[Row] = []
    title = ""
    for line in TABLE.strip().splitlines():
        number, rest = line.split(" ", 1)
        if "-" not in number:
            if title:
                yield title, rows
            title, rows = line, []
            continue
        how, words = rest.split(" ", 1)
        parts = words.split(" ")
        codes = [part for part in parts if part.startswith("ua.")]
        said = " ".join(part for part in parts if not part.startswith("ua."))
        rows.append((number, how, said, " ".join(codes)))
    yield title, rows


def ledger() -> str:
    """The whole page."""
    lines = [HEAD]
    for title, rows in conditions():
        lines += [f"## {title}", "", "| Condition | By | Fails when | Finding | Broken file |"]
        lines += ["| --- | --- | --- | --- | --- |"]
        for number, how, said, codes in rows:
            found = "<br>".join(f"`{code}`" for code in codes.split())
            proof = "<br>".join(title for code in codes.split() for title in titles(code))
            lines.append(f"| {number} | {how} | {said} | {found or '—'} | {proof or '—'} |")
        lines.append("")
    archive = [
        f"| `{code}` | {said} | {'<br>'.join(titles(code))} |" for code, said in ARCHIVE.items()
    ]
    return "\n".join(lines) + TAIL + "\n".join(archive) + "\n"


def titles(code: str) -> list[str]:
    return [case.title for case in CASES if case.code == code]


def load_cases() -> None:
    """Read every catalogue of broken files."""
    for module in sorted(Path(__file__).parent.glob("broken_*.py")):
        importlib.import_module(f"tests.accessible.{module.stem}")


if __name__ == "__main__":
    load_cases()
    Path(sys.argv[1]).write_text(ledger(), "utf-8")
