"""Fit the weights with which clauses are ranked, on questions over other texts than the reports.

    python -m evaluation.fit_relevance TRAIN.jsonl EVAL.jsonl

The data are lines of {"question", "context", "answer", "start"}; a context without the answer has
null. Contexts are indexed as reports are; each question then goes through the same search as a
user's, and a linear score is fitted to put a candidate that holds the answer first (softmax over
the candidates of a question, L2). Takes some ten minutes on two cores.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from records import Hit, Span
from retrieval.clause_reader import WEIGHTS_FILE, gather_candidates
from retrieval.question import AnswerKind
from retrieval.relevance import FEATURES, FoundCandidate, describe, weigh_terms
from retrieval.search import HybridSearch
from settings import Settings
from spans import spans_within
from wiring import get_embedder, index_reports, open_index

_PASSAGES = 5
_L2 = 1e-3


@dataclass(frozen=True, slots=True)
class Example:
    """One question's candidates."""

    kind: AnswerKind
    features: NDArray[np.float32]  # shape (candidates, features)
    holds: NDArray[np.bool_]  # shape (candidates,): which hold most of the answer


def read_examples(path: Path) -> list[Example]:
    """Index the contexts of a file and give the questions whose answer was retrieved."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    contexts = {line["context"]: f"{n:05}.txt" for n, line in enumerate(lines)}
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder, "texts")
        texts.mkdir()
        for context, name in contexts.items():
            (texts / name).write_text(context, "utf-8")
        settings = replace(Settings.from_env(), index_dir=Path(folder, "index"))
        index_reports(settings, [texts])
        search = HybridSearch(open_index(settings), get_embedder(settings))
        examples = [_example(search, line, contexts[line["context"]]) for line in lines]
    return [example for example in examples if example is not None]


def _example(search: HybridSearch, line: dict[str, object], report: str) -> Example | None:
    if not line["answer"]:
        return None
    question = search.understand(str(line["question"]))
    vector = search.embed(question)
    hits: list[Hit] = search.search(question, vector, k=_PASSAGES)
    found = gather_candidates(hits, search.closeness(hits, vector))
    start = int(str(line["start"]))
    answer = Span(start, start + len(str(line["answer"])))
    held = np.array([_overlap(each, answer) if each.hit.passage.report == report else 0 for each in found])
    if not held.any():
        return None
    asked = weigh_terms(question, *search.idf(question))
    return Example(question.kind, describe(question, asked, found), held == held.max())


def _overlap(found: FoundCandidate, answer: Span) -> int:
    spans = spans_within(found.candidate.passage.spans, found.candidate.span)
    return sum(max(0, min(s.end, answer.end) - max(s.start, answer.start)) for s in spans)


def fit(examples: Sequence[Example]) -> NDArray[np.float64]:
    """Fit the weights, shape (features,), on features as they are."""
    every = np.concatenate([example.features for example in examples]).astype(np.float64)
    mean, spread = every.mean(0), every.std(0)
    spread[spread == 0] = np.inf  # a feature that never varies here gets no weight
    scaled = [((e.features - mean) / spread, e.holds) for e in examples]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.0, np.zeros_like(weights)
        for features, holds in scaled:
            scores = features @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            right = shares[holds].sum()
            total -= np.log(right + 1e-12)
            gradient -= features.T @ (np.where(holds, shares, 0.0) / (right + 1e-12) - shares)
        return (
            total / len(scaled) + _L2 * float(weights @ weights),
            gradient / len(scaled) + 2 * _L2 * weights,
        )

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / spread)


def accuracy(examples: Sequence[Example], weights: NDArray[np.float64]) -> dict[str, float]:
    """The share of questions whose best candidate holds the answer, in all and by kind."""
    right: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for example in examples:
        best = int(np.argmax(example.features @ weights))
        for key in ("all", example.kind.value):
            counted[key] += 1
            right[key] += bool(example.holds[best])
    return {key: round(right[key] / counted[key], 3) for key in counted}


def main() -> None:
    """Fit on the first file, report on both, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("train", type=Path)
    parser.add_argument("evaluate", type=Path)
    arguments = parser.parse_args()
    train, evaluate = read_examples(arguments.train), read_examples(arguments.evaluate)
    weights = fit(train)
    measured = {"train": accuracy(train, weights), "eval": accuracy(evaluate, weights)}
    print(json.dumps(measured, indent=1))
    content = {
        "made_by": "evaluation/fit_relevance.py",
        "trained_on": f"{len(train)} questions of {arguments.train.name}",
        "accuracy": measured,
        "weights": {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)},
    }
    WEIGHTS_FILE.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
