"""Ask sets of questions in this process, as the batch command does, and judge the answers."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from evaluation.question_sets import QuestionSet, count_questions, questions_only
from evaluation.score import Judged, Line, Reports, judge_lines, read_lines
from records import Answer, EarlierTurn
from retrieval.batch import Ask, answer_file

_PASSAGES = 10  # as many as recall is measured at
_COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())


@dataclass(frozen=True, slots=True)
class Examiner:
    """Asks questions and judges what is answered; shows on stderr how far it has come."""

    reports: Reports  # as they are in their files
    out: Path  # folder for the questions and answers
    progress: Progress

    def examine(self, questions: QuestionSet, ask: Ask, *, name: str = "") -> list[Judged]:
        """Ask a set of questions through the batch command's own function.

        Args:
            questions: The set.
            ask: Answers a question in the light of earlier turns.
            name: Of who answers, where it is not the assistant as shipped.

        Returns:
            One for each question, turns one by one; the answer lines are left in the folder.
        """
        stem = f"{questions.name}-{name}" if name else questions.name
        asked, answers = (self.out / f"{part}-{stem}.jsonl" for part in ("questions", "answers"))
        write_lines(asked, [questions_only(line) for line in questions.lines])
        with self._counting(stem, count_questions(questions.lines)) as advance:

            def ask_and_count(text: str, earlier: Sequence[EarlierTurn]) -> Answer:
                advance()
                return ask(text, earlier)

            answer_file(asked, answers, ask_and_count, passages=_PASSAGES)
        return self.judge(questions, answers)

    def examine_lines(
        self, questions: QuestionSet, answer: Callable[[Line], Line], *, name: str
    ) -> list[Judged]:
        """Have a set of questions answered line by line."""
        answers = self.out / f"answers-{questions.name}-{name}.jsonl"
        given = []
        with self._counting(f"{questions.name}-{name}", len(questions.lines)) as advance:
            for line in questions.lines:
                given.append(answer(questions_only(line)))
                advance()
        write_lines(answers, given)
        return self.judge(questions, answers)

    def judge(self, questions: QuestionSet, answers: Path) -> list[Judged]:
        """Judge a file of answers to a set of questions."""
        return judge_lines(questions.lines, read_lines([answers]), self.reports)

    @contextmanager
    def _counting(self, what: str, total: int) -> Iterator[Callable[[], None]]:
        task = self.progress.add_task(what, total=total)
        try:
            yield lambda: self.progress.advance(task)
        finally:
            self.progress.stop_task(task)


def show_progress() -> Progress:
    """Make the display of progress, on stderr, so that what is printed can be kept."""
    return Progress(*_COLUMNS, TimeElapsedColumn(), console=Console(stderr=True))


def write_lines(path: Path, lines: Sequence[Line]) -> None:
    """Write lines of JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
