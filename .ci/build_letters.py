"""Make mit/data/letters.json.gz, the block letters of the screens, from Andika Bold.

Not needed to install or test; run by hand where a letter or a size is to be added:
    apt install fonts-sil-andika && pip install freetype-py
    python .ci/build_letters.py /usr/share/fonts/truetype/andika/Andika-Bold.ttf mit/data/letters.json.gz

The result: a list of sizes, smallest first, each {"height", "ascent", "descent", "capital", "space", "glyphs"}; a
glyph is [left, top, advance, width, rows], rows being one hexadecimal bit pattern a pixel row, leftmost bit first,
joined by spaces. Pixels are half a column wide and half a row high, so a cell holds two by two of them.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import freetype

ASCII = "".join(map(chr, range(33, 127)))
ENGLISH_SPANISH_FRENCH_GERMAN = "àâäáãåæçéèêëíìîïñóòôöœúùûüÿßÀÂÄÁÆÇÉÈÊËÍÌÎÏÑÓÒÔÖŒÚÙÛÜŸ¿¡’‘·–…“”«»"

SIZES = {8: 1.7, 9: 1.75, 11: 1.85, 14: 1.9, 18: 1.9, 24: 1.9, 32: 1.9, 42: 1.9}
"""Height of the em in half rows -> how much wider than high a pixel counts: 2 would be true to the font, as a half
column is half as wide as a half row is high; a little less keeps phrases on one line."""

DOTS_PER_INCH = 72
"""At 72 dots an inch a point is a pixel."""


def glyph(face: freetype.Face, letter: str) -> list[Any]:
    """One letter as [left, top, advance, width, rows]."""
    face.load_char(letter, freetype.FT_LOAD_RENDER | freetype.FT_LOAD_TARGET_MONO)
    slot, image = face.glyph, face.glyph.bitmap
    lines = (bytes(image.buffer[y * image.pitch : (y + 1) * image.pitch]) for y in range(image.rows))
    rows = [int.from_bytes(line, "big") >> (8 * image.pitch - image.width) for line in lines]
    return [
        slot.bitmap_left,
        slot.bitmap_top,
        round(slot.advance.x / 64),
        image.width,
        " ".join(f"{row:x}" for row in rows),
    ]


def size(face: freetype.Face, height: int, stretch: float) -> dict[str, Any]:
    """All letters at one height."""
    face.set_char_size(0, height * 64, int(DOTS_PER_INCH * stretch), DOTS_PER_INCH)
    glyphs = {letter: glyph(face, letter) for letter in ASCII + ENGLISH_SPANISH_FRENCH_GERMAN}
    face.load_char(" ", freetype.FT_LOAD_DEFAULT)
    return {
        "height": height,
        "ascent": max(glyphs[c][1] for c in "bdhkltf"),
        "descent": max(len(glyphs[c][4].split()) - glyphs[c][1] for c in "gpqy"),
        "capital": glyphs["H"][1],
        "space": round(face.glyph.advance.x / 64),
        "glyphs": glyphs,
    }


def main(font: str, target: str) -> None:
    face = freetype.Face(font)
    text = json.dumps([size(face, height, stretch) for height, stretch in SIZES.items()], separators=(",", ":"))
    Path(target).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(*sys.argv[1:])
