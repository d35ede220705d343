"""Leaving Copilot: what a workload consists of in an environment, where each part of it goes, and what is lost."""
