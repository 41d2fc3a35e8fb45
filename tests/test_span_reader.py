import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch

from records import Span
from training.frozen import frozen_states
from training.reading_windows import Tokens, cut_tokens, cut_windows
from training.span_model import SpanModel
from training.span_network import TrainedWeights, save_span_network
from training.span_reader import ReadingText, SpanReader, SpanScores
from training.table_text import lay_out_cells
from vectorstore.e5 import build_tokenizer
from vectorstore.e5_weights import ByteRows, read_weights


def tokens(*ids):
    return Tokens(ids, tuple(Span(2 * n, 2 * n + 1) for n in range(len(ids))))


def scores(begins, ends):
    spans = tuple(Span(2 * n, 2 * n + 1) for n in range(len(begins)))
    return SpanScores(spans, np.array(begins, np.float32), np.array(ends, np.float32))


def test_a_window_frames_question_heading_and_text():
    (window,) = cut_windows(tokens(10, 11), tokens(12), tokens(13, 14))
    assert window.ids.tolist() == [0, 10, 11, 2, 12, 2, 13, 14, 2]
    assert window.text_at == 6
    assert window.spans == (Span(0, 1), Span(2, 3))


def test_without_a_heading_nothing_stands_between_question_and_text():
    (window,) = cut_windows(tokens(10), tokens(), tokens(13))
    assert window.ids.tolist() == [0, 10, 2, 13, 2]


def test_the_windows_of_a_long_text_hold_every_token_and_overlap():
    text = tokens(*range(100, 1000))
    windows = list(cut_windows(tokens(10), tokens(), text))
    held = [window.ids[window.text_at : -1].tolist() for window in windows]
    assert all(len(window.ids) <= 384 for window in windows)
    assert {token for part in held for token in part} == set(text.ids)
    assert all(set(a) & set(b) for a, b in pairwise(held))


def test_an_empty_text_gives_one_window_without_tokens():
    (window,) = cut_windows(tokens(10), tokens(), tokens())
    assert window.spans == ()


def test_the_best_span_has_the_highest_sum():
    span, odds = scores([0, 3, 1], [-1, 0, 2]).best()
    assert (span, odds) == (Span(2, 5), 5.0)


def test_a_span_never_ends_before_it_begins():
    span, odds = scores([0, 0, 4], [9, 0, 1]).best()
    assert (span, odds) == (Span(0, 1), 9.0)


def test_the_best_span_within_begins_there_and_may_go_on():
    span, odds = scores([9, 1, 0], [0, 0, 5]).best(Span(2, 4))
    assert (span, odds) == (Span(2, 5), 6.0)


def test_a_stretch_without_tokens_has_no_span():
    assert scores([1], [1]).best(Span(5, 9)) == (Span(0, 0), -np.inf)
    assert scores([], []).best() == (Span(0, 0), -np.inf)


def test_a_row_is_written_with_the_place_of_its_cells():
    row = lay_out_cells("Hộ nghèo (%)", [("Năm 2023", "22,13"), ("", "18")])
    assert row.text == "Hộ nghèo (%): Năm 2023 22,13; 18"
    assert [row.text[s.start : s.end] for s in row.cells] == ["22,13", "18"]


def test_trained_weights_come_back_as_saved(tmp_path):
    codes = np.array([[1, -127]], np.int8)
    matrices = {"l6.q.w": ByteRows(codes, np.array([[0.5]], np.float32))}
    TrainedWeights(matrices, {"span.b": np.array([1.5, 2], np.float32)}).save(tmp_path / "w.npz")
    read = TrainedWeights.load(tmp_path / "w.npz")
    assert read.matrices["l6.q.w"].to_float32().tolist() == [[0.5, -63.5]]
    assert read.vectors["span.b"].tolist() == [1.5, 2.0]


TEXT = "Huyện có 22 xã, thị trấn. Năm 2023 trồng mới 120 ha rừng. Tỷ lệ hộ nghèo còn 12,5%."


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """A reader that has learnt nothing yet: what it reads means nothing, how it reads does."""
    torch.manual_seed(1)
    weights = read_weights()
    network = tmp_path_factory.mktemp("reader") / "reader.xml"
    save_span_network(weights, SpanModel(weights).trained_weights(), network)
    return SpanReader(network, build_tokenizer(weights))


@pytest.mark.model
def test_texts_read_together_score_as_they_do_alone(reader):
    texts = [ReadingText(TEXT), ReadingText("Xã có 5 bản.", "Mai Sơn"), ReadingText("")]
    together = reader.read("Huyện có bao nhiêu xã?", texts)
    for text, scored in zip(texts, together, strict=True):
        (alone,) = reader.read("Huyện có bao nhiêu xã?", [text])
        assert scored.spans == alone.spans
        np.testing.assert_allclose(scored.begins, alone.begins, atol=0.1)


@pytest.mark.model
def test_a_text_of_many_windows_is_read_to_its_end(reader):
    text = "Kinh tế tiếp tục phát triển ổn định. " * 150 + "Độ che phủ rừng đạt 47,3%."
    (found,) = reader.read("Độ che phủ rừng đạt bao nhiêu?", [ReadingText(text)])
    assert text[found.spans[-1].start :] == "."
    assert np.isfinite(found.begins).all()


@pytest.mark.model
def test_the_network_gives_what_was_trained(reader):
    torch.manual_seed(1)
    weights = read_weights()
    model = SpanModel(weights)
    tokenizer = build_tokenizer(weights)
    (window,) = cut_windows(
        cut_tokens(tokenizer, "Có bao nhiêu xã?"),
        cut_tokens(tokenizer, ""),
        cut_tokens(tokenizer, TEXT),
    )
    with tempfile.TemporaryDirectory() as folder:
        (states,) = frozen_states(weights, [window.ids], Path(folder))
    every = torch.ones(1, len(window.ids), dtype=torch.bool)
    with torch.no_grad():
        scores = model(torch.from_numpy(states[None].astype(np.float32)), every, every)[0].numpy()
    odds = (scores - scores[0])[window.text_at : -1]
    (read,) = reader.read("Có bao nhiêu xã?", [ReadingText(TEXT)])
    np.testing.assert_allclose(read.begins, odds[:, 0], atol=0.05)
    np.testing.assert_allclose(read.ends, odds[:, 1], atol=0.05)
