"""The resources of a template, a module each or a few that belong together."""
