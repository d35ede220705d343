"""SL091-SL099, SL74x-SL77x: what becomes of a manifest in the template that Copilot generates."""
