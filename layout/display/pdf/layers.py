"""Layers (optional content, ISO 32000-1, 8.11): what the file itself hides is not drawn."""

from layout.display.pdf.streams import PdfObject, is_array


class Layers:
    """Which layers show when the file is opened."""

    def __init__(self, root: PdfObject) -> None:
        properties = root.get("/OCProperties")
        usual = properties.get("/D") if properties is not None else None
        self._hidden: set[tuple[int, int]] = set()
        if usual is None:
            return
        if str(usual.get("/BaseState")) == "/OFF":
            self._hidden.update(group.objgen for group in properties.get("/OCGs", []))
            self._hidden.difference_update(group.objgen for group in usual.get("/ON", []))
        self._hidden.update(group.objgen for group in usual.get("/OFF", []))

    def hides(self, source: PdfObject) -> bool:
        """Whether content that belongs to this group, or membership of groups, is hidden."""
        if source is None or not self._hidden:
            return False
        if str(source.get("/Type")) != "/OCMD":
            return source.objgen in self._hidden
        groups = source.get("/OCGs")
        if groups is None:
            return False
        members = list(groups) if is_array(groups) else [groups]
        shown = [group.objgen not in self._hidden for group in members]
        policy = str(source.get("/P", "/AnyOn"))
        visible = {
            "/AllOn": all(shown),
            "/AnyOff": not all(shown),
            "/AllOff": not any(shown),
        }.get(policy, any(shown))
        return bool(shown) and not visible
