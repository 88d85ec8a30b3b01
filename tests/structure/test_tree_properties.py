"""Any leaflet at all: words stand in the tree in the order in which pages are read."""

from itertools import count, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from layout.diagnostics import Span
from layout.source import model
from layout.source.model import Common, Content, Text
from layout.structure.model import Element, Words, walk
from layout.structure.tree import structure_of

Plan = tuple[str, int]


class Writer:
    """Writes blocks whose words are numbered in the order in which they are to be read."""

    def __init__(self) -> None:
        self._number = count(1)

    def content(self) -> Content:
        """The next words."""
        number = next(self._number)
        return (Text(f"{number}.", Span("x", number, 1)),)

    def common(self) -> Common:
        """A block's common part."""
        return Common(Span("x", 1, 1))

    def block(self, plan: Plan, inner: list[Plan]) -> model.Block:
        """A block of a kind, with ``inner`` inside if it can hold blocks."""
        kind, size = plan
        make = getattr(self, f"make_{kind}")
        made: model.Block = make(size, inner)
        return made

    def blocks(self, plans: list[Plan]) -> tuple[model.Block, ...]:
        """Several, without any inside them."""
        return tuple(self.block(plan, []) for plan in plans)

    def make_paragraph(self, size: int, _: list[Plan]) -> model.Block:
        """Of some kind."""
        kinds = ("text", "lead", "slogan", "quote", "notes")
        return model.Paragraph(self.common(), self.content(), kinds[size])

    def make_title(self, size: int, _: list[Plan]) -> model.Block:
        """With several lines."""
        return model.Title(self.common(), tuple(self.content() for _ in range(size + 1)))

    def make_heading(self, size: int, _: list[Plan]) -> model.Block:
        """Of a level."""
        return model.Heading(self.common(), self.content(), size + 1)

    def make_badge(self, size: int, _: list[Plan]) -> model.Block:
        """With several lines."""
        return model.Badge(self.common(), tuple(self.content() for _ in range(size + 1)))

    def make_list(self, size: int, _: list[Plan]) -> model.Block:
        """With an item inside an item."""
        span = Span("x", 1, 1)

        def item(depth: int) -> model.ListItem:
            marker, content = self.content(), self.content()
            inner = (item(depth - 1),) if depth else ()
            return model.ListItem(marker, content, span, inner)

        return model.ListBlock(self.common(), tuple(item(size % 3) for _ in range(size + 1)))

    def make_figure(self, _: int, __: list[Plan]) -> model.Block:
        """With a caption."""
        return model.Figure(self.common(), "alt", "a.svg", caption=self.content())

    def make_table(self, size: int, _: list[Plan]) -> model.Block:
        """With title and caption: the one is read before the rows, the other after them."""
        title = self.content()
        rows = tuple((self.content(), self.content()) for _ in range(size + 1))
        caption = self.content()
        return model.Table(self.common(), rows, 1, caption=caption, head_columns=1, title=title)

    def make_search(self, _: int, __: list[Plan]) -> model.Block:
        """With everything."""
        words = (self.content(), self.content(), self.content(), self.content())
        return model.SearchBox(self.common(), *words, "https://example.jp/")

    def make_form(self, size: int, _: list[Plan]) -> model.Block:
        """The cut line is read first, the words after a blank behind those before it."""
        span, cut, title = Span("x", 1, 1), self.content(), self.content()
        rows = tuple(
            (
                model.FormField(self.content(), span, before=self.content(), after=self.content()),
                model.FormField(self.content(), span, choices=(self.content(), self.content())),
            )
            for _ in range(size)
        )
        return model.CutOff(self.common(), title, rows, cut)

    def make_donation(self, size: int, _: list[Plan]) -> model.Block:
        """A title, an appeal, ways."""
        title, body = self.content(), (model.Paragraph(self.common(), self.content()),)
        ways = tuple(
            model.PaymentWay(self.content(), (self.content(), self.content()), Span("x", 1, 1))
            for _ in range(size)
        )
        return model.Donation(self.common(), title, body, ways)

    def make_event(self, size: int, _: list[Plan]) -> model.Block:
        """A name and rows."""
        name = self.content()
        return model.Event(
            self.common(), name, tuple((self.content(), self.content()) for _ in range(size))
        )

    def make_box(self, size: int, inner: list[Plan]) -> model.Block:
        """With or without a title."""
        title = self.content() if size % 2 else ()
        kind = ("box", "sidebar", "quote")[size % 3]
        return model.Box(self.common(), title, self.blocks(inner), kind)

    def make_row(self, _: int, inner: list[Plan]) -> model.Block:
        """Two cells."""
        half = len(inner) // 2
        cells = (self.blocks(inner[:half]), self.blocks(inner[half:]))
        return model.SideBySide(self.common(), cells)

    def make_free(self, _: int, inner: list[Plan]) -> model.Block:
        """Somewhere on the page."""
        side = model.Measure(1, "mm")
        return model.Free(self.common(), (side,) * 4, self.blocks(inner))


