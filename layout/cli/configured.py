"""Options with what ``bira.yaml`` says in place of what was not typed."""

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from layout.cli.arguments import OUTPUTS, Options, UsageError, closest
from layout.cli.targets import shown_path
from layout.cli.texts import text
from layout.source.config import FILE


def configured(
    options: Options, root: Path, argv: Sequence[str], lang: str
) -> tuple[Options, str, str]:
    """The options, the language, and how the preview opens an editor; ``UsageError``.

    What is typed wins over the file, and the file over what holds without it.
    """
    from layout.cli.messages import render
    from layout.cli.terminal import source_lines
    from layout.diagnostics import Reporter
    from layout.source.config import read_config

    reporter = Reporter()
    config = read_config(shown_path(root), reporter)
    if reporter.has_errors:
        lines = source_lines(str(shown_path(root / FILE)))
        raise UsageError("\n".join(render(found, lines, lang) for found in reporter))
    typed = any(each == "--lang" or each.startswith("--lang=") for each in argv)
    if config.language and not typed:
        lang = config.language
    for kind in config.outputs:
        if kind not in OUTPUTS:
            near = closest(kind, OUTPUTS)
            suggestion = text("did-you-mean", lang, name=near) if near else ""
            raise UsageError(
                text("config-output", lang, file=FILE, value=kind, suggestion=suggestion)
            )
    if config.outputs and options.full and not options.stage and options.action == "build":
        wanted = tuple(kind for kind in OUTPUTS if kind in config.outputs)
        options = replace(options, only=wanted)
    out = options.out or (root / config.out if config.out else None)
    return replace(options, out=out, profile=options.profile or config.shop), lang, config.editor
