"""Inline: paragraphs as items, broken into lines and adjusted."""
