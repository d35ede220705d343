"""What is in force for a file: its configuration, and the command line over that."""
