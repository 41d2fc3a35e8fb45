"""Score an assistant's answers against gold questions. Standard library only.

    python -m evaluation.score --gold single.jsonl cross.jsonl dialogue.jsonl \
        --answers answers.jsonl --reports reports [--failures out.jsonl]

Gold lines and answer lines are described in gold/README.md. A question counts as right only if the
answer text holds the gold fact AND a citation leads to the gold passage of the right report. Every
quote must stand word for word in the report it names.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.matching import contains, norm, squash, tokens

Line = dict[str, Any]  # a line of JSON: its fields differ with the kind of question

SHORT = {"number", "entity", "yesno", "table", "footnote", "turn"}
CAP_SHORT, CAP_LONG = 320, 1200  # characters of the answer that are read
MAX_CITATIONS, MAX_QUOTE = 8, 1500
RECALL_AT = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Judged:
    """One question, the answer given, and what it is worth."""

    group: str  # "single", "cross" or "dialogue"
    id: str  # of a dialogue's turn: "t003.2"
    kind: str  # "number", "compare", …, "unanswerable", "turn"
    variant: str  # "plain", "no_diacritics", "abbrev", "typo"
    gold: Line
    given: Line
    marks: Line  # answered, answer, citation, right; counts of citations; recall@k


def answer_ok(gold: Line, text: str) -> bool:
    """Say whether the answer's text holds the gold fact."""
    kind = gold.get("type", "number")
    text = (text or "")[: CAP_SHORT if kind in SHORT else CAP_LONG]
    answers = gold["answers"]
    if kind == "yesno":
        polarity = tokens(answers[0])[0]
        wanted = {"có": {"có", "đã", "được", "đúng", "rồi"}}.get(polarity, {"không", "chưa"})
        first = re.match(r"\w+", norm(text))
        return first is not None and first.group() in wanted
    hits = [contains(text, one) for one in answers]
    return all(hits) if gold.get("answer_mode") == "all" else any(hits)


def leads_to(quote: str, evidence: str, answers: Sequence[str | list[str]] = ()) -> bool:
    """Say whether the quote holds the gold evidence, or the part of it that states the answer."""
    short, whole = squash(quote), squash(evidence)
    if not short or not whole:
        return False
    if whole in short:
        return True
    if short in whole and (
        len(short) >= 0.4 * len(whole) or any(contains(quote, one) for one in answers)
    ):
        return True
    want, have = tokens(evidence), set(tokens(quote))
    return sum(token in have for token in want) / len(want) >= 0.7


class Reports:
    """The reports' words, to check that quotes stand in them."""

    def __init__(self, folder: Path) -> None:
        self._squashed = {
            path.stem: squash(path.read_text("utf-8"))
            for path in folder.iterdir()
            if path.suffix == ".txt"
        }

    def verbatim(self, citation: Line) -> bool:
        """Say whether a citation's quote stands word for word in the report it names."""
        quote = squash(citation.get("quote", ""))
        return bool(quote) and quote in self._squashed.get(_stem(citation), "")


def judge(gold: Line, given: Line, reports: Reports) -> Line:
    """Mark one answer against one gold question."""
    citations = [
        {**citation, "quote": str(citation.get("quote", ""))[:MAX_QUOTE]}
        for citation in (given.get("citations") or [])[:MAX_CITATIONS]
    ]
    answered = given.get("status") == "answered"
    verbatim = [citation for citation in citations if reports.verbatim(citation)]
    marks: Line = {
        "answered": answered,
        "citations": len(citations),
        "verbatim": len(verbatim),
    }
    if gold.get("type") == "unanswerable":
        return marks | {"answer": not answered, "citation": not answered, "right": not answered}
    needed = {place["doc"] for place in gold["evidence"]}
    reached = _docs_reached(gold, verbatim)
    marks["answer"] = answered and answer_ok(gold, given.get("answer", ""))
    marks["citation"] = answered and (reached == needed or (len(needed) > 2 and len(reached) >= 2))
    marks["right"] = marks["answer"] and marks["citation"]
    if passages := given.get("passages"):
        for k in RECALL_AT:
            marks[f"recall@{k}"] = len(_docs_reached(gold, passages[:k])) / len(needed)
    return marks


