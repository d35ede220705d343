"""The built-in rules: a package a section of the manifest, a module a rule, named as the rule."""
