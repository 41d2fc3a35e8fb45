"""Switch each part of the assistant off in turn, and measure what is left.

python -m evaluation.ablation [--reports reports] [--out data/eval]
"""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from errors import AssistantError
from evaluation.asking import Examiner, show_progress
from evaluation.measuring import EvaluationError, index_reports
from evaluation.question_sets import QuestionSet, read_gold
from evaluation.score import Judged, Reports, figures
from evaluation.summary import write_data
from evaluation.tables import systems_table
from evaluation.variants import VARIANTS, Parts, Variant
from settings import Settings


def main() -> int:
    """Run the ablation from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.ablation", description="Chấm khi bỏ lần lượt từng phần."
    )
    parser.add_argument("--reports", type=Path, default=Path("reports"), help="thư mục báo cáo")
    parser.add_argument("--out", type=Path, default=Path("data/eval"), help="nơi ghi kết quả")
    args = parser.parse_args()
    settings = replace(Settings.from_env(), index_dir=args.out / "index")
    try:
        with show_progress() as progress:
            index_reports(settings, args.reports, progress)
            examiner = Examiner(Reports(args.reports), args.out / "ablation", progress)
            judged = ablate(Parts.load(settings), read_gold(), examiner)
    except (EvaluationError, AssistantError, OSError) as error:
        Console(stderr=True).print(f"Không chấm được: {error}", markup=False, soft_wrap=True)
        return 1
    show_ablation(judged, args.out, Console())
    return 0


def ablate(
    parts: Parts,
    questions: QuestionSet,
    examiner: Examiner,
    variants: Iterable[Variant] = VARIANTS,
) -> dict[str, list[Judged]]:
    """Ask every variant the same questions.

    Returns:
        What each answered, by the Vietnamese name of the variant.
    """
    return {
        variant.shown: examiner.examine(questions, variant.make(parts), name=variant.name)
        for variant in variants
    }


def show_ablation(judged: dict[str, list[Judged]], out: Path, console: Console) -> None:
    """Print one table, and write its figures to ablation.json."""
    console.print(systems_table("Khi bỏ lần lượt từng phần", judged))
    write_data({name: figures(rows) for name, rows in judged.items()}, out / "ablation.json")


if __name__ == "__main__":
    sys.exit(main())
