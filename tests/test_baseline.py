import pytest
from fakes import FakeEmbedder

from evaluation.baseline import Baseline, read_texts

MAI_SON = "Huyện Mai Sơn có 20 sản phẩm OCOP. Độ che phủ rừng đạt 42,05%."
MOC_CHAU = "Huyện Mộc Châu có 39 sản phẩm OCOP.\nTỷ lệ hộ nghèo còn 2,73%."


@pytest.fixture
def baseline():
    return Baseline({"mai-son.txt": MAI_SON, "moc-chau.txt": MOC_CHAU}, FakeEmbedder())


def test_the_closest_sentence_is_the_answer_and_its_citation(baseline):
    line = baseline.ask("Tỷ lệ hộ nghèo?")
    sentence = "Tỷ lệ hộ nghèo còn 2,73%."
    assert (line["status"], line["answer"]) == ("answered", sentence)
    assert line["citations"] == [{"report": "moc-chau.txt", "quote": sentence}]


def test_the_pieces_found_are_passages_best_first(baseline):
    passages = baseline.ask("Mai Sơn có bao nhiêu sản phẩm OCOP?")["passages"]
    assert passages[0] == {"report": "mai-son.txt", "quote": MAI_SON}
    assert len(passages) == 2


def test_the_turns_of_a_dialogue_are_answered_by_themselves(baseline):
    turns = [{"question": "Độ che phủ rừng?"}, {"question": "Tỷ lệ hộ nghèo?"}]
    line = baseline.answer({"id": "t1", "turns": turns})
    assert line == {"id": "t1", "turns": [baseline.ask(turn["question"]) for turn in turns]}


def test_a_sentence_is_embedded_once(tmp_path):
    embedder = FakeEmbedder()
    baseline = Baseline({"a.txt": MAI_SON}, embedder)
    for _ in range(2):
        baseline.answer({"id": "a1", "question": "Độ che phủ rừng?"})
    assert len(embedder.embedded) == len(set(embedder.embedded)) == 3


def test_the_files_of_a_folder_are_read_as_they_are(tmp_path):
    (tmp_path / "b.txt").write_text("hai", "utf-8")
    (tmp_path / "a.txt").write_text("một", "utf-8")
    (tmp_path / "thong-tin-bao-cao.toml").write_text("", "utf-8")
    assert read_texts(tmp_path) == {"a.txt": "một", "b.txt": "hai"}
