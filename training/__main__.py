"""Train the reader, write its weights, and measure it.

python -m training DATA [--rounds 2] [--out data/reader/span_reader.npz]
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch

from training.examples import ReadingExample, read_examples
from training.fitting import Lesson, fit
from training.frozen import frozen_states
from training.measure import measure, read_all
from training.recipe import SEED, training_parts
from training.span_model import SpanModel
from training.span_network import TrainedWeights, save_span_network
from training.span_reader import SpanReader
from training.windows import training_windows
from vectorstore.e5 import build_tokenizer
from vectorstore.e5_weights import Weights, read_weights

WEIGHTS = Path("data/reader/span_reader.npz")
_MEASURED = ("admin_vi", "viquad_dev")


def main() -> int:
    """Train from the command line."""
    parser = argparse.ArgumentParser(prog="python -m training", description="Train the reader.")
    parser.add_argument("data", type=Path, help="folder with train/*.jsonl and eval/*.jsonl")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="weights file to write")
    parser.add_argument("--rounds", type=int, default=2, help="times the Vietnamese part is learnt")
    parser.add_argument("--most", type=int, help="windows of each part, for a trial")
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    weights = read_weights()
    parts = [_lessons(part[: args.most], weights) for part in training_parts(args.data)]
    model = SpanModel(weights).to("cuda" if torch.cuda.is_available() else "cpu")
    general, own = parts
    epochs = [[*general, *own], *[own] * (args.rounds - 1)]
    fit(model, epochs, seed=SEED, say=_say, keep=lambda: model.trained_weights().save(args.out))
    measured = measure_reader(args.out, args.data)
    args.out.with_suffix(".json").write_text(json.dumps(measured, indent=1) + "\n", "utf-8")
    _say(json.dumps(measured, indent=1))
    return 0


def measure_reader(trained: Path, data: Path) -> dict[str, dict[str, float]]:
    """Measure trained weights, in 8 bits, on the questions kept for that."""
    weights = read_weights()
    with tempfile.TemporaryDirectory() as folder:
        network = Path(folder, "reader.xml")
        save_span_network(weights, TrainedWeights.load(trained), network)
        reader = SpanReader(network, build_tokenizer(weights))
        sets = {name: read_examples(data / "eval" / f"{name}.jsonl") for name in _MEASURED}
        return {
            name: asdict(measure(examples, read_all(reader, examples)))
            for name, examples in sets.items()
        }


def _lessons(examples: Sequence[ReadingExample], weights: Weights) -> list[Lesson]:
    windows = list(training_windows(examples, build_tokenizer(weights), random.Random(SEED)))
    windows.sort(key=lambda each: len(each.window.ids))
    _say(f"{len(windows)} windows of {len(examples)} examples")
    with tempfile.TemporaryDirectory() as folder:
        states = frozen_states(weights, [each.window.ids for each in windows], Path(folder))
        return [
            Lesson(found, each.window.text_at, each.start, each.end)
            for each, found in zip(windows, states, strict=True)
        ]


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
