"""Rounds of proof: corrections and how they get into the source, stages and what changed."""
