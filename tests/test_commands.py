"""The two commands, as a person types them, over a real index."""

import re
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


def test_the_figures_are_counted(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ingest([str(place)])
    first = capsys.readouterr().out
    assert re.search(r"Số +┃.*\n.*liệu", first)
    ingest([str(place)])
    row = re.compile(r"mai-son\.txt.*│\s*(\d+) │\s*\d+ │[ \d,]*│")
    counted = [row.search(out) for out in (first, capsys.readouterr().out)]
    assert [found and int(found[1]) for found in counted] == [62, 62]


@pytest.mark.parametrize("name", ["so-lieu.csv", "so-lieu.xlsx"])
def test_all_figures_are_written_to_a_table(
    name: str, place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest([str(place)])
    assert ingest(["--figures", str(tmp_path / name)]) == 0
    assert "của 1 báo cáo" in capsys.readouterr().out
    assert (tmp_path / name).stat().st_size > 5000


def test_figures_of_no_index_and_another_kind_of_file_are_told(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ingest(["--figures", str(tmp_path / "so-lieu.csv")]) == 2
    assert "Chưa có báo cáo nào được nạp" in capsys.readouterr().err
    ingest([str(place)])
    assert ingest(["--figures", str(tmp_path / "so-lieu.pdf")]) == 2
    assert ".xlsx" in capsys.readouterr().err


def test_the_index_is_compared_with_the_folder(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ingest(["--status", str(place)]) == 2
    ingest([str(place)])
    capsys.readouterr()
    assert ingest(["--status", str(place)]) == 0
    assert "Chỉ mục khớp với thư mục: 1 báo cáo" in capsys.readouterr().out
    (place / "moi.txt").write_text("Huyện Mai Sơn có 20 xã.", "utf-8")
    assert ingest(["--status"]) == 1
    out = capsys.readouterr().out
    assert "moi.txt: chưa nạp" in out
    assert "có 1 điểm chưa khớp" in out


def test_the_last_result_is_shown_again(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ingest(["--report"]) == 2
    assert "Chưa có kết quả nạp" in capsys.readouterr().err
    (place / "hong.txt").write_bytes(b"")
    ingest([str(place)])
    first = capsys.readouterr().out
    assert ingest(["--report"]) == 1
    assert capsys.readouterr().out == first


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


def test_a_conversation_goes_on_until_an_empty_line(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest([str(place)])
    typed = iter(["Mai Sơn có bao nhiêu HTX?", "?!", "Tăng bao nhiêu so với 2020?", ""])
    monkeypatch.setattr("builtins.input", lambda prompt: next(typed))
    assert retrieve(["--chat"]) == 0
    out = capsys.readouterr().out
    assert "Đang hỏi: Số HTX của huyện Mai Sơn tăng bao nhiêu so với năm 2020?" in out
    assert "54 HTX" in out
    assert "Câu hỏi đang trống" in out


def test_the_end_of_the_input_ends_a_conversation(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(prompt: str) -> str:
        raise EOFError

    ingest([str(place)])
    monkeypatch.setattr("builtins.input", ended)
    assert retrieve(["--chat"]) == 0


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
