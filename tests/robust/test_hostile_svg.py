"""SVG files with programs, strangers' files, entities, circles and depths."""

import pytest

from tests.robust.hostile import Place, Project

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 100 100">'
)
RECT = '<rect width="50" height="50"/>'


def svg(body: str) -> str:
    return f"{HEAD}{body}</svg>"


def laughs(declared: str, used: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE svg [{declared}]>{HEAD}<text>{used}</text></svg>'


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
REFUSED: dict[str, tuple[str, str]] = {
    "billion laughs": (laughs('<!ENTITY l0 "lol">' + LAUGHS, "&l9;"), "image.svg-entity"),
    "quadratic blowup": (
        laughs(f'<!ENTITY a "{"a" * 100_000}">', "&a;" * 100_000),
        "image.svg-entity",
    ),
    "a file of ours as an entity": (
        laughs('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
        "image.svg-entity",
    ),
    "a web page as an entity": (
        laughs('<!ENTITY a SYSTEM "http://example.com/a">', "&a;"),
        "image.svg-entity",
    ),
    "entities of parameters": (
        laughs('<!ENTITY % a SYSTEM "http://example.com/a"> %a;', ""),
        "image.svg-entity",
    ),
    "an entity in itself": (laughs('<!ENTITY a "&a;">', "&a;"), "image.svg-entity"),
    "a picture on the web": (
        svg('<image href="http://example.com/a.png" width="9" height="9"/>'),
        "image.svg-outside",
    ),
    "a picture of ours": (
        svg('<image xlink:href="file:///etc/passwd" width="9" height="9"/>'),
        "image.svg-outside",
    ),
    "a picture beside it": (
        svg('<image href="../../geheim.png" width="9" height="9"/>'),
        "image.svg-outside",
    ),
    "a drawing elsewhere": (
        svg('<use href="http://example.com/a.svg#x"/>'),
        "image.svg-outside",
    ),
    "use of itself": (svg('<g id="a"><use href="#a"/></g>'), "image.svg-circle"),
    "use of each other": (
        svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        "image.svg-circle",
    ),
    "ten to the ninth uses": (
        svg(
            f'<g id="u0">{RECT}</g>'
            + "".join(
                f'<g id="u{n}">{f"""<use href="#u{n - 1}"/>""" * 10}</g>' for n in range(1, 10)
            )
        ),
        "image.too-complex",
    ),
    "a hundred thousand deep": (
        svg("<g>" * 100_000 + RECT + "</g>" * 100_000),
        "image.too-complex",
    ),
    "a million elements": (svg(RECT * 300_000), "image.too-complex"),
    "no end": (HEAD + RECT, "image.svg-broken"),
    "an encoding nobody knows": (
        '<?xml version="1.0" encoding="x-none"?>' + svg(RECT),
        "image.svg-broken",
    ),
    "no size": ('<svg xmlns="http://www.w3.org/2000/svg"/>', "image.svg-no-size"),
    "a size without bounds": (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1e99" height="1e99"/>',
        "image.svg-no-size",
    ),
    "31 megabytes": (svg("<!--" + "x" * 31_000_000 + "-->"), "image.file-too-large"),
    "more text than shapes": (svg("<text>本文</text>"), "image.svg-text"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_at_its_place(project: Project, case: str) -> None:
    text, code = REFUSED[case]
    project.write(text, "figures/a.svg")
    project.figure("figures/a.svg")
    place: Place = (code, 9, 18)
    project.refused(place)


SAFE: dict[str, str] = {
    "a script": f"{RECT}<script>alert(1)</script>",
    "a handler": '<rect width="50" height="50" onload="alert(1)" onclick="alert(1)"/>',
    "a link": f'<a href="javascript:alert(1)">{RECT}</a>',
    "a style of others": f'<style>@import url("http://example.com/a.css");</style>{RECT}',
    "a style sheet": f'<?xml-stylesheet href="http://example.com/a.css"?>{RECT}',
    "a foreign tree": f'{RECT}<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="http://example.com"/></body></foreignObject>',
    "an animation": f'{RECT}<animate attributeName="href" to="javascript:alert(1)"/>',
    "a paint of others": '<rect width="50" height="50" fill="url(http://example.com/a#b) black"/>',
    "an XInclude": f'{RECT}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>',
}


@pytest.mark.parametrize("case", SAFE)
def test_nothing_of_it_gets_through(project: Project, case: str) -> None:
    """It is refused, or drawn without what it wanted; no output holds a word of it."""
    project.write(svg(SAFE[case]), "figures/a.svg")
    project.figure("figures/a.svg")
    ran = project.build(only="press,web,html")
    assert ran.code in (0, 1), ran.err
    assert {code for code, _, _ in ran.places()} <= {
        "image.svg-script",
        "image.svg-outside",
        "image.svg-unsupported",
        "image.svg-colour",
        "image.svg-text",
    }
    for name, data in project.files().items():
        assert b"alert(1)" not in data and b"iframe" not in data, name
        assert b"example.com/a" not in data and b"root:x:" not in data, name


def test_a_path_of_a_million_points(project: Project) -> None:
    path = "M0 0" + "".join(f"L{n % 100} {n // 10000}" for n in range(1_000_000))
    project.write(svg(f'<path d="{path}" fill="none" stroke="black"/>'), "figures/a.svg")
    project.figure("figures/a.svg")
    ran = project.build()
    assert ran.code in (0, 1), ran.err
    assert {code for code, _, _ in ran.places()} <= {"image.too-complex"}


@pytest.mark.parametrize(
    "number", ["1e400", "-1e400", "nan", "inf", "9" * 5000, "1e-400", "0x10", "--1"]
)
def test_numbers_that_are_none(project: Project, number: str) -> None:
    body = (
        f'<rect x="{number}" y="{number}" width="{number}" height="{number}" rx="{number}"/>'
        f'<path d="M{number} 0L{number} {number}A{number} 1 0 0 1 5 5"/>'
        f'<g transform="scale({number}) rotate({number}) matrix({",".join([number] * 6)})">{RECT}</g>'
        f'<circle r="{number}" stroke-width="{number}" stroke="black" stroke-dasharray="{number}"/>'
    )
    project.write(svg(body), "figures/a.svg")
    project.figure("figures/a.svg")
    ran = project.build()
    assert ran.code in (0, 1), ran.err
    assert all(code.startswith(("image.", "pdf.")) for code, _, _ in ran.places())
