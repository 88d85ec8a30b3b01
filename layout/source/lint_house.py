"""The house style of one leaflet: the rules that it is checked by, and what it silences."""

from collections.abc import Iterator
from pathlib import Path

from layout.diagnostics import Reporter, Span
from layout.source.lint_model import EVERYTHING, HouseStyle, Preset, Rule, Silence
from layout.source.lint_rules import house_presets, read_rules
from layout.source.lint_wishes import placed
from layout.source.model import Block, Common, Leaflet, Text
from layout.source.suggest import suggest

FOLDER = "lint"
"""Where rule files of one's own are: beside the leaflet, or beside the styles."""


def house_style(leaflet: Leaflet, styles: Path, reporter: Reporter) -> HouseStyle:
    """The rules for this leaflet.

    They are our presets, the optional ones it asks for, the file of its style's
    name in ``styles/lint/``, and its own files; of two rules with one name the
    later holds.  Unknown names and faults in files are reported as warnings.
    """
    wishes = leaflet.lint
    presets = {preset.name: preset for preset in house_presets()}
    wanted = {name for name, _ in wishes.presets}
    used = [preset for preset in presets.values() if not preset.optional or preset.name in wanted]
    for name, span in wishes.presets:
        _check_name("lint.unknown-preset", name, span, list(presets), reporter)
    own = list(_own_files(leaflet, styles, reporter))
    used += own
    rules = {rule.id: rule for preset in used for rule in preset.rules}
    known = [EVERYTHING, *_names([*presets.values(), *used])]
    silences = (*wishes.silences, *_silences_of_blocks(leaflet))
    for silence in silences:
        _check_name("lint.unknown-rule", silence.name, silence.span, known, reporter)
        if not silence.reason:
            reporter.warning("lint.no-reason", silence.span, name=silence.name)
    silences = tuple(silence for silence in silences if silence.name in known)
    chosen = tuple(
        (rule, form)
        for rule, form, span in wishes.choose
        if _can_choose(rule, form, span, rules, reporter)
    )
    tried = tuple(rule for preset in own for rule in preset.rules)
    return HouseStyle(tuple(rules.values()), chosen, silences, tried)


def _names(presets: list[Preset]) -> list[str]:
    names = {preset.name for preset in presets}
    return sorted(names | {rule.id for preset in presets for rule in preset.rules})


def _check_name(code: str, name: str, span: Span, known: list[str], reporter: Reporter) -> None:
    if name not in known:
        reporter.warning(code, span, name=name, suggestion=suggest(name, known))


def _can_choose(
    name: str, form: str, span: Span, rules: dict[str, Rule], reporter: Reporter
) -> bool:
    """Whether a rule has the form that was chosen for it."""
    rule = rules.get(name)
    if rule is None or not rule.groups:
        known = [rule.id for rule in rules.values() if rule.groups]
        _check_name("lint.unknown-rule", name, span, known, reporter)
        return False
    forms = [each.name for group in rule.groups for each in group]
    if form not in forms:
        known_forms = "、".join(forms)
        reporter.warning("lint.unknown-form", span, name=name, form=form, known=known_forms)
    return form in forms


# --- files of one's own ----------------------------------------------------------------


def _own_files(leaflet: Leaflet, styles: Path, reporter: Reporter) -> Iterator[Preset]:
    shared = styles / FOLDER
    for_style = shared / f"{leaflet.style}.yaml"
    paths = [for_style] if for_style.is_file() else []
    folders = (Path(leaflet.folder) / FOLDER, shared)
    for name, span in leaflet.lint.files:
        # Looked up, not joined: a name may try to be a path.
        known = {p.stem: p for folder in reversed(folders) for p in sorted(folder.glob("*.yaml"))}
        if name in known:
            paths.append(known[name])
        else:
            _check_name("lint.unknown-file", name, span, sorted(known), reporter)
    read = (read_rules(path, reporter) for path in dict.fromkeys(paths))
    yield from (preset for preset in read if preset is not None)


# --- silence -------------------------------------------------------------------------------


def _silences_of_blocks(leaflet: Leaflet) -> list[Silence]:
    blocks = [block for page in leaflet.pages for area in page.areas for block in area.blocks]
    return placed(_with_places(blocks))


def _with_places(
    blocks: list[Block],
) -> Iterator[tuple[Silence, tuple[int, int], tuple[int, int]]]:
    """The silences of blocks and of those inside, from their first to their last character."""
    for owner, silences in _silencing(blocks):
        spans = sorted((span.line, span.column, span.length) for span in _typed(owner))
        if spans:
            line, column, length = spans[-1]
            for silence in silences:
                yield silence, spans[0][:2], (line, column + length)


def _silencing(value: object) -> Iterator[tuple[object, tuple[Silence, ...]]]:
    """Everything below a value that has common keys with ``lint`` among them."""
    if isinstance(value, (tuple, list)):
        for item in value:
            yield from _silencing(item)
    elif hasattr(value, "__struct_fields__") and not isinstance(value, (Common, Text)):
        common = getattr(value, "common", None)
        if isinstance(common, Common) and common.lint:
            yield value, common.lint
        for name in value.__struct_fields__:
            yield from _silencing(getattr(value, name))


def _typed(value: object) -> Iterator[Span]:
    """The places of all texts below a value."""
    if isinstance(value, Text):
        yield value.span
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _typed(item)
    elif hasattr(value, "__struct_fields__") and not isinstance(value, Common):
        for name in value.__struct_fields__:
            yield from _typed(getattr(value, name))
