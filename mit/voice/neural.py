"""The network that speaks: phonemes with durations, f0 and energy in, spectra out.

Its graph is shipped, 8 MB of package data made by .ci/build_voice.py, rather than built at the first use: building
needs `onnx` (20 MB more) and a wheel of one author that may vanish; shipped, the voice works without a network, and
what was tested is what sings. The phonemes' numbers lie inside the graph, so singing needs onnxruntime alone.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mit.errors import MitError
from mit.voice.waveform import Spectra

GRAPH = Path(__file__).parent.parent / "data" / "voice.onnx"
FORMAT = "1"
"""Of the graph, written into it by .ci/build_voice.py."""

UNIT, FRAME = 0.025, 0.0125
"""Seconds: durations are counted in units, f0 and energy are given in frames, two a unit."""

PARTS = ("lh", "theta", "ln", "lr", "phi")
"""Outputs of the graph, in the order of Spectra."""

PAD = 0
"""The number before the first and after the last phoneme."""

Floats32 = NDArray[np.float32]


def is_available() -> bool:
    """Whether this computer can run the network (there is no onnxruntime for some)."""
    return find_spec("onnxruntime") is not None and GRAPH.is_file()


class Network:
    """The loaded graph. Its methods may be called from several threads."""

    def __init__(self, session: Any, options: Any, numbers: dict[str, int]) -> None:
        self._session = session
        self._options = options
        self.numbers = MappingProxyType(numbers)

    def durations(self, ids: NDArray[np.int64]) -> Floats32:
        """Units that the network would give each phoneme. ids: shape (n,), PAD at both ends."""
        (predicted,) = self._run(("dur_pred",), ids, np.ones(len(ids)))
        return np.asarray(predicted, np.float32).reshape(-1)

    def prosody(self, ids: NDArray[np.int64], units: NDArray[np.floating]) -> tuple[Floats32, Floats32]:
        """f0 (Hz) and energy that the network would choose, one value a frame."""
        f0, energy = self._run(("f0", "en"), ids, units)
        return f0[0], energy[0]

    def spectra(
        self,
        ids: NDArray[np.int64],
        units: NDArray[np.floating],
        f0: NDArray[np.floating],
        energy: NDArray[np.floating],
    ) -> Spectra:
        """What is to be heard: f0 in Hz (0: unvoiced) and energy for each frame, two frames a unit."""
        return Spectra(*(part[0] for part in self._run(PARTS, ids, units, f0, energy)))

    def _run(
        self,
        outputs: tuple[str, ...],
        ids: NDArray[np.int64],
        units: NDArray[np.floating],
        f0: NDArray[np.floating] | None = None,
        energy: NDArray[np.floating] | None = None,
    ) -> list[Floats32]:
        none = np.zeros(2 * int(units.sum()), np.float32)
        given = {
            "ids": ids[None].astype(np.int64),
            "speed": np.ones(1, np.float32),
            "dur": units.astype(np.float32),
            "f0_in": (none if f0 is None else f0)[None].astype(np.float32),
            "en_in": (none if energy is None else energy)[None].astype(np.float32),
        }
        computed: list[Floats32] = self._session.run(list(outputs), given, self._options)
        return computed


@cache
def load_network(graph: Path = GRAPH) -> Network:
    """Load the graph, once a process: about a second. Raises MitError where it is damaged or of another version."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # the same samples on every computer with one
    options.log_severity_level = 3
    remedy = "Install the trainer again; until then choose the voice 'hum'."
    try:
        session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    except Exception as fault:  # onnxruntime's errors share no other class
        raise MitError(f"The voice {graph.name} cannot be read.", remedy) from fault
    facts = session.get_modelmeta().custom_metadata_map
    if facts.get("format") != FORMAT:
        raise MitError(f"The voice {graph.name} is of another version.", remedy)
    run_options = onnxruntime.RunOptions()
    run_options.log_severity_level = 3
    return Network(session, run_options, json.loads(facts["phonemes"]))
