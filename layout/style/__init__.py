"""Style: names and measures of a sheet resolved to values."""
