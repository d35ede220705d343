"""SL02: comments that take findings away."""
