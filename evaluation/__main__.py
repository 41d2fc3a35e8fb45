"""Answer the gold questions over the sample reports, and show the score beside a simple baseline.

python -m evaluation [--reports reports] [--out data/eval] [--answers answers.jsonl] [--ablation]
"""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from errors import AssistantError
from evaluation.ablation import ablate, show_ablation
from evaluation.asking import Examiner, show_progress
from evaluation.measuring import EvaluationError, Measured, index_reports, measure
from evaluation.question_sets import read_gold
from evaluation.score import Judged, Reports, write_failures
from evaluation.summary import as_data, show, write_data
from evaluation.variants import Parts
from settings import Settings


def main() -> int:
    """Run the evaluation from the command line."""
    args = _parser().parse_args()
    try:
        ablated: dict[str, list[Judged]] = {}
        with show_progress() as progress:
            examiner = Examiner(Reports(args.reports), args.out, progress)
            if args.answers:
                measured = _judge(args.answers, examiner)
            else:
                settings = replace(Settings.from_env(), index_dir=args.out / "index")
                index_reports(settings, args.reports, progress)
                measured = measure(settings, args.reports, examiner)
                if args.ablation:
                    apart = replace(examiner, out=args.out / "ablation")
                    ablated = ablate(Parts.load(settings), read_gold(), apart)
    except (EvaluationError, AssistantError, OSError, json.JSONDecodeError) as error:
        Console(stderr=True).print(f"Không chấm được: {error}", markup=False, soft_wrap=True)
        return 1
    console = Console()
    show(measured, args.out, console)
    if ablated:
        show_ablation(ablated, args.out, console)
    failures, scores = args.out / "failures.jsonl", args.out / "scores.json"
    write_data(as_data(measured), scores)
    write_failures(measured.gold, failures)
    console.print(f"Số liệu: {scores}; câu chưa đúng: {failures}", soft_wrap=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation", description="Chấm câu trả lời trên bộ câu hỏi mẫu."
    )
    parser.add_argument("--reports", type=Path, default=Path("reports"), help="thư mục báo cáo")
    parser.add_argument("--out", type=Path, default=Path("data/eval"), help="nơi ghi kết quả")
    parser.add_argument("--answers", type=Path, help="chỉ chấm tệp câu trả lời có sẵn này")
    parser.add_argument(
        "--ablation", action="store_true", help="chấm thêm khi bỏ lần lượt từng phần (lâu hơn)"
    )
    return parser


def _judge(answers: Path, examiner: Examiner) -> Measured:
    judged = examiner.judge(read_gold(), answers)
    if missing := [one.id for one in judged if not one.given]:
        raise EvaluationError(f"{answers} thiếu câu trả lời cho {', '.join(missing[:5])}…")
    return Measured(judged)


if __name__ == "__main__":
    sys.exit(main())
