"""Pick out the one figure of the passages that a question asks for, where that is certain."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quantities import Quantity
from records import FigureStatus, Hit, Passage, PassageKind, Span
from retrieval.answer_kinds import single_years, years
from retrieval.asked_figure import WantedFigure
from retrieval.candidates import Candidate
from retrieval.figure_pieces import FigurePiece, cut_pieces
from retrieval.question_terms import QuestionTerms
from retrieval.said_status import NOT_DATED, words_status
from sentences import cut_sentences
from vietnamese import fold, terms

_READ = 5  # passages looked at for another figure
# Share of the question that the sentence and its headings must say; that the figure's own piece
# must say, by itself and with what stands before; by how much more than any other figure; and what
# later pieces may say of it that this one does not. Chosen on questions written for that.
_LEAST_AROUND = 0.6
_LEAST_OWN = 0.3
_MARGIN = 0.1
_MOST_LEFT_OUT = 0.15
_TELLING = 2.0  # inverse document frequency from which a term left out counts
# Worth of what a piece says by itself, with the words before it, with the sentence up to it.
_OWN, _NEAR, _EARLIER = 0.3, 0.5, 0.2


@dataclass(frozen=True, slots=True)
class PickedFigure:
    """A figure of a passage, and how well it fits the question."""

    passage: Passage
    sentence: Span  # of the passage's text, as the piece's spans
    piece: FigurePiece
    fit: float  # share of the question that it says, 0 to 1


def pick_figure(
    wanted: WantedFigure, asked: QuestionTerms, best: Candidate, hits: Sequence[Hit]
) -> PickedFigure | None:
    """Pick the figure that a question asks for out of the sentence that answers it.

    Args:
        wanted: What figure is asked for.
        asked: The question's weighed terms.
        best: What answers.
        hits: The passages retrieved; another figure in them that fits as well leaves it open
            which one is meant.

    Returns:
        The figure; None where none fits, or where another may be meant as well.
    """
    picked = _pick(wanted, asked, best.passage, best.sentence)
    if picked is None:
        return None
    for rival in _others(wanted, asked, best, hits):
        same = picked.piece.figure.value == rival.piece.figure.value
        if not same and rival.fit > picked.fit - _MARGIN:
            return None
    return picked


def find_figures(
    wanted: WantedFigure, asked: QuestionTerms, best: Candidate, hits: Sequence[Hit]
) -> list[PickedFigure]:
    """Find the figures that fit a question, the one of its best sentence first, then by fit.

    Unlike `pick_figure` it may give several: enough to compare with a figure that the question
    names, whose unit they share.
    """
    here = _pick(wanted, asked, best.passage, best.sentence)
    others = sorted(_others(wanted, asked, best, hits), key=lambda other: -other.fit)
    return [here, *others] if here else others


def find_named(
    wanted: WantedFigure,
    asked: QuestionTerms,
    hits: Sequence[Hit],
    is_named: Callable[[Quantity], bool],
) -> PickedFigure | None:
    """Find the very figure that a question names, where it fits the rest of the question."""
    named = [
        each
        for hit in hits[:_READ]
        for sentence in cut_sentences(hit.passage.text)
        for each in _ranked(wanted, asked, hit.passage, sentence)
        if is_named(each.piece.figure)
    ]
    return max(named, key=lambda each: each.fit, default=None)


def _others(
    wanted: WantedFigure, asked: QuestionTerms, best: Candidate, hits: Sequence[Hit]
) -> Iterator[PickedFigure]:
    for hit in hits[:_READ]:
        if hit.passage.report != best.passage.report:
            continue
        for sentence in cut_sentences(hit.passage.text):
            if hit.passage.id == best.passage.id and sentence == best.sentence:
                continue
            found = _pick(wanted, asked, hit.passage, sentence)
            if found:
                yield found


def _pick(
    wanted: WantedFigure, asked: QuestionTerms, passage: Passage, sentence: Span
) -> PickedFigure | None:
    ranked = _ranked(wanted, asked, passage, sentence)
    if not ranked:
        return None
    if wanted.compared:  # of figures that fit alike the first: a whole is told before its parts
        ranked = [r for r in ranked if not _leaves_out(passage.text, sentence, r.piece, asked)]
        return ranked[0] if ranked else None
    best, *others = ranked
    clear = not others or best.fit - others[0].fit >= _MARGIN
    return best if clear and not _leaves_out(passage.text, sentence, best.piece, asked) else None


def _ranked(
    wanted: WantedFigure, asked: QuestionTerms, passage: Passage, sentence: Span
) -> list[PickedFigure]:
    """Give the figures of a sentence that can be what is asked, the best first."""
    if passage.kind is PassageKind.TABLE_ROW:
        return []
    text = passage.text
    said = f"{text[sentence.start : sentence.end]} {' '.join(passage.section)} {passage.context}"
    around = f"{text} {said}" if wanted.compared else said
    if asked.coverage(frozenset(terms(around))) < _LEAST_AROUND:
        return []
    fitting = [
        PickedFigure(passage, sentence, piece, _fit(text, sentence, piece, asked))
        for piece in _of_the_year(wanted, text, said, cut_pieces(text, sentence))
        if wanted.fits(piece, text) and not (wanted.results_only and _is_target(passage, piece))
    ]
    fitting.sort(key=lambda each: -each.fit)
    return fitting if fitting and fitting[0].fit >= _LEAST_OWN else []


def _is_target(passage: Passage, piece: FigurePiece) -> bool:
    words = piece.words(passage.text)
    return words_status(words, passage.section, NOT_DATED) is FigureStatus.TARGET


def _of_the_year(
    wanted: WantedFigure, text: str, said: str, pieces: Sequence[FigurePiece]
) -> Sequence[FigurePiece]:
    """Keep the figures of the year asked; none if the sentence is of another year.

    A figure is of the year said beside it, or else of the one before it in the sentence.
    """
    asked = frozenset(wanted.years)
    if not asked:
        return pieces
    # "Năm 2024" is not "giai đoạn 2021 - 2024", unless that is what was asked.
    read = years if len(asked) > 1 else single_years
    kept, current = [], frozenset[str]()
    for piece in pieces:
        words = piece.words(text)
        if years(words) and "so voi" not in fold(words):
            current = read(words)
        if asked & current:
            kept.append(piece)
    if kept:
        return kept
    return pieces if asked & years(said) or not years(said) else ()


def _fit(text: str, sentence: Span, piece: FigurePiece, asked: QuestionTerms) -> float:
    own = text[piece.span.start : piece.span.end]
    led = text[sentence.start : piece.until]
    return sum(
        share * asked.coverage(frozenset(terms(words)))
        for share, words in ((_OWN, own), (_NEAR, piece.words(text)), (_EARLIER, led))
    )


def _leaves_out(text: str, sentence: Span, piece: FigurePiece, asked: QuestionTerms) -> bool:
    """Whether the words around later figures say something of the question that tells.

    Those up to the next figure do not: they may go on with what this one counts.
    """
    led = terms(text[sentence.start : piece.until])
    later = terms(text[piece.until : sentence.end])
    open_terms = set(asked.weights)
    for said, other in asked.wordings:
        if other <= frozenset(led):
            open_terms -= said
    telling = {term for term in open_terms if asked.weights[term] >= _TELLING}
    words = {pair for pair in asked.pairs if open_terms >= set(pair)}
    missed = asked.coverage(frozenset((*led, *later))) - asked.coverage(frozenset(led))
    return (
        missed > _MOST_LEFT_OUT
        or bool(telling & (frozenset(later) - frozenset(led)))
        or bool(words & (frozenset(pairwise(later)) - frozenset(pairwise(led))))
    )
