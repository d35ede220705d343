"""The rules of a team: every module below this package is looked through for rules."""
