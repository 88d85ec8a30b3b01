"""What becomes of a display list: ``pdf`` writes the file for the press."""
