"""What is wrong with the file of a figure."""


class PictureError(Exception):
    """A figure that cannot or must not be drawn: the code of the finding, and its values.

    Whoever draws the figure reports it once, at the place of the figure.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
