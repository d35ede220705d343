"""SL037-SL038: files that are named and were not read."""
