"""What lowering a block needs: the styles of blocks and of their parts, by name.

A block's style is the sheet's block of the name ``TYPE-LAYOUT`` (heading-inside)
or else ``TYPE``; parts of compound blocks have styles of their own named
``TYPE-PART`` (donation-label).
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from layout.diagnostics import Span
from layout.source.model import Block, Common, Content, Leaflet, Measure
from layout.source.sheet import BlockRule
from layout.style.cascade import Cascade
from layout.style.model import Node, Para, TextStyle
from layout.units import Length

Makers = Mapping[type, Callable[["Lowering", Any], Node]]


class Lowering(Struct, frozen=True):
    """Lowers the blocks of one area; ``text`` is the area's running text."""

    cascade: Cascade
    leaflet: Leaflet
    layout: str
    text: TextStyle
    makers: Makers

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Node, ...]:
        """All blocks, in order."""
        return tuple(self.makers[type(block)](self, block) for block in blocks)

    def inside(self, rule: BlockRule) -> "Lowering":
        """Lowering for what stands inside a box with its own text style."""
        return replace(self, text=self.cascade.text(rule.body, rule.span)) if rule.body else self

    # --- styles ---------------------------------------------------------------------

    def rule(self, common: Common, kind: str) -> BlockRule:
        """The block's style: its own ``style``, else the type's (for this layout)."""
        if common.style:
            if not self.cascade.has_rule(common.style):
                self.cascade.unknown_rule(common.style, common.style_span)
            return self.cascade.rule(common.style)
        return self.named(kind)

    def has(self, kind: str) -> bool:
        """Whether the sheet has a style of that name, for this layout or for all."""
        return any(self.cascade.has_rule(name) for name in (f"{kind}-{self.layout}", kind))

    def named(self, kind: str) -> BlockRule:
        """The style of a block type or part, for this layout if the sheet has one."""
        here = f"{kind}-{self.layout}"
        return self.cascade.rule(here if self.cascade.has_rule(here) else kind)

    def text_of(self, rule: BlockRule, otherwise: TextStyle | None = None) -> TextStyle:
        """The text style a block style asks for."""
        if rule.text:
            return self.cascade.text(rule.text, rule.span)
        return otherwise or self.text

    def para(
        self, content: Content, kind: str, span: Span, role: str, text: TextStyle | None = None
    ) -> Para:
        """A paragraph in the style of a part."""
        rule = self.named(kind)
        style = self.text_of(rule, text)
        return Para(content, style, span, role, self.cascade.box(rule, style), kind)

    def space(self, rule: BlockRule, text: TextStyle) -> Length:
        """The room between the parts of a block."""
        return self.length(rule.gap, text)

    def length(self, value: Measure | None, text: TextStyle) -> Length:
        """A measure where 字 and 行 are those of ``text``."""
        return self.cascade.length(value, text.size, text.pitch)
