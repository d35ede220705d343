"""The manifest of a pipeline: where the code comes from, its stages, what they deploy and in which order."""
