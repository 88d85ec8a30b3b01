"""The rules of the house as data, and their readers."""
