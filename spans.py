"""Go between a passage's text and the places in the report where it stands."""

from collections.abc import Sequence

from records import Span


def read_spans(text: str, spans: Sequence[Span]) -> str:
    """Give the words of some spans of a report as one text, joined by single spaces."""
    return " ".join(text[span.start : span.end] for span in spans)


def spans_within(spans: Sequence[Span], part: Span) -> tuple[Span, ...]:
    """Find where a part of a passage stands in the report.

    Args:
        spans: The passage's spans in the report.
        part: A stretch of the passage's text, as `read_spans` gives it.

    Returns:
        The stretches of the report that the part covers, in reading order.
    """
    found, at = [], 0
    for span in spans:
        length = span.end - span.start
        start, end = max(part.start - at, 0), min(part.end - at, length)
        if start < end:
            found.append(Span(span.start + start, span.start + end))
        at += length + 1
    return tuple(found)


def place_within(spans: Sequence[Span], part: Span) -> Span | None:
    """Find where a stretch of the report stands in a passage's text; nothing if it does not.

    Args:
        spans: The passage's spans in the report.
        part: A stretch of the report within one of them.
    """
    at = 0
    for span in spans:
        if span.start <= part.start and part.end <= span.end:
            return Span(at + part.start - span.start, at + part.end - span.start)
        at += span.end - span.start + 1
    return None
