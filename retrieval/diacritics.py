"""Give a question typed without diacritics the marks that its words have in the reports.

Vectors of a bare question lie far from those of the sentences it means. The chunks found by words
alone, which are compared without marks, show how these words are written: each syllable gets the
form that stands most often beside its neighbours' forms there.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from vietnamese import Term, cut_terms

# How questions ask; reports hardly have these words, or have others of the same letters more often.
_ASKING = (
    "bao nhiêu, có bao nhiêu, được bao nhiêu, là bao nhiêu, còn bao nhiêu, bao nhiêu phần trăm, "
    "có mấy, được mấy, mấy phần trăm, mấy tỷ, số mấy, gồm những gì, là gì, tên là gì, nào, những nào, "
    "ở đâu, ai, vì sao, tại sao, như thế nào, thế nào, ra sao, khi nào, năm nào, có không, được không, "
    "đúng không, đã có chưa, được chưa, rồi chưa, xong chưa, thì sao, bằng cách nào, để làm gì"
)
_ASKED = 5  # times that each of these counts
# A form seen beside the neighbour's form counts for as many seen alone.
_PAIR = 10


def restore_marks(question: str, texts: Iterable[str]) -> str:
    """Write a question with the marks its words have in some texts.

    Args:
        question: In NFC, without diacritics.
        texts: In NFC, with diacritics: what was found for the question.

    Returns:
        The question; a word that the texts do not have stays as it is.
    """
    words = cut_terms(question)
    wanted = {word.text for word in words}
    alone: Counter[tuple[str, str]] = Counter()  # (bare, written)
    beside: Counter[tuple[str, str]] = Counter()  # (written, written of the next)
    for text in (*texts, *[_ASKING] * _ASKED):
        found = [(term.text, text[term.start : term.end].lower()) for term in cut_terms(text)]
        alone.update(pair for pair in found if pair[0] in wanted)
        beside.update(
            (one, other) for (a, one), (b, other) in pairwise(found) if a in wanted and b in wanted
        )
    return _write(question, words, _best_path(words, alone, beside))


def _best_path(
    words: Sequence[Term],
    alone: Counter[tuple[str, str]],
    beside: Counter[tuple[str, str]],
) -> list[str]:
    """Choose a form for each word, so that the forms and their neighbours are the most seen."""
    forms: dict[str, list[str]] = {}
    for bare, written in alone:
        forms.setdefault(bare, []).append(written)
    # The best way to each form of the word last seen: its worth and its forms so far.
    paths: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
    for word in words:
        paths = {
            form: max(
                (
                    worth + _PAIR * beside[before, form] + alone[word.text, form],
                    [*chosen, form],
                )
                for before, (worth, chosen) in paths.items()
            )
            for form in forms.get(word.text, [word.text])
        }
    return max(paths.values())[1]


def _write(question: str, words: Sequence[Term], forms: Sequence[str]) -> str:
    written, at = [], 0
    for word, form in zip(words, forms, strict=True):
        # Numbers keep their own form; so does a word that is written as it was typed.
        bare = not form.isalpha()
        written += [question[at : word.start], question[word.start : word.end] if bare else form]
        at = word.end
    return "".join([*written, question[at:]])
