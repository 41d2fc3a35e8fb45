"""Guess what a mistyped syllable was meant to be, from the words that the reports use."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.wording import Wording

_SHORTEST = 3  # letters; a shorter syllable is one slip away from everything
# A pair of syllables that chunks share is a word; one seen once may be a slip itself.
_KNOWN_PAIR = 2
# First letters that one writes for the other by ear: "xúc" for "súc", "chồng" for "trồng".
_TAKEN_FOR = ("sx", "ct", "dgr", "ln", "ckq", "iy")


class Vocabulary:
    """The terms of an index: how many chunks have each syllable and each pair of syllables."""

    def __init__(self, frequencies: Mapping[str, int], chunks: int) -> None:
        """Take the terms with the number of chunks that have each, and the number of chunks."""
        self.chunks = chunks
        self._frequencies = frequencies
        self._syllables = [t for t in frequencies if "_" not in t and t.isalpha() and len(t) > 1]
        self._near = lru_cache(maxsize=4096)(self._find_near)

    def frequency(self, term: str) -> int:
        """Count the chunks that have a term; pairs are written "san_pham"."""
        return self._frequencies.get(term, 0)

    def guesses(self, asked: Sequence[str], telling: Collection[str]) -> list[Wording]:
        """Give syllables that may have been meant in place of doubtful ones.

        A syllable is doubtful if the reports never have it, or never beside its neighbours; a
        guess differs from it by one slip of the finger and does stand beside them.

        Args:
            asked: The terms of a question, in order.
            telling: Those of them that are looked for.
        """
        found = []
        for n, term in enumerate(asked):
            if term not in telling or not term.isalpha() or len(term) < _SHORTEST:
                continue
            neighbours = list(_sides(asked, n))
            if any(self.frequency(pair.format(term)) for pair in neighbours):
                continue
            near = [word for word in self._near(term) if word != term]
            fitting = {w: sum(self.frequency(p.format(w)) for p in neighbours) for w in near}
            best = max(near, key=lambda w: (fitting[w], self.frequency(w)), default="")
            least = _KNOWN_PAIR if self.frequency(term) else 1
            if best and fitting[best] >= least:
                found.append(Wording((term,), (best,)))
        return found

    def _find_near(self, term: str) -> tuple[str, ...]:
        found = process.extract(
            term, self._syllables, scorer=OSA.distance, score_cutoff=1, limit=None
        )
        return tuple(word for word, _, _ in found if _begin_alike(word, term))


def _begin_alike(one: str, other: str) -> bool:
    """Whether two syllables begin with one letter, or with sounds that are taken for each other."""
    return one[0] == other[0] or any(one[0] in pair and other[0] in pair for pair in _TAKEN_FOR)


def _sides(asked: Sequence[str], n: int) -> Iterator[str]:
    if n > 0:
        yield f"{asked[n - 1]}_{{}}"
    if n + 1 < len(asked):
        yield f"{{}}_{asked[n + 1]}"
