"""Files of others: read and written with care, and nothing outside of a project's root."""
