"""`mit` and `python -m mit`."""

from __future__ import annotations

import sys


def main() -> None:
    """Open the app at once when nothing else is asked; the commands need a library that takes a while to load."""
    if len(sys.argv) == 1:
        from mit.tui.start import run_app

        sys.exit(run_app())
    from mit.cli import commands

    commands()


if __name__ == "__main__":
    main()
