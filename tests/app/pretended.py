"""The real app over a real home with a simulated patient before the microphone: python -m tests.app.pretended

`mit demo` keeps nothing and knows no assignment; here both are to be seen. What is practised is kept as simulated.
"""

from __future__ import annotations

import sys

from mit.home import find_home
from mit.settings import load_settings
from mit.tui.start import _open

if __name__ == "__main__":
    here = find_home()
    sys.exit(_open(here, load_settings(here), ("mild", 1)).return_code or 0)
