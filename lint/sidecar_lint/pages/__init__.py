"""The page of a rule: built once from the rule itself, as blocks; printed as text and as Markdown."""