KINDS = sorted(name[5:] for name in dir(Writer) if name.startswith("make_"))
PLANS = st.tuples(st.sampled_from(KINDS), st.integers(0, 4))
BLOCKS = st.lists(st.tuples(PLANS, st.lists(PLANS, max_size=4)), max_size=6)
PAGES = st.lists(st.lists(BLOCKS, min_size=1, max_size=3), min_size=1, max_size=3)


def written(plan: list[list[list[tuple[Plan, list[Plan]]]]]) -> tuple[model.Leaflet, int]:
    """A leaflet after a plan, and how many words it has."""
    writer, span = Writer(), Span("x", 1, 1)
    pages = tuple(
        model.Page(
            "plain", span,
            tuple(
                model.Area(f"area-{n}", tuple(writer.block(*entry) for entry in blocks), span)
                for n, blocks in enumerate(areas)
            ),
            span,
        )
        for areas in plan
    )  # fmt: skip
    leaflet = model.Leaflet("x", ".", "x", "題", "ja", "2026-01-01", "s", span, {}, pages)
    return leaflet, next(writer._number) - 1


def all_words(element: Element) -> list[Words]:
    """The words in order, without the boxes to tick."""
    found: list[Words] = []
    for child in element.children:
        found += [child] if isinstance(child, Words) else all_words(child)
    return [w for w in found if not w.generated]


@settings(max_examples=80, deadline=None)
@given(PAGES)
def test_words_in_reading_order(plan: list[list[list[tuple[Plan, list[Plan]]]]]) -> None:
    """Each once, in order."""
    leaflet, total = written(plan)
    found = [word.text for word in all_words(structure_of(leaflet))]
    assert found == [f"{number}." for number in range(1, total + 1)]


@settings(max_examples=80, deadline=None)
@given(PAGES)
def test_headings_never_skip(plan: list[list[list[tuple[Plan, list[Plan]]]]]) -> None:
    """The first is H1, none is more than one deeper than the one before; sections begin with it."""
    leaflet, _ = written(plan)
    tree = structure_of(leaflet)
    levels = [int(e.tag[1]) for e in walk(tree) if len(e.tag) == 2 and e.tag[1].isdigit()]
    assert not levels or levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    for element in walk(tree):
        if element.role == "section":
            first = element.children[0]
            assert isinstance(first, Element) and first.tag[0] == "H"


@settings(max_examples=60, deadline=None)
@given(PAGES)
def test_tags_nest_as_the_standard_has_it(
    plan: list[list[list[tuple[Plan, list[Plan]]]]],
) -> None:
    """ISO 32000-1, 14.8.4.3: rows in tables, cells in rows, items in lists."""
    leaflet, _ = written(plan)
    held = {"TR": {"Table"}, "TH": {"TR"}, "TD": {"TR"}, "LI": {"L"}, "Lbl": {"LI"},
            "LBody": {"LI"}, "Caption": {"Table", "Figure"}}  # fmt: skip
    holds = {"Table": {"TR", "Caption"}, "TR": {"TH", "TD"}, "L": {"LI"}, "LI": {"Lbl", "LBody"}}
    for element in walk(structure_of(leaflet)):
        for child in element.children:
            if not isinstance(child, Element):
                assert element.tag not in holds
                continue
            assert element.tag in held.get(child.tag, {element.tag})
            assert child.tag in holds.get(element.tag, {child.tag})
