"""A file in, findings out: opening it, asking the rules, and what becomes of what they say."""
