"""What an editor can ask about a file, free of any protocol: offsets in, plain data out."""
