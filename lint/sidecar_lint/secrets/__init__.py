"""The input files of `copilot secret init`: found, read, what they say of each environment."""
