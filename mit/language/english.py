"""How English is said: the dictionary, part-of-speech rules and spelling net of hibari-tts, imported when asked.

Its alphabet is that of the sung voice. Where the package (or the runtime of its net) is not there, syllables come
from the spelling alone.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from mit.language.sounds import Speaker

_FIGURE = re.compile(r"(?<!\w)([$£€]?)(\d[\d,]*)(st|nd|rd|th)?(?![\w:/%]|[.,]\d)")
_TITLE = re.compile(r"\b(Dr|Mr|Mrs|Ms)\b\.?")
_TITLES = {"Dr": "Doctor", "Mr": "Mister", "Mrs": "Missus", "Ms": "Miz"}
_YEARS = range(1100, 2100)
_MONEY = {"$": "dollar", "£": "pound", "€": "euro"}


class EnglishSpeaker:
    """American English. Takes about a second to load; a phrase then takes about a millisecond.

    Words that are not in the dictionary need onnxruntime; without it they are cut by rule.
    """

    def __init__(self) -> None:
        from hibari.g2p import G2P

        net = None if importlib.util.find_spec("onnxruntime") else False
        self._read: Any = G2P(oov=net)

    def written(self, text: str) -> str:
        """ "Call Dr. Smith at 10:30" gives "Call Doctor Smith at ten thirty"."""
        from hibari.g2p.normalize import normalize

        titled = _TITLE.sub(lambda found: _TITLES[found[1]], text)
        return _FIGURE.sub(_in_words, str(normalize(titled)))

    def sounds(self, words: Sequence[str]) -> tuple[str, ...]:
        """The words are read as one line, because many are said by what stands beside them."""
        found = [""]
        for token in self._read.phonemize_tokens(self._read.tokenize(" ".join(words))):
            found[-1] += (token.phonemes or "").replace(" ", "")
            if token.whitespace:
                found.append("")
        if len(found) == len(words):
            return tuple(found)
        return tuple(str(self._read(word)).replace(" ", "") for word in words)


@lru_cache(maxsize=1)
def english_speaker() -> Speaker | None:
    """The one that is loaded once; None where hibari-tts is not there."""
    try:
        return EnglishSpeaker()
    except ImportError:
        return None


def _in_words(found: re.Match[str]) -> str:
    from hibari.g2p import numbers

    sign, figures, ordinal = found.groups()
    number = int(figures.replace(",", ""))
    if ordinal:
        said = numbers.ordinal(number)
    elif number in _YEARS and "," not in figures and not sign:
        said = numbers.year(number)
    else:
        said = numbers.cardinal(number)
    money = f" {_MONEY[sign]}{'' if number == 1 else 's'}" if sign else ""
    return f"{said}{money}".replace("-", " ").replace(",", "")
