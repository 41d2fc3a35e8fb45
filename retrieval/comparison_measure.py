"""Read what a question measures, and say how much of it some words hold."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from quantities import find_quantities
from retrieval.comparison_figures import FoundFigure
from retrieval.looking_up import LookedUp
from retrieval.question import Question
from retrieval.question_terms import QuestionTerms
from vietnamese import has_diacritics

# Words that ask nothing where they are typed without marks: "trồng".
_OFTEN_MEANT = frozenset(("trong",))
_SKIPPED = 0.5  # weight of a pair with a word between, of that of neighbours
MEASURES = frozenset("% ‰ đồng USD ha km m m² km² m³ tấn tạ kg kWh lít".split())


@dataclass(frozen=True, slots=True)
class Measure:
    """What a question measures: its weighed terms, and those of them that stand together."""

    asked: QuestionTerms
    pairs: Mapping[str, float]  # weight of each: "san_pham"
    apart: frozenset[str]  # terms with one between: "trồng rừng mới" is "trồng mới 532 ha rừng" too
    skipped: float  # what each of these adds
    unit: str  # in its one form, where it is a measure: "ha"; else ""
    unit_terms: frozenset[str]  # as asked: "hecta"

    def terms_in(self, words: frozenset[str]) -> float:
        """Give the share of the question's weight that some words hold."""
        return self.asked.coverage(words)

    def pairs_in(self, words: frozenset[str]) -> float:
        """Give the share of the weight of the question's pairs that some words hold."""
        if not self.pairs:
            return self.terms_in(words)
        held = sum(weight for pair, weight in self.pairs.items() if pair in words)
        held += sum(self.skipped for pair in self.apart if pair in words)
        return min(1.0, held / sum(self.pairs.values()))

    def unit_of(self, figure: FoundFigure) -> frozenset[str]:
        """Give the terms of the unit asked for, where a figure is in it, however written."""
        same = bool(self.unit) and figure.quantity.unit == self.unit
        return self.unit_terms if same else frozenset()


def read_measure(found: LookedUp) -> Measure:
    """Read what a question measures; slips and abbreviations are read as what they mean."""
    question = found.question
    telling = frozenset(question.terms)
    if not has_diacritics(question.text):
        telling |= _OFTEN_MEANT
    meant = {w.said[0]: w.other for w in question.wordings if len(w.said) == 1}
    unit = asked_unit(question)
    measured = measured_unit(" ".join(unit))
    if measured in MEASURES:
        telling -= frozenset(unit)
    words = [term for word in question.words for term in meant.get(word, (word,))]
    telling |= {term for said, other in meant.items() if said in telling for term in other}
    weights = found.pair_weights
    near = _pairs_told(words, telling, apart=1)
    usual = sum(weights.get(pair, 0.0) for pair in near) / (len(near) or 1) or 1.0
    pairs = {pair: weights.get(pair, usual) for pair in near}
    return Measure(
        found.asked,
        pairs,
        frozenset(_pairs_told(words, telling, apart=2)),
        _SKIPPED * usual,
        measured,
        frozenset(unit),
    )


def _pairs_told(words: Sequence[str], telling: Collection[str], *, apart: int) -> list[str]:
    """Give the pairs of telling terms that stand next to each other, or with one between."""
    return [
        f"{one}_{other}"
        for one, other in zip(words, words[apart:], strict=False)
        if one in telling and other in telling
    ]


def asked_unit(question: Question) -> tuple[str, ...]:
    """Give the folded terms of what a question counts or measures in, abbreviations in full."""
    unit = question.unit
    for wording in question.wordings:
        width = len(wording.said)
        for at in range(len(unit) - width + 1):
            if unit[at : at + width] == wording.said:
                unit = (*unit[:at], *wording.other, *unit[at + width :])
                break
    for width in range(1, len(unit) + 1):
        if measured_unit(" ".join(unit[:width])) in MEASURES:
            return unit[:width]  # of "ha cây ăn quả" the rest is what is measured
    return unit


@lru_cache(maxsize=256)
def measured_unit(unit: str) -> str:
    """Give the one form of a unit as it is asked for: "hecta" is "ha"."""
    return next((each.unit for each in find_quantities(f"5 {unit}")), "")
