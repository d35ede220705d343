"""What a rule is, and how rules are found and chosen."""
