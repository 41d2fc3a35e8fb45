"""Fit how clauses are ranked and when none is good enough, on questions over other texts.

    python -m evaluation.fit_relevance TRAIN.jsonl EVAL.jsonl

The data are lines of {"question", "context", "answer", "start"}; where the context does not hold
the answer, "answer" is null. The contexts are indexed as reports are, and each question goes
through the same search as a user's. Two things are fitted and written to
`retrieval/relevance.json`:

- the weights of a linear score that puts a candidate holding the answer first (softmax over the
  candidates of a question, L2; a feature's sign is given by whether it supports or opposes);
- the confidence that the passages hold the answer at all (logistic regression on the features of
  the best candidate), and the least confidence to answer with: the one that keeps `KEPT` of the
  right answers of EVAL. Questions without an answer are those whose context does not hold it (near
  misses), and every question asked of the other contexts only (another subject).

Takes some ten minutes on two cores. It needs scikit-learn and SciPy, which sentence-transformers
brings along.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from records import Span
from retrieval.clause_reader import (
    COLUMN_FIT_WEIGHT,
    WEIGHTS_FILE,
    confidence_features,
    gather_candidates,
    similarities,
)
from retrieval.question import AnswerKind
from retrieval.question_terms import weigh_terms
from retrieval.relevance import FEATURES, SUPPORTING, FoundCandidate, describe
from retrieval.search import HybridSearch
from settings import Settings
from spans import spans_within
from wiring import get_embedder, index_reports, open_index

Features = NDArray[np.float32]
Weights = NDArray[np.float64]

KEPT = 0.98  # of the right answers; the price of refusing
_PASSAGES = 8
_L2 = 1e-3


@dataclass(frozen=True, slots=True)
class Example:
    """One question's candidates."""

    kind: AnswerKind
    answerable: bool  # its context holds the answer
    features: Features  # shape (candidates, features)
    cosines: Weights  # shape (candidates,)
    holds: NDArray[np.bool_]  # shape (candidates,): which hold most of the answer


def read_examples(path: Path) -> list[Example]:
    """Index the contexts of a file, and search them for each of its questions."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    names = {context: f"{n:05}.txt" for n, context in enumerate({x["context"]: 0 for x in lines})}
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder, "texts")
        texts.mkdir()
        for context, name in names.items():
            (texts / name).write_text(context, "utf-8")
        settings = replace(Settings.from_env(), index_dir=Path(folder, "index"))
        index_reports(settings, [texts])
        search = HybridSearch(open_index(settings), get_embedder(settings))
        return [
            example for line in lines for example in _examples(search, line, names[line["context"]])
        ]


def _examples(search: HybridSearch, line: dict[str, str], report: str) -> Iterator[Example]:
    """Give a question's candidates, and those it would have if its context were not indexed."""
    question = search.understand(line["question"])
    vector = search.embed(question)
    asked = weigh_terms(question, *search.idf(question))
    found = search.search(question, vector, k=2 * _PASSAGES)
    elsewhere = [hit for hit in found if hit.passage.report != report]
    closeness = search.closeness(found, vector)
    for hits, answer in ((found, line["answer"]), (elsewhere, None)):
        candidates = gather_candidates(hits[:_PASSAGES], closeness)
        held = np.zeros(len(candidates))
        if answer:
            place = Span(int(line["start"]), int(line["start"]) + len(answer))
            held += [
                _overlap(each, place) * (each.hit.passage.report == report) for each in candidates
            ]
        features = describe(question, asked, candidates)
        holds = (held > 0) & (held == held.max(initial=0))
        yield Example(question.kind, bool(answer), features, similarities(candidates), holds)


def _overlap(found: FoundCandidate, answer: Span) -> int:
    spans = spans_within(found.candidate.passage.spans, found.candidate.span)
    return sum(max(0, min(s.end, answer.end) - max(s.start, answer.start)) for s in spans)


