"""SL84x: overrides: patches of the template that Copilot makes, and what in it comes to an end."""
