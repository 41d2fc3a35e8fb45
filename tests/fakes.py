"""Stand-ins that a reader of a test can predict."""

import hashlib
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from errors import ModelUnavailableError, UnreadableReportError
from records import Chunk, Passage, PassageKind, ReadReport, Report, ReportMetadata, Span
from vietnamese import terms


class FakeEmbedder:
    """Counts words: texts are as close as the words they share. Remembers what it embedded."""

    def __init__(self, name: str = "fake", dimension: int = 32) -> None:
        self.name = name
        self.dimension = dimension
        self.embedded: list[str] = []
        self.fails_after = -1  # texts; -1: never

    def embed_passages(
        self, texts: Sequence[str], *, on_batch: Callable[[int], None] | None = None
    ) -> npt.NDArray[np.float32]:
        if 0 <= self.fails_after < len(self.embedded) + len(texts):
            raise ModelUnavailableError("mô hình không trả lời")
        self.embedded.extend(texts)
        if on_batch is not None:
            on_batch(len(texts))
        return np.stack([self.embed_question(text) for text in texts])

    def embed_question(self, text: str) -> npt.NDArray[np.float32]:
        counts = np.full(self.dimension, 1e-3, dtype=np.float32)
        for term in terms(text):
            place = int.from_bytes(hashlib.sha256(term.encode()).digest()[:4], "big")
            counts[place % self.dimension] += 1
        return counts / np.linalg.norm(counts)


def varied_lines(count: int, *, seed: int) -> list[str]:
    """Give lines that differ in most of their words, as the chunks of real reports do."""
    chosen = random.Random(seed)
    return [
        f"dòng {seed} {number} " + " ".join(f"từ{chosen.randrange(500)}" for _ in range(8))
        for number in range(count)
    ]


def make_read(name: str, *paragraphs: str, digest: str = "", context: str = "") -> ReadReport:
    """Give a report of which each paragraph is one passage of one chunk."""
    text = "\n".join(paragraphs)
    report = Report(
        name, digest or hashlib.sha256(text.encode()).hexdigest(), text, ReportMetadata(title=name)
    )
    passages, chunks, start = [], [], 0
    for paragraph in paragraphs:
        spans = (Span(start, start + len(paragraph)),)
        start += len(paragraph) + 1
        place = f"{name} {spans} {context} {paragraph}"
        passages.append(
            Passage(_id("p", place), name, PassageKind.PARAGRAPH, ("Phần một",), spans, paragraph)
        )
        chunks.append(Chunk(_id("c", place), passages[-1].id, name, spans, paragraph, context))
    return ReadReport(report, tuple(passages), tuple(chunks))


def read_lines(
    path: Path,
    *,
    name: str,
    member: str = "",
    corrections: object = None,
    cache: Path | None = None,
    on_page: Callable[[int, int], None] | None = None,
) -> ReadReport:
    """Read a file of which each line is a paragraph; "HỎNG" in it makes it unreadable."""
    content = path.read_bytes()
    text = content.decode()
    if "HỎNG" in text:
        raise UnreadableReportError(f"{name}: không đọc được")
    digest = hashlib.sha256(content).hexdigest()
    return make_read(name, *text.splitlines(), digest=digest, context=str(corrections or ""))


def _id(kind: str, place: str) -> str:
    return kind + hashlib.sha256(place.encode()).hexdigest()[:20]
