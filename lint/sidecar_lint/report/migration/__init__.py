"""Inventories of workloads that leave Copilot, as text, Markdown and JSON."""
