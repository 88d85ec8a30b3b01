"""Fonts: the manifest's faces, and shaping, the only place HarfBuzz is asked to shape."""
