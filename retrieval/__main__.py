"""Answer one question, a conversation, or a file of questions, from the command line.

python -m retrieval --ask "Huyện Mai Sơn có bao nhiêu sản phẩm OCOP?"
python -m retrieval --chat
python -m retrieval --questions IN.jsonl --answers OUT.jsonl --passages 10
"""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from errors import AssistantError
from records import Answer, AnswerStatus, Comparison
from retrieval.batch import answer_file
from retrieval.chat import chat
from source_notes import FROM_PICTURE, VersionNote
from wiring import build_assistant, read_settings, version_notes


def main(arguments: list[str] | None = None) -> int:
    """Run the command.

    Returns:
        The exit status: 0, or 2 where it could not be done (the reason is on stderr).
    """
    parser = _parser()
    given = parser.parse_args(arguments)
    ways = sum((given.ask is not None, given.chat, given.questions is not None))
    if ways != 1 or (given.questions and not given.answers):
        parser.error("cần --ask, --chat, hoặc --questions cùng với --answers")
    try:
        settings = read_settings()
        if given.index:
            settings = replace(settings, index_dir=given.index)
        ask = build_assistant(settings).ask
        if given.ask is not None:
            _show(ask(given.ask), version_notes(settings))
        elif given.chat:
            chat(ask, lambda answer: _show(answer, version_notes(settings)))
        else:
            count = answer_file(given.questions, given.answers, ask, passages=given.passages)
            print(f"Đã trả lời {count} câu hỏi, ghi vào {given.answers}.")
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m retrieval", description="Hỏi trên các báo cáo đã nạp."
    )
    parser.add_argument("--ask", metavar="CÂU_HỎI", help="trả lời một câu hỏi")
    parser.add_argument("--chat", action="store_true", help="hỏi đáp nối tiếp trong cửa sổ lệnh")
    parser.add_argument(
        "--questions", type=Path, metavar="TỆP", help="tệp câu hỏi (JSON từng dòng)"
    )
    parser.add_argument("--answers", type=Path, metavar="TỆP", help="tệp ghi câu trả lời")
    parser.add_argument("--index", type=Path, metavar="THƯ_MỤC", help="thư mục chỉ mục")
    parser.add_argument(
        "--passages", type=int, default=10, metavar="N", help="số đoạn ghi kèm mỗi câu"
    )
    return parser


def _show(answer: Answer, notes: Mapping[str, VersionNote]) -> None:
    if answer.comparison:
        print(answer.comparison.without_rows(answer.text))
        Console().print(_table(answer.comparison))
    else:
        print(answer.text)
    if answer.status is AnswerStatus.NOT_FOUND and answer.citations:
        print("Các đoạn gần nhất (không phải câu trả lời):")
    for number, citation in enumerate(answer.citations, 1):
        place = " › ".join((citation.report, *citation.section))
        page = f", trang {citation.page}" if citation.page else ""
        caution = f" ({FROM_PICTURE})" if citation.from_picture else ""
        print(f"\n[{number}] {place}{page}{caution}\n    “{' '.join(citation.quote.split())}”")
    for name in dict.fromkeys(citation.report for citation in answer.citations):
        if name in notes and notes[name].warning:
            print(f"\nLưu ý: {notes[name].warning}")


def _table(comparison: Comparison) -> Table:
    table = Table("Nơi", "Số liệu", "Thời điểm", "Nguồn")
    for row in comparison.rows:
        source = f"[{row.citation}]" if row.citation else ""
        figure = row.figure or "không nêu"
        # As `Text`, since a report's words may look like markup.
        table.add_row(*map(Text, (row.locality, figure, row.period, source)))
    return table


if __name__ == "__main__":
    sys.exit(main())
