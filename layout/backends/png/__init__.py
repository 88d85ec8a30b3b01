"""Pages as pictures, and parts of them for social media, with the words that describe them."""

from layout.backends.png.alternatives import alternatives
from layout.backends.png.pictures import PageImages, cut, page_picture, png
from layout.backends.png.vision import vision_sheet

__all__ = ["PageImages", "alternatives", "cut", "page_picture", "png", "vision_sheet"]