def judge_all(gold_paths: Iterable[Path], answers_path: Path, reports: Reports) -> list[Judged]:
    """Mark every question of some files; a dialogue gives one mark per turn."""
    return judge_lines(read_lines(gold_paths), read_lines([answers_path]), reports)


def judge_lines(gold: Iterable[Line], answers: Iterable[Line], reports: Reports) -> list[Judged]:
    """Mark every question; a dialogue gives one mark per turn."""
    return [
        Judged(
            group=group,
            id=key,
            kind=asked.get("type", "turn"),
            variant=asked.get("variant", "plain"),
            gold=asked,
            given=given,
            marks=judge(asked, given, reports),
        )
        for group, key, asked, given in _pairs(gold, answers)
    ]


def figures(judged: Iterable[Judged]) -> dict[str, dict[str, float]]:
    """Give the shares by group, kind and variant, with the number of questions as "n"."""
    tally: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    cited = verbatim = 0
    for one in judged:
        cited += one.marks["citations"]
        verbatim += one.marks["verbatim"]
        if one.kind == "unanswerable":
            names = ["refusal"]
        else:
            names = [f"all {one.group}", f"type {one.kind}", f"variant {one.variant}"]
            tally["false refusal"]["rate"].append(not one.marks["answered"])
        for name in names:
            for figure in ("right", "answer", "citation", *(f"recall@{k}" for k in RECALL_AT)):
                if figure in one.marks:
                    tally[name][figure].append(one.marks[figure])
    shares = {
        name: {figure: round(sum(values) / len(values), 4) for figure, values in row.items()}
        | {"n": len(next(iter(row.values())))}
        for name, row in tally.items()
    }
    shares["verbatim quotes"] = {"rate": round(verbatim / cited, 4) if cited else 0.0, "n": cited}
    return shares


def read_lines(paths: Iterable[Path]) -> Iterator[Line]:
    """Read the lines of JSON of several files, one after the other."""
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def write_failures(judged: Iterable[Judged], path: Path) -> None:
    """Write the questions that went wrong, with gold, answer and marks, one JSON object a line."""
    with path.open("w", encoding="utf-8") as out:
        for one in judged:
            if not one.marks["right"]:
                wrong = {"id": one.id, "gold": one.gold, "given": one.given, "judged": one.marks}
                out.write(json.dumps(wrong, ensure_ascii=False) + "\n")


def main() -> int:
    """Score from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", nargs="+", required=True, type=Path)
    parser.add_argument("--answers", required=True, type=Path)
    parser.add_argument("--reports", type=Path, required=True)
    parser.add_argument("--failures", type=Path, help="write the questions that went wrong (JSONL)")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    args = parser.parse_args()
    judged = judge_all(args.gold, args.answers, Reports(args.reports))
    if args.failures:
        write_failures(judged, args.failures)
    shares = figures(judged)
    if args.json:
        print(json.dumps(shares, ensure_ascii=False))
        return 0
    for name, row in sorted(shares.items()):
        values = "  ".join(
            f"{figure}={value:.3f}" for figure, value in row.items() if figure != "n"
        )
        print(f"{name:24s} n={row['n']:4d}  {values}")
    return 0


def _docs_reached(gold: Line, quotes: Iterable[Line]) -> set[str]:
    places = gold["evidence"] + gold.get("alt_evidence", [])
    return {
        place["doc"]
        for place in places
        for quote in quotes
        if _stem(quote) == place["doc"]
        and leads_to(str(quote.get("quote", "")), place["quote"], gold["answers"])
    }


def _pairs(
    gold_lines: Iterable[Line], answers: Iterable[Line]
) -> Iterator[tuple[str, str, Line, Line]]:
    given = {answer["id"]: answer for answer in answers}
    for gold in gold_lines:
        answer = given.get(gold["id"], {})
        if "turns" not in gold:
            group = "cross" if gold["id"].startswith("x") else "single"
            yield group, gold["id"], gold, answer
            continue
        replies = answer.get("turns") or []
        whole = {"variant": gold["variant"]} if "variant" in gold else {}
        for n, turn in enumerate(gold["turns"]):
            reply = replies[n] if n < len(replies) else {}
            yield "dialogue", f"{gold['id']}.{n + 1}", whole | turn, reply


def _stem(quoted: Line) -> str:
    return Path(str(quoted.get("report", ""))).stem


if __name__ == "__main__":
    sys.exit(main())
