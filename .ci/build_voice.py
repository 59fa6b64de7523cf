"""Make mit/data/voice.onnx: the graph of hibari-tts opened up, so that durations, pitch and energy are inputs.

    python -m venv .voice && .voice/bin/pip install onnx && .voice/bin/pip install --no-deps hibari-tts==0.2.1
    .voice/bin/python .ci/build_voice.py mit/data

The names of the inner tensors belong to one version of the graph: its checksum is held to. Inputs of the result:
ids (1, L) int64, speed (1,), dur (L,) in 25 ms, f0_in and en_in (1, F) in frames of 12.5 ms. Outputs: the five parts
of the spectrum, and f0, en, dur_pred as the network would choose them. The phonemes and their numbers are in its
metadata.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from importlib import metadata
from pathlib import Path

import onnx
from onnx import ModelProto, TensorProto, helper

HIBARI = "0.2.1"
SOURCE_SHA256 = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
FORMAT = "1"
"""Of what mit/voice/neural.py expects: raised with any change of inputs, outputs or metadata."""

ENERGY, DURATION = "/Mul_62_output_0", "/Clip_output_0"
"""Tensors with the energy and the durations that the network predicts (hibari-tts 0.2.1)."""

CHANGES = """mit/data/voice.onnx is hibari's assets/hibari.onnx (hibari-tts 0.2.1), changed for this trainer: the
durations of the phonemes, the fundamental frequency and the energy became inputs, and what the network predicts for
them became outputs; the phoneme vocabulary (assets/vocab.json) was added as metadata. The weights are unchanged. It is
under the Apache License 2.0, whose text is in the LICENSE of this trainer. mit/voice/waveform.py follows hibari/dsp.py.

The notice that came with it:

"""


def main(folder: Path) -> None:
    """Write the graph and its notice into a folder."""
    wheel = metadata.distribution("hibari-tts")
    if wheel.version != HIBARI:
        sys.exit(f"hibari-tts {wheel.version} is installed, {HIBARI} is needed")
    assets = Path(str(wheel.locate_file("hibari"))) / "assets"
    source = assets / "hibari.onnx"
    if hashlib.sha256(source.read_bytes()).hexdigest() != SOURCE_SHA256:
        sys.exit(f"{source} is not the graph that this was written for")
    model = onnx.load(source)
    open_up(model)
    describe(model, json.loads((assets / "vocab.json").read_text(encoding="utf-8")))
    onnx.checker.check_model(model)
    onnx.save(model, folder / "voice.onnx")
    notice = next(Path(str(wheel.locate_file(file))) for file in wheel.files or () if file.name == "NOTICE")
    (folder / "NOTICE-voice.txt").write_text(CHANGES + notice.read_text(encoding="utf-8"), encoding="utf-8")
    shutil.copymode(source, folder / "voice.onnx")


def open_up(model: ModelProto) -> None:
    """Cut the three predictions off from what uses them; inputs take their place, and they become outputs."""
    graph = model.graph
    feed(model, DURATION, "dur", reader="/Cast_32")
    feed(model, "f0", "f0_in", reader="/Relu")
    feed(model, ENERGY, "en_in", reader="/Unsqueeze_161")
    rename(model, ENERGY, "en")
    rename(model, DURATION, "dur_pred")
    frames, phonemes = [1, "F"], ["L"]
    for name, shape in (("dur", phonemes), ("f0_in", frames), ("en_in", frames)):
        graph.input.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
    for name, shape in (("en", frames), ("dur_pred", phonemes)):
        graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
    del graph.value_info[:]


def feed(model: ModelProto, old: str, new: str, *, reader: str) -> None:
    """Let the node `reader` read the tensor `new` in place of `old`."""
    places = [(n, k) for n in model.graph.node if n.name == reader for k, name in enumerate(n.input) if name == old]
    if not places:
        sys.exit(f"no node {reader} reads {old}: another version of the graph")
    for node, k in places:
        node.input[k] = new


def rename(model: ModelProto, old: str, new: str) -> None:
    for node in model.graph.node:
        for names in (node.input, node.output):
            for k, name in enumerate(names):
                if name == old:
                    names[k] = new


def describe(model: ModelProto, phonemes: dict[str, int]) -> None:
    """Write into the graph what a reader needs: its format, where it comes from, the phonemes and their numbers."""
    facts = {"format": FORMAT, "source": f"hibari-tts {HIBARI}, voice heart", "phonemes": json.dumps(phonemes)}
    helper.set_model_props(model, facts)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
