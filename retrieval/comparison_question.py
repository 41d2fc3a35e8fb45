"""Understand a question across reports: what is compared, of whom, and what each is asked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from records import Span
from retrieval.answer_kinds import has_name
from retrieval.comparison_slips import mend_slips
from retrieval.comparison_words import (
    Operation,
    leave_out_comparison,
    ranks_from_least,
    read_direction,
    recognise,
    rewrite_implied,
    wants_figures,
)
from retrieval.question import AnswerKind, understand
from vietnamese import cut_terms, fold, normalise, terms


@dataclass(frozen=True, slots=True)
class Locality:
    """A district and the reports that are about it."""

    name: str  # without "huyện": "Mai Sơn"
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LocalityQuestion:
    """What one locality's reports are asked."""

    locality: Locality
    text: str  # without places and without the words that compare


@dataclass(frozen=True, slots=True)
class ComparisonQuestion:
    """A question that takes the reports of several localities to answer."""

    operation: Operation
    parts: tuple[LocalityQuestion, ...]  # in the order named, else by name
    numeric: bool  # figures are wanted, not words
    lowest: bool  # the least wins, or comes first
    adjective: str  # the winner's: "nhiều", "thấp"; "" if none is said
    claim: bool  # asked as yes or no: does the locality named first win?
    named: bool  # the localities are named, rather than all meant
    everywhere: bool = False  # none is spoken of: only what several surely have is meant


# Where a question that asks each locality something of its own may be cut.
_CUT = re.compile(r"[,;:?.](?:\s+|$)(?:(?:con|va)\s+)?|\s+(?:con|va)\s+(?=(?:\w+\s+){0,2}@)")
_ASKS = re.compile(r"\b(?:bao nhieu|bao nheu|bao nhiu|may|thi sao|the nao|ra sao|la gi|ai|nao)\b")


def understand_comparison(text: str, places: Mapping[str, str]) -> ComparisonQuestion | None:
    """Read a question as one across reports; None if it is about one report.

    Args:
        text: The question as typed, in any Unicode form, with or without diacritics.
        places: District of each indexed report, by report name; districts may be empty.

    Raises:
        InvalidQuestionError: The question is empty or far too long.
    """
    text = mend_slips(" ".join(normalise(text).split()))
    kind = understand(text, places).kind
    localities = list_localities(places)
    found = _find_names(text, localities)
    named = tuple(dict.fromkeys(locality for _, locality in found))
    masked = _mask(text, [span for span, _ in found])
    own = _own_questions(text, masked, found) if len(named) == len(found) > 1 else ()
    operation = recognise(masked, kind, named=len(named), own_questions=bool(own))
    if operation is None or len(localities) < 2:
        return None
    if own and operation is Operation.LIST:
        parts = own
    else:
        rest = leave_out_comparison(*rewrite_implied(text, masked))
        several = named if len(named) > 1 else localities
        parts = tuple(LocalityQuestion(each, rest) for each in several)
    if not all(any(map(str.isalnum, part.text)) for part in parts):
        return None
    lowest, adjective = read_direction(text, masked)
    return ComparisonQuestion(
        operation=operation,
        parts=parts,
        numeric=wants_figures(masked, operation, kind),
        lowest=ranks_from_least(masked) if operation is Operation.RANK else lowest,
        adjective=adjective,
        claim=operation is Operation.EXTREME and kind is AnswerKind.YES_NO,
        named=len(named) > 1,
    )


def ask_everywhere(text: str, places: Mapping[str, str]) -> ComparisonQuestion | None:
    """Ask every locality a question for a figure that names none; None if it is no such question.

    Args:
        text: As in `understand_comparison`, which did not take it for a comparison.
        places: As there.

    Raises:
        InvalidQuestionError: The question is empty or far too long.
    """
    question = understand(text, places)
    localities = list_localities(places)
    # A name of two words may be a commune's, a market's or a lake's, which one district has.
    named = bool(question.reports or question.unknown_place) or has_name(question.text)
    if named or question.kind is not AnswerKind.NUMBER or len(localities) < 2:
        return None
    parts = tuple(LocalityQuestion(each, question.text) for each in localities)
    return ComparisonQuestion(
        operation=Operation.LIST,
        parts=parts,
        numeric=True,
        lowest=False,
        adjective="",
        claim=False,
        named=False,
        everywhere=True,
    )


def list_localities(places: Mapping[str, str]) -> tuple[Locality, ...]:
    """Give the districts that reports are about, by name."""
    reports: dict[str, list[str]] = {}
    for report, district in places.items():
        if district:
            reports.setdefault(district, []).append(report)
    return tuple(Locality(name, tuple(sorted(reports[name]))) for name in sorted(reports))


def _find_names(text: str, localities: Sequence[Locality]) -> list[tuple[Span, Locality]]:
    """Find the localities named, in the order they stand; the longest name counts."""
    asked = cut_terms(text)
    words = [term.text for term in asked]
    names = sorted(((terms(each.name), each) for each in localities), key=lambda n: -len(n[0]))
    found, at = [], 0
    while at < len(words):
        for name, locality in names:
            if name and words[at : at + len(name)] == name:
                end = at + len(name)
                found.append((Span(asked[at].start, asked[end - 1].end), locality))
                at = end - 1
                break
        at += 1
    return found


def _mask(text: str, names: Sequence[Span]) -> str:
    masked = fold(text)
    for span in names:
        masked = masked[: span.start] + "@" * (span.end - span.start) + masked[span.end :]
    return masked


def _own_questions(
    text: str, masked: str, names: Sequence[tuple[Span, Locality]]
) -> tuple[LocalityQuestion, ...]:
    """Cut a question that asks each locality something of its own; empty if it does not.

    What stands before the first locality's part belongs to all: "thu ngân sách: Mai Sơn …".
    """
    edges = [0, *(edge for cut in _CUT.finditer(masked) for edge in cut.span()), len(masked)]
    pieces = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]
    lead: list[Span] = []
    own: list[tuple[Locality, list[Span]]] = []
    for piece in pieces:
        here = [each for span, each in names if piece.start <= span.start < piece.end]
        if len(here) > 1:
            return ()
        if here:
            own.append((here[0], [piece]))
        else:
            (own[-1][1] if own else lead).append(piece)
    if len(own) < 2 or not all(
        any(_ASKS.search(masked, piece.start, piece.end) for piece in each) for _, each in own
    ):
        return ()
    said = [(locality, _join(text, masked, [*lead, *spans])) for locality, spans in own]
    first = said[0][1]
    return tuple(
        LocalityQuestion(locality, part if lead or _has_subject(part) else first)
        for locality, part in said
    )


def _join(text: str, masked: str, pieces: Sequence[Span]) -> str:
    kept = (
        leave_out_comparison(text[piece.start : piece.end], masked[piece.start : piece.end])
        for piece in pieces
    )
    return ", ".join(part for part in kept if part)


def _has_subject(part: str) -> bool:
    """Say whether a part tells what it asks for: "bao nhiêu xã" or "thì sao" alone does not."""
    if not any(map(str.isalnum, part)):
        return False
    question = understand(part, {})
    return bool(set(question.terms) - set(question.unit))
