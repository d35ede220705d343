"""A file in, findings out: what kind it is, asking the rules, and what becomes of what they say."""
