"""SL74x-SL77x: what becomes of a manifest in the template that Copilot generates."""
