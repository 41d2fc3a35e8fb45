"""The two commands, as a person types them, over a real index."""

import shutil
from pathlib import Path

import pytest

import wiring
from ingest.__main__ import main as ingest
from retrieval.__main__ import main as retrieve
from tests.fakes import FakeEmbedder

REPORTS = Path(__file__).parent.parent / "reports"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(wiring, "load_embedder", lambda _: FakeEmbedder())
    monkeypatch.setenv("INDEX_DIR", str(tmp_path / "index"))
    monkeypatch.setenv("REPORTS_DIR", str(tmp_path / "reports"))
    (tmp_path / "reports").mkdir()
    shutil.copy(REPORTS / "mai-son.txt", tmp_path / "reports")
    return tmp_path / "reports"


def test_what_was_read_is_shown(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ingest([str(place)]) == 0
    out = capsys.readouterr().out
    assert "mai-son.txt" in out
    assert "mới nạp" in out


def test_a_second_ingest_finds_nothing_to_do(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest([str(place)])
    assert ingest([str(place)]) == 0
    assert "không đổi" in capsys.readouterr().out


def test_a_bad_file_fails_alone(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "hong.txt").write_bytes(b"\x00\x01\x02")
    assert ingest([str(place)]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "LỖI" in out
    assert "mới nạp" in out


def test_an_unknown_path_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ingest([str(tmp_path / "khong-co")]) != 0
    captured = capsys.readouterr()
    assert "khong-co" in captured.out + captured.err


def test_a_folder_without_reports_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "trong").mkdir()
    assert ingest([str(tmp_path / "trong")]) == 0
    assert "Không có báo cáo nào" in capsys.readouterr().out


def test_a_question_is_answered_with_its_source(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest([str(place)])
    assert retrieve(["--ask", "mai son co bao nhieu san pham ocop"]) == 0
    out = capsys.readouterr().out
    assert "20 sản phẩm OCOP" in out
    assert "[1] mai-son.txt" in out


def test_the_nearest_passages_are_not_taken_for_an_answer(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest([str(place)])
    assert retrieve(["--ask", "Huyện Sông Mã có bao nhiêu xã?"]) == 0
    assert "không phải câu trả lời" in capsys.readouterr().out


def test_asking_before_anything_is_indexed_says_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert retrieve(["--ask", "Có gì không?"]) == 2
    assert "python -m ingest" in capsys.readouterr().err


@pytest.mark.parametrize("question", ["", "?", "a" * 10_000])
def test_what_is_no_question_is_refused(
    place: Path, question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest([str(place)])
    assert retrieve(["--ask", question]) == 2
    assert "Câu hỏi" in capsys.readouterr().err


def test_an_index_of_another_model_says_how_to_rebuild(
    place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest([str(place)])
    monkeypatch.setattr(wiring, "load_embedder", lambda _: FakeEmbedder(name="khac"))
    monkeypatch.setenv("MODEL_DIR", str(tmp_path / "khac"))  # other settings, built anew
    assert retrieve(["--ask", "Có bao nhiêu xã?"]) == 2
    assert "--rebuild" in capsys.readouterr().err
    assert ingest([str(place), "--rebuild"]) == 0
    assert retrieve(["--ask", "Mai Sơn có bao nhiêu hợp tác xã?"]) == 0
