"""`python -m sidecar_lint`."""

from __future__ import annotations

from sidecar_lint.commands.main import main

if __name__ == "__main__":
    main()
