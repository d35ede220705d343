"""SL0: the document as a whole, its syntax, its fields and their types."""