def fit_ranking(examples: Sequence[Example]) -> Weights:
    """Fit the score's weights, shape (features,), on the questions whose answer was retrieved."""
    retrieved = [example for example in examples if example.holds.any()]
    every = np.concatenate([example.features for example in retrieved]).astype(np.float64)
    mean, spread = every.mean(0), every.std(0)
    spread[spread == 0] = np.inf  # a feature that never varies here gets no weight
    scaled = [((e.features - mean) / spread, e.holds) for e in retrieved]

    def loss(weights: Weights) -> tuple[float, Weights]:
        total, gradient = 0.0, np.zeros_like(weights)
        for features, holds in scaled:
            shares = _softmax(features @ weights)
            right = shares[holds].sum() + 1e-12
            total -= np.log(right)
            gradient -= features.T @ (np.where(holds, shares, 0.0) / right - shares)
        size = len(scaled)
        return total / size + _L2 * float(weights @ weights), gradient / size + 2 * _L2 * weights

    signs = [(0.0, None) if name in SUPPORTING else (None, 0.0) for name in FEATURES]
    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B", bounds=signs)
    return np.asarray(found.x / spread)


def fit_confidence(examples: Sequence[Example], weights: Weights) -> tuple[Weights, float]:
    """Fit the chance that the passages hold the answer: weights of `confidence_features`, bias."""
    best = _best(examples, weights)
    mean, spread = best.rows.mean(0), best.rows.std(0)
    spread[spread == 0] = np.inf
    model = LogisticRegression(C=0.1, max_iter=3000, class_weight="balanced")
    model.fit((best.rows - mean) / spread, best.answerable)
    scaled = model.coef_[0] / spread
    return scaled, float(model.intercept_[0] - scaled @ mean)


@dataclass(frozen=True, slots=True)
class _Best:
    """The best candidate of each question; arrays of one length."""

    rows: Weights  # shape (questions, confidence features)
    right: NDArray[np.bool_]
    answerable: NDArray[np.bool_]


def _best(examples: Sequence[Example], weights: Weights) -> _Best:
    scored = [(e, e.features @ weights) for e in examples if len(e.features)]
    return _Best(
        np.array([confidence_features(e.features, scores, e.cosines) for e, scores in scored]),
        np.array([example.holds[int(np.argmax(scores))] for example, scores in scored]),
        np.array([example.answerable for example, _ in scored]),
    )


def _softmax(scores: Weights) -> Weights:
    shares = np.exp(scores - scores.max())
    return np.asarray(shares / shares.sum())


def accuracy(examples: Sequence[Example], weights: Weights) -> dict[str, float]:
    """Give the share of answerable questions whose best candidate is right, in all and by kind."""
    right: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for example in examples:
        if example.answerable:
            best = int(np.argmax(example.features @ weights))
            for key in ("all", example.kind.value):
                counted[key] += 1
                right[key] += bool(example.holds[best])
    return {key: round(right[key] / counted[key], 3) for key in counted}


def main() -> None:
    """Fit on the first file, measure on the second, and write what was fitted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("train", type=Path)
    parser.add_argument("evaluate", type=Path)
    arguments = parser.parse_args()
    train, evaluate = read_examples(arguments.train), read_examples(arguments.evaluate)
    weights = fit_ranking(train)
    confidence, bias = fit_confidence(train, weights)
    best = _best(evaluate, weights)
    sure = 1 / (1 + np.exp(-(best.rows @ confidence + bias)))
    threshold = float(np.quantile(sure[best.right], 1 - KEPT))
    known, refused = best.right | ~best.answerable, sure < threshold
    named = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)}
    content = {
        "made_by": "evaluation/fit_relevance.py",
        "embedder": get_embedder(Settings.from_env()).name,
        "trained_on": f"{len(train) // 2} questions of {arguments.train.name}",
        "measured": {
            "right_train": accuracy(train, weights),
            "right_eval": accuracy(evaluate, weights),
            "auc_right_against_unanswerable_eval": round(
                float(roc_auc_score(best.right[known], sure[known])), 3
            ),
            "refused_of_unanswerable_eval": round(float(refused[~best.answerable].mean()), 3),
            "refused_of_wrong_eval": round(float(refused[best.answerable & ~best.right].mean()), 3),
        },
        "weights": named | {"column_fit": COLUMN_FIT_WEIGHT},
        "confidence": [round(float(w), 4) for w in confidence],
        "confidence_bias": round(bias, 4),
        "least_confidence": round(threshold, 4),
    }
    print(json.dumps(content["measured"], indent=1))
    WEIGHTS_FILE.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
