"""Applying fixes to texts, and putting whole files right."""
