import random
from dataclasses import replace

import pytest

from records import Span
from training.examples import ReadingExample, split_by_context
from training.measure import Reading, f1, measure
from training.near_misses import (
    of_another_place,
    of_another_year,
    with_other_texts,
    without_the_answer,
)
from training.table_rows import table_examples
from training.typing_variants import abbreviated, with_slips, without_diacritics
from training.windows import training_windows
from vectorstore.e5 import build_tokenizer
from vectorstore.e5_weights import read_weights

CONTEXT = "Năm 2021, xã Tân Lập có 12 hợp tác xã. Xã có 3 trường học."
EXAMPLE = ReadingExample(
    "Năm 2021 xã Tân Lập có bao nhiêu hợp tác xã?", CONTEXT, Span(24, 26), "Mộc Châu"
)


@pytest.fixture
def rng():
    return random.Random(1)


def test_the_answer_is_where_it_says():
    assert EXAMPLE.answer_text == "12"


def test_another_year_is_one_that_the_text_does_not_name(rng):
    miss = of_another_year(EXAMPLE, rng)
    assert miss.answer is None
    assert "2021" not in miss.question
    assert miss.question.endswith("xã Tân Lập có bao nhiêu hợp tác xã?")


def test_another_place_is_one_that_the_text_does_not_name(rng):
    miss = of_another_place(EXAMPLE, ["Tân Lập", "Phú Thọ", "Mộc Châu"], rng)
    assert miss.question == "Năm 2021 xã Phú Thọ có bao nhiêu hợp tác xã?"
    assert miss.answer is None


@pytest.mark.parametrize(
    "make", [of_another_year, lambda e, rng: of_another_place(e, ["Ba Vì"], rng)]
)
def test_a_question_that_names_neither_gives_no_miss(make, rng):
    assert make(ReadingExample("Có mấy trường?", CONTEXT, Span(45, 46)), rng) is None


def test_the_sentence_that_answers_is_taken_out():
    longer = ReadingExample("?", CONTEXT + " Cả 3 đạt chuẩn.", Span(24, 26))
    assert without_the_answer(longer).context == "Xã có 3 trường học.\nCả 3 đạt chuẩn."


def test_an_answer_said_twice_is_left(rng):
    twice = CONTEXT + " Cả 12 hợp tác xã hoạt động tốt."
    assert without_the_answer(ReadingExample("?", twice, Span(24, 26))) is None


def test_another_text_does_not_hold_the_answer(rng):
    other = ReadingExample("Xã nào có 5 hợp tác xã?", "Xã Hòa An có 5 hợp tác xã.", Span(0, 9))
    third = ReadingExample("Ai là chủ tịch?", "Xã Tân Lập cũng có 12 hợp tác xã.", None)
    made = with_other_texts([EXAMPLE, other, third], rng)
    assert made[0].context == other.context
    assert all(example.answer is None for example in made)


def test_all_marks_go(rng):
    typed = without_diacritics("Đảng bộ huyện Mường Tè", rng)
    assert typed.lower() == "dang bo huyen muong te"


def test_slips_touch_two_syllables_at_most(rng):
    question = "Toàn huyện trồng được bao nhiêu hécta rừng?"
    before, after = question.split(), with_slips(question, rng).split()
    assert 1 <= sum(a != b for a, b in zip(before, after, strict=True)) <= 2


def test_long_forms_are_abbreviated():
    always = random.Random(3)
    assert "HTX" in abbreviated("Có bao nhiêu hợp tác xã?", always)


def test_a_tables_answer_is_the_cell_under_the_column_asked_for(rng):
    examples = list(table_examples(300, ("Ba Vì", "Chợ Đồn"), rng))
    answered = [example for example in examples if example.answer]
    assert 0.7 < len(answered) / len(examples) < 0.95
    for example in answered:
        before = example.context[: example.answer.start]
        column = before.rpartition(";")[2] if ";" in before else before.rpartition(":")[2]
        assert column.strip()
        assert example.answer_text.strip("0123456789.,") == ""


def test_a_context_is_on_one_side_only():
    examples = [ReadingExample(f"{n}?", f"văn bản {n // 3}", None) for n in range(30)]
    one, other = split_by_context(examples, 0.7, seed=5)
    assert len(one) == 21
    assert not {e.context for e in one} & {e.context for e in other}


def test_f1_counts_shared_words():
    assert f1("12 hợp tác xã", "hợp tác xã") == pytest.approx(2 * 3 / 7)
    assert f1("12", "13") == 0.0


def test_punctuation_and_case_do_not_count():
    readings = [Reading("12 Hợp tác xã.", 1.0)]
    measured = measure([ReadingExample("?", "12 hợp tác xã", Span(0, 13))], readings)
    assert (measured.exact_match, measured.f1) == (1.0, 1.0)


def test_auc_tells_answered_from_unanswered():
    no = ReadingExample("?", "…", None)
    measured = measure([EXAMPLE, no, no], [Reading("12", 1.0), Reading("", 0.0), Reading("", 2.0)])
    assert (measured.answered, measured.unanswered, measured.auc) == (1, 2, 0.5)


@pytest.fixture(scope="module")
def tokenizer():
    return build_tokenizer(read_weights())


@pytest.mark.model
def test_a_window_holds_the_answer_where_it_says(tokenizer, rng):
    long = ReadingExample("Có bao nhiêu?", f"{'một hai ba ' * 300}12 xã{' bốn năm' * 300}", None)
    at = long.context.index("12 xã")
    asked = [replace(long, answer=Span(at, at + 5))] * 20
    held = [each for each in training_windows(asked, tokenizer, rng) if each.start]
    assert len(held) == 20
    for each in held:
        spans, at = each.window.spans, each.window.text_at
        words = Span(spans[each.start - at].start, spans[each.end - at].end)
        assert long.context[words.start : words.end] == "12 xã"


@pytest.mark.model
def test_an_answer_longer_than_a_window_is_not_learnt_as_none(tokenizer, rng):
    text = "một hai ba " * 300
    example = ReadingExample("Có gì?", text, Span(0, len(text)))
    assert all(each.start for each in training_windows([example] * 5, tokenizer, rng))
