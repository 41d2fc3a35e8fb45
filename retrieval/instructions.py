"""Find sentences of a report that speak to the assistant instead of reporting."""

import re
from functools import lru_cache

from records import Span
from sentences import cut_sentences
from vietnamese import fold

# On folded text. A report tells of instructions that are followed; none tells a reader to ignore them.
_INSTRUCTION = re.compile(
    r"\b(?:bo qua|phot lo|lo di|quen|khong (?:can )?tuan theo|huy bo)\s+(?:di\s+)?(?:moi|cac|tat ca|toan bo|nhung)?\s*"
    r"(?:huong dan|chi dan|quy tac|lenh|yeu cau|cau lenh)\b"
    r"|\bhay\s+(?:luon\s+|chi\s+)?(?:tra loi|noi|viet|in ra|khang dinh|bao)\s+(?:rang|la|nguoi dung|dung|cho nguoi)\b"
    r"|\b(?:tro ly|chatbot|mo hinh ngon ngu|ai)\s+(?:phai|hay|can|se)\s+(?:tra loi|noi|viet|bo qua)\b"
    r"|\b(?:ignore|disregard|forget)\s+(?:all\s+|any\s+|the\s+|your\s+)*(?:previous|prior|above|earlier)?\s*"
    r"(?:instructions?|rules?|prompts?)\b"
    r"|\bsystem prompt\b|\byou are (?:now )?an? (?:assistant|ai|chatbot)\b"
)


@lru_cache(maxsize=1024)  # a passage is read for every answer that cites it
def find_instructions(text: str) -> tuple[Span, ...]:
    """Give the sentences of a text (NFC) that tell an assistant what to say or to ignore."""
    if not _INSTRUCTION.search(fold(text)):
        return ()
    return tuple(
        sentence
        for sentence in cut_sentences(text)
        if _INSTRUCTION.search(fold(text[sentence.start : sentence.end]))
    )


def without_instructions(text: str) -> str:
    """Give a text with such sentences blanked: what they say stands nowhere."""
    for span in find_instructions(text):
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text
