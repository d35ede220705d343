"""The language server: a thin adapter from the Language Server Protocol to `sidecar_lint.language`.

The only package that imports pygls and lsprotocol. A feature is a function in `language/` and a
module in `features/` that says which method it answers.
"""
