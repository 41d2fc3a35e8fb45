"""Put together what the reader is taught: which data, how many of each, and in what forms."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from training.examples import ReadingExample, read_examples, split_by_context
from training.near_misses import (
    of_another_place,
    of_another_year,
    place_names,
    with_other_texts,
    without_the_answer,
)
from training.table_rows import table_examples
from training.typing_variants import abbreviated, with_slips, without_diacritics

SEED = 20_260
# Of the contexts of admin_vi; the rest is kept for fitting how the reader's scores are used
# (`evaluation.fit_relevance`), which must not see the scores of texts the reader knows by heart.
ADMIN_SHARE = 0.7
_POLICIES = 2500  # of 7,961: long spans in formal prose, but in English
_TABLE_ROWS = 3000
_HEADED = 0.4  # share of the administrative examples that are read below their first line
_LONGEST_HEADING = 90  # characters

_Form = Callable[[str, random.Random], str]


def training_parts(folder: Path) -> tuple[list[ReadingExample], list[ReadingExample]]:
    """Give what is learnt first and what is learnt last.

    Args:
        folder: That holds `train/*.jsonl`.

    Returns:
        Questions on general texts of several languages, then those on Vietnamese texts; the same
        ones, in the same order, every time.
    """
    rng = random.Random(SEED)
    train = folder / "train"
    general = [
        *read_examples(train / "tydiqa.jsonl"),
        *rng.sample(read_examples(train / "policyqa.jsonl"), _POLICIES),
    ]
    wiki = read_examples(train / "mlqa.jsonl")
    wiki += list(_typed(wiki, without_diacritics, 0.2, rng))
    admin, _ = split_by_context(read_examples(train / "admin_vi.jsonl"), ADMIN_SHARE, SEED)
    own = [*wiki, *_administrative(admin, rng)]
    rng.shuffle(general)
    rng.shuffle(own)
    return general, own


def held_out_admin(folder: Path) -> list[ReadingExample]:
    """Give the administrative questions of the training data that the reader does not learn from."""
    examples = read_examples(folder / "train" / "admin_vi.jsonl")
    return split_by_context(examples, ADMIN_SHARE, SEED)[1]


def _administrative(
    examples: Sequence[ReadingExample], rng: random.Random
) -> Iterator[ReadingExample]:
    examples = [_below_first_line(e) if rng.random() < _HEADED else e for e in examples]
    places = place_names(examples)
    yield from examples
    yield from _typed(examples, without_diacritics, 0.8, rng)
    yield from _typed(examples, with_slips, 0.3, rng)
    yield from _typed(examples, abbreviated, 0.3, rng)
    misses = [of_another_year(e, rng) for e in examples]
    misses += [of_another_place(e, places, rng) for e in examples]
    misses += [without_the_answer(e) for e in rng.sample(examples, len(examples) // 3)]
    near = [miss for miss in misses if miss]
    near += with_other_texts(rng.sample(examples, len(examples) * 2 // 3), rng)
    rows = list(table_examples(_TABLE_ROWS, tuple(places), rng))
    for part in (near, rows):
        yield from part
        yield from _typed(part, without_diacritics, 0.3, rng)


def _typed(
    examples: Sequence[ReadingExample], form: _Form, share: float, rng: random.Random
) -> Iterator[ReadingExample]:
    """Give a share of the examples with their question in another form, where that changes it."""
    for example in rng.sample(examples, round(share * len(examples))):
        question = form(example.question, rng)
        if question != example.question:
            yield replace(example, question=question)


def _below_first_line(example: ReadingExample) -> ReadingExample:
    """Read a text below its first line, as a passage is read below the headings of its report."""
    first = example.context.split("\n", 1)[0].strip("# ")
    return replace(example, heading=first[:_LONGEST_HEADING].rsplit(" ", 1)[0])
