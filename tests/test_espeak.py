from __future__ import annotations

import numpy as np
import pytest

from tests import ear, espeak
from tests.voices import phrase

pytestmark = pytest.mark.skipif(bool(espeak.missing()), reason=f"needs {espeak.missing()}")

RATE = 16000
VOICES = [("en-us", 45.0), ("en-us+f2", 57.0), ("en-us+m3", 41.0), ("en-us+f4", 62.0)]


@pytest.mark.parametrize(("voice", "low"), VOICES)
@pytest.mark.parametrize(
    ("text", "syllables", "clear"),
    [("see the pepper", "see the pep-per", (0, 2, 3)), ("two coffee cups", "two cof-fee cups", (0, 1, 2, 3))],
)
def test_words_are_sung_on_their_notes(
    voice: str, low: float, text: str, syllables: str, clear: tuple[int, ...]
) -> None:
    plan = phrase(syllables, "LHLH", low=low, beat=0.8)
    samples = espeak.espeak_sing(text, plan, voice=voice)
    voiced = ear.low_band(samples, RATE)
    late = [ear.rise(voiced, RATE, near=plan[k].onset) - plan[k].onset for k in clear]
    assert np.median(np.abs(late)) < 0.015
    assert np.max(np.abs(late)) < 0.030
    for note in plan:
        heard = ear.pitch(samples, RATE, start=note.onset + 0.1, end=note.onset + 0.5)
        assert heard == pytest.approx(note.pitch, abs=0.1)


def test_notes_and_vowels_must_agree_in_number() -> None:
    with pytest.raises(ValueError, match="2 vowels for 3 notes"):
        espeak.espeak_sing("pepper", phrase("pep per per", "LHL"))


def test_a_voice_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no voice nobody"):
        espeak.espeak_sing("pepper", phrase("pep per", "LH"), voice="nobody")


def test_a_rest_in_the_plan_is_quiet() -> None:
    plan = phrase("pep per", "LH", beat=0.5, start=0.4)
    late = (plan[0], plan[1]._replace(onset=2.4))
    samples = espeak.espeak_sing("pepper", late)
    assert ear.level(samples, RATE, at=1.5, window=0.8) < -60
