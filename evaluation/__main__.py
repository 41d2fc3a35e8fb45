"""Index the sample reports, answer the gold questions with the real command, and show the score.

python -m evaluation [--reports reports] [--out data/eval] [--answers answers.jsonl]
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from evaluation.score import (
    Line,
    Reports,
    figures,
    judge_all,
    read_lines,
    write_failures,
)
from evaluation.tables import latency, quality_table, quote_line, refusal_table

GOLD = tuple(
    Path(__file__).parent / "gold" / f"{name}.jsonl" for name in ("single", "cross", "dialogue")
)
PASSAGES = 10  # as many as recall is measured at


class EvaluationError(Exception):
    """The evaluation cannot be carried out."""


def main() -> int:
    """Run the evaluation from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation", description="Chấm câu trả lời trên bộ câu hỏi mẫu."
    )
    parser.add_argument("--reports", type=Path, default=Path("reports"), help="thư mục báo cáo")
    parser.add_argument("--out", type=Path, default=Path("data/eval"), help="nơi ghi kết quả")
    parser.add_argument("--answers", type=Path, help="chỉ chấm tệp câu trả lời có sẵn này")
    args = parser.parse_args()
    console = Console()
    args.out.mkdir(parents=True, exist_ok=True)
    try:
        answers = args.answers or _answer(args.reports, args.out)
        _score(answers, args.reports, args.out, console)
    except (EvaluationError, OSError, json.JSONDecodeError) as error:
        Console(stderr=True).print(f"Không chấm được: {error}", markup=False, soft_wrap=True)
        return 1
    return 0


def questions_only(gold: Line) -> Line:
    """Give a gold line without its answers: what the assistant may see."""
    if "turns" in gold:
        turns = [{"question": turn["question"]} for turn in gold["turns"]]
        return {"id": gold["id"], "turns": turns}
    return {"id": gold["id"], "question": gold["question"]}


def seconds_of(answers: Path) -> list[float]:
    """Read the time each question took, where the answer lines tell it."""
    times: list[float] = []
    for line in read_lines([answers]):
        given = [line, *line.get("turns", ())]
        times += [float(one["seconds"]) for one in given if "seconds" in one]
    return times


def _answer(reports: Path, out: Path) -> Path:
    index, questions, answers = out / "index", out / "questions.jsonl", out / "answers.jsonl"
    with questions.open("w", encoding="utf-8") as lines:
        for gold in read_lines(GOLD):
            lines.write(json.dumps(questions_only(gold), ensure_ascii=False) + "\n")
    _run(["ingest", str(reports)], index)
    batch = ["--questions", str(questions), "--answers", str(answers), "--index", str(index)]
    _run(["retrieval", *batch, "--passages", str(PASSAGES)], index)
    return answers


def _run(command: Sequence[str], index: Path) -> None:
    # Progress goes to stderr and is seen; the tables these commands print are not what is asked for.
    done = subprocess.run(
        [sys.executable, "-m", *command],
        env=os.environ | {"INDEX_DIR": str(index.resolve())},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        shown = " ".join(command)
        raise EvaluationError(
            f"lệnh `python -m {shown}` dừng với mã {done.returncode}\n{done.stdout}"
        )


def _score(answers: Path, reports: Path, out: Path, console: Console) -> None:
    judged = judge_all(GOLD, answers, Reports(reports))
    missing = [one.id for one in judged if not one.given]
    if missing:
        raise EvaluationError(f"{answers} thiếu câu trả lời cho {', '.join(missing[:5])}…")
    result: Line = {"figures": figures(judged)}
    console.print(quality_table(judged))
    console.print(refusal_table(judged))
    console.print(quote_line(judged))
    if times := seconds_of(answers):
        median, slowest = latency(times)
        result["seconds"] = {"median": median, "p95": slowest, "n": len(times)}
        console.print(
            f"Mỗi câu hỏi: trung vị {median * 1000:.0f} ms, 95% dưới {slowest * 1000:.0f} ms"
        )
    write_failures(judged, out / "failures.jsonl")
    scores = out / "scores.json"
    scores.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    console.print(f"Số liệu: {scores}; câu chưa đúng: {out / 'failures.jsonl'}", soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
