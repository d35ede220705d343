"""Functions made of the schemas of manifests, a module a kind. See tables/validators.py."""
