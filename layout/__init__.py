"""bira typesets Japanese leaflets from YAML; ``pipeline.py`` shows the stages on one screen."""

__version__ = "0.1.0"
