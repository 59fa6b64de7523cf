"""Which part of a take belongs to which note of the model.

Where loudness is known, syllables are found first and paired with the notes: they are counted independently of the
melody. Where only pitch is known, the melody is laid on the frames themselves.
"""

from __future__ import annotations

from mit.alignment import Alignment, Pair, fold
from mit.contour import Contour
from mit.melody import Melody
from mit.nuclei import segment
from mit.pairing import pair
from mit.segmental import lay_out

__all__ = ["Alignment", "Pair", "align", "fold"]


def align(melody: Melody, contour: Contour) -> Alignment:
    """What of the contour was sung for each note of the melody. Same input, same answer."""
    return pair(melody, segment(contour), contour) if contour.has_intensity else lay_out(melody, contour)
