"""A program of its own: reads words from stdin, one a line, writes the IPA of each as espeak-ng says it.

The trainer starts it as another process and never imports it: espeak-ng is under the GPL, the trainer is not.
Usage: python espeak_child.py VOICE
"""

from __future__ import annotations

import ctypes
import sys

SYNCHRONOUS, UTF8, IPA = 2, 1, 2


def main(voice: str) -> int:
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    if library.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0) < 0:
        return 1
    if library.espeak_SetVoiceByName(voice.encode()):
        return 1
    for line in sys.stdin.buffer:
        text = ctypes.c_char_p(line.strip())
        said = library.espeak_TextToPhonemes(ctypes.byref(text), UTF8, IPA) if line.strip() else b""
        sys.stdout.buffer.write((said or b"") + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
