"""The command line: arguments, targets, building, messages in Japanese and English."""
