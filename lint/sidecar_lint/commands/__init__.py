"""The commands beside `check`: one module each, registered by `cli`."""
