"""The exit statuses of the program; 0 is clean."""

from typing import Final

FOUND: Final = 1
USAGE: Final = 2
FAILED: Final = 3
INTERRUPTED: Final = 130
CLOSED_PIPE: Final = 141
