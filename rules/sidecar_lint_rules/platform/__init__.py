"""SL4: the platform, and what Windows and ARM rule out."""
