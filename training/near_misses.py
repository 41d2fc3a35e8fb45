"""Make questions that a text seems to answer and does not: another year, place, text or column."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from sentences import cut_sentences
from training.examples import ReadingExample
from vietnamese import CAPITALS, fold, terms

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PLACE = re.compile(
    r"\b((?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|TP|TX)\s+)"
    rf"([{CAPITALS}][^\W\d_]*(?:\s+[{CAPITALS}][^\W\d_]*){{0,3}})"
)
_LATEST_YEAR = 2035
_NEAREST = 8  # other texts looked at for a question


def of_another_year(example: ReadingExample, rng: random.Random) -> ReadingExample | None:
    """Ask about a year that the text does not name; None where the question names no year."""
    years = list(_YEAR.finditer(example.question))
    said = set(_YEAR.findall(example.context))
    if not years or not example.answer:
        return None
    year = rng.choice(years)
    others = [
        str(other)
        for other in range(int(year[0]) - 5, min(int(year[0]) + 6, _LATEST_YEAR))
        if str(other) not in said
    ]
    return _asked_of(example, year.start(), year.end(), rng.choice(others)) if others else None


def of_another_place(
    example: ReadingExample, places: Sequence[str], rng: random.Random
) -> ReadingExample | None:
    """Ask about a place that the text does not name; None where the question names none.

    Args:
        example: A question that its text answers.
        places: Names to choose from, without their rank: "Mỹ Đức".
        rng: Source of chance.
    """
    named = list(_PLACE.finditer(example.question))
    if not named or not example.answer:
        return None
    place = rng.choice(named)
    said = fold(f"{example.context} {example.heading}")
    others = [name for name in rng.sample(places, min(20, len(places))) if fold(name) not in said]
    return _asked_of(example, place.start(2), place.end(2), others[0]) if others else None


def without_the_answer(example: ReadingExample) -> ReadingExample | None:
    """Take the sentence that answers out of the text; None where the answer is said again."""
    if not example.answer:
        return None
    kept = [
        example.context[sentence.start : sentence.end]
        for sentence in cut_sentences(example.context)
        if sentence.end <= example.answer.start or sentence.start >= example.answer.end
    ]
    context = "\n".join(kept)
    if len(kept) < 2 or fold(example.answer_text) in fold(context):
        return None
    return replace(example, context=context, answer=None)


def with_other_texts(
    examples: Sequence[ReadingExample], rng: random.Random
) -> list[ReadingExample]:
    """Give each question one of the texts most like it, among those that do not hold its answer."""
    contexts = sorted({example.context for example in examples})
    vectoriser = TfidfVectorizer(analyzer=terms, sublinear_tf=True, dtype=np.float32)
    texts = vectoriser.fit_transform(contexts)
    likeness = vectoriser.transform([example.question for example in examples]) @ texts.T
    made = []
    for example, row in zip(examples, likeness.toarray(), strict=True):
        near = [contexts[n] for n in np.argsort(-row)[: _NEAREST + 1]]
        others = [
            text
            for text in near
            if text != example.context
            and not (example.answer and fold(example.answer_text) in fold(text))
        ]
        if others:
            made.append(replace(example, context=rng.choice(others), answer=None))
    return made


def place_names(examples: Sequence[ReadingExample]) -> list[str]:
    """Collect the names of places that texts mention, without their rank."""
    return sorted({name for e in examples for _, name in _PLACE.findall(e.context)})


def _asked_of(example: ReadingExample, start: int, end: int, other: str) -> ReadingExample:
    question = example.question[:start] + other + example.question[end:]
    return replace(example, question=question, answer=None)
