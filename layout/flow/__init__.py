"""Flow: nodes filled into the columns and areas of pages."""
