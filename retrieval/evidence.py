"""Hold what a citation leads to: its passage, and what is known of the report around it."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from records import Citation, Passage, PassageKind, ReportMetadata, Span
from retrieval.instructions import without_instructions
from retrieval.said_facts import NameText, name_text
from spans import read_spans
from vietnamese import fold


@dataclass(frozen=True, slots=True)
class Evidence:
    """A citation with the passage it leads to."""

    citation: Citation
    passage: Passage
    metadata: ReportMetadata
    report_text: str  # as stored

    @property
    def is_verbatim(self) -> bool:
        """Whether the quote is what the report has at its place, within the passage."""
        span = self.citation.span
        return (
            self.report_text[span.start : span.end] == self.citation.quote
            and any(own.start <= span.start and span.end <= own.end for own in self.passage.spans)
            and read_spans(self.report_text, self.passage.spans) == self.passage.text
        )

    @property
    def words(self) -> str:
        """The passage and the sentence that leads to it, with single spaces."""
        return " ".join(f"{self._told}\n{self.passage.context}".split())

    @property
    def _told(self) -> str:
        """The passage's text, but for what speaks to an assistant."""
        return without_instructions(self.passage.text)

    @property
    def around(self) -> str:
        """What the report says about the passage elsewhere: its headings, label and table."""
        return ". ".join((*self.passage.section, self.passage.label, self.passage.context))

    @property
    def names(self) -> NameText:
        """Where names may stand: the passage, what is said about it, and what the report is."""
        known = ". ".join(str(value) for value in astuple(self.metadata))
        return name_text(f"{self.passage.text}. {self.around}. {known}")

    def read(self, statement: str) -> Iterator[str]:
        """Give the texts in which the figures of a statement may stand.

        Of a table row, the cells of the columns that the statement names; all if it names none.
        Each is read with its row and column, which tell its unit.
        """
        passage = self.passage
        if passage.kind is not PassageKind.TABLE_ROW or not passage.cells:
            yield self._told
            yield self.around
            return
        folded = fold(statement)
        named = [cell for cell in passage.cells if cell.column and fold(cell.column) in folded]
        # Of "Mục tiêu đến năm 2030" and "Mục tiêu", a statement with the longer names that one.
        longest = [
            cell
            for cell in named
            if not any(cell.column != o.column and cell.column in o.column for o in named)
        ]
        for cell in longest or passage.cells:
            yield f"{passage.label}, {cell.column}: {self._cell(cell.span)}"
        if not longest:
            yield passage.text
        yield self.around

    def _cell(self, span: Span) -> str:
        return self.report_text[span.start : span.end]
