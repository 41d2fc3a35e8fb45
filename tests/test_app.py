import json
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import wiring
from assistant import Source
from errors import (
    IndexMismatchError,
    InvalidQuestionError,
    ReportNotFoundError,
    UnreadableReportError,
)
from indexing import FileOutcome, IngestSummary, LeftOutCount, Outcome, Progress
from indexing.comparing import FolderNews
from original_files import OriginalGoneError
from page_drawing import draw_safely
from page_view import Mark, mark_page
from records import (
    Answer,
    AnswerStatus,
    Citation,
    IndexedReport,
    Origin,
    Passage,
    PassageKind,
    Report,
    ReportMetadata,
    Span,
)
from settings import Settings
from source_notes import VersionNote
from tests.pdf_pages import PdfPages
from ui.failures import UNEXPECTED
from ui.session import Again, Opened

APP = str(Path(__file__).parents[1] / "app.py")
HOSTILE = "<script>alert(1)</script> ![x](http://evil.example/x.png) $x^2$ :smile: **x**"
LINES = ("Toàn huyện có 181 HTX.", f"Có 20 sản phẩm OCOP. {HOSTILE}", "Hạ tầng từng bước đồng bộ.")
REPORT = Report(
    "mai-son.txt", "0", "\n".join(LINES), ReportMetadata(f"Báo cáo {HOSTILE}", "Mai Sơn")
)


def passages():
    start, found = 0, []
    for number, line in enumerate(LINES):
        span = Span(start, start + len(line))
        section = (f"II- Kết quả {HOSTILE}",)
        kind = PassageKind.PARAGRAPH
        found.append(Passage(f"p{number}", REPORT.name, kind, section, (span,), line))
        start = span.end + 1
    return tuple(found)


PASSAGES = passages()


class FakeAssistant:
    """Knows one report and counts how often it is asked."""

    def __init__(self):
        self.asked = []
        self.earlier = []

    def ask(self, question, earlier=()):
        self.asked.append(question)
        self.earlier = [turn.question for turn in earlier]
        if question == "…":
            raise InvalidQuestionError("Câu hỏi trống.")
        if question == "hỏng":
            raise RuntimeError("secret detail")
        start = REPORT.text.index("20 sản phẩm")
        span = Span(start, PASSAGES[1].spans[0].end)
        quote = REPORT.text[span.start : span.end]
        cited = Citation(REPORT.name, PASSAGES[1].section, None, quote, span, "p1")
        found = "OCOP" in question
        status = AnswerStatus.ANSWERED if found else AnswerStatus.NOT_FOUND
        text = f"Có {quote} [1]" if found else "Không tìm thấy."
        asked = f"{question} ở huyện Mai Sơn {HOSTILE}?" if earlier and "Còn" in question else ""
        return Answer(question, status, text, (cited,), asked=asked)

    def open_source(self, passage_id, *, around=2):
        at = [passage.id for passage in PASSAGES].index(passage_id)
        before, after = PASSAGES[max(at - around, 0) : at], PASSAGES[at + 1 :]
        return Source(REPORT, PASSAGES[at], before, after, Origin("TEXT"))


class FakeOriginals:
    """Has the file of a report without pages."""

    def __init__(self):
        self.problem = None

    def check(self, report):
        if self.problem:
            raise self.problem

    def read(self, report):
        return report.text.encode()

    def find_marks(self, citation, said):
        return ()


@pytest.fixture
def assistant(monkeypatch, tmp_path):
    st.cache_resource.clear()
    fake = FakeAssistant()
    indexed = IndexedReport(REPORT.name, "0", REPORT.metadata, 3, 3, 0, 0, "2025-01-31T08:30:00Z")
    monkeypatch.setattr(wiring, "read_settings", lambda: Settings(reports_dir=tmp_path))
    monkeypatch.setattr(wiring, "indexed_reports", lambda settings: (indexed,))
    monkeypatch.setattr(wiring, "build_assistant", lambda settings: fake)
    monkeypatch.setattr(wiring, "check_readable", lambda settings, path, name: None)
    monkeypatch.setattr(wiring, "version_notes", lambda settings: {})
    monkeypatch.setattr(wiring, "open_originals", lambda settings: FakeOriginals())
    monkeypatch.setattr(wiring, "index_state", lambda settings: None)
    monkeypatch.setattr(wiring, "last_ingest", lambda settings: None)
    return fake


def open_page():
    return AppTest.from_file(APP, default_timeout=20).run()


def ask(page, question):
    page.chat_input[0].set_value(question).run()
    return page


def words(page):
    """All that the page shows through the plain parts."""
    return "\n".join(
        text
        for element in page.get("bidi_component")
        for text in strings(json.loads(element.proto.json)["part"])
    )


def strings(part):
    if isinstance(part, str):
        return [part]
    return [text for child in part["children"] for text in strings(child)]


def marked(part):
    if isinstance(part, str):
        return []
    found = ["".join(strings(part))] if part["tag"] == "mark" else []
    return found + [text for child in part["children"] for text in marked(child)]


def component(page, key):
    found = [element for element in page.get("bidi_component") if element.key == key]
    return json.loads(found[0].proto.json)["part"]


def test_the_first_page_offers_questions_on_indexed_reports_only(assistant):
    page = open_page()
    samples = [button.label for button in page.button if button.key.startswith("sample-")]
    assert samples == ["Huyện Mai Sơn có bao nhiêu sản phẩm OCOP?"]
    assert "Báo cáo đã lập chỉ mục (1)" in words(page)


def test_a_typed_question_is_answered_with_its_citation(assistant):
    page = ask(open_page(), "Có bao nhiêu sản phẩm OCOP?")
    assert "Có 20 sản phẩm OCOP" in words(page)
    assert "[1] mai-son.txt" in words(page)
    assert not page.exception


def test_a_sample_question_is_asked_when_pressed(assistant):
    page = open_page()
    page.button(key="sample-0").click().run()
    assert assistant.asked == ["Huyện Mai Sơn có bao nhiêu sản phẩm OCOP?"]
    assert "Có 20 sản phẩm OCOP" in words(page)


def test_a_rerun_shows_the_answer_without_asking_again(assistant):
    page = ask(open_page(), "OCOP?")
    page.run()
    page.run()
    assert assistant.asked == ["OCOP?"]
    assert "Có 20 sản phẩm OCOP" in words(page)


def test_what_is_not_found_is_said_and_the_nearest_passages_shown(assistant):
    page = ask(open_page(), "Cầu Hang Tôm?")
    assert "Không tìm thấy." in words(page)
    assert "Các đoạn gần nhất (không phải câu trả lời)" in words(page)


def test_an_error_is_shown_in_its_own_words(assistant):
    page = ask(open_page(), "…")
    assert "Câu hỏi trống." in words(page)
    assert component(page, "answer-0")["look"] == "alert"


def test_an_unexpected_error_is_logged_and_not_shown(assistant, caplog):
    page = ask(open_page(), "hỏng")
    assert UNEXPECTED in words(page)
    assert "secret detail" not in words(page)
    assert "secret detail" in caplog.text
    assert not page.exception


def test_an_open_source_marks_the_quoted_words_and_moves(assistant):
    page = ask(open_page(), "OCOP?")
    page.session_state["opened"] = Opened(turn=0, citation=0, passage_id="p1", arrival=1)
    page.run()
    assert "".join(marked(component(page, "source-text"))) == f"20 sản phẩm OCOP. {HOSTILE}"
    assert all(line in words(page) for line in LINES)
    page.button(key="source-down").click().run()
    assert page.session_state["opened"].passage_id == "p2"
    assert page.button(key="source-down").disabled
    page.button(key="source-home").click().run()
    assert page.session_state["opened"].passage_id == "p1"
    page.button(key="close-source").click().run()
    assert not [element for element in page.get("bidi_component") if element.key == "source"]


def test_a_source_that_is_gone_says_so(assistant, monkeypatch):
    def gone(passage_id):
        raise ReportNotFoundError("Báo cáo này không còn trong chỉ mục.")

    page = ask(open_page(), "OCOP?")
    monkeypatch.setattr(assistant, "open_source", gone)
    page.session_state["opened"] = Opened(turn=0, citation=0, passage_id="p1", arrival=1)
    page.run()
    assert "Báo cáo này không còn trong chỉ mục." in words(page)


def test_words_of_a_report_are_nowhere_but_in_plain_parts(assistant):
    page = ask(open_page(), "OCOP?")
    page.session_state["opened"] = Opened(turn=0, citation=0, passage_id="p1", arrival=1)
    page.run()
    assert words(page).count(HOSTILE) >= 4  # answer, quote, panel title, passage
    others = [element for element in page if element.type != "bidi_component"]
    shown = [str(element.proto) for element in others if getattr(element, "proto", None)]
    assert len(shown) > 5
    assert not [text for text in shown if "alert(1)" in text or "evil.example" in text]


def test_a_follow_up_is_asked_with_the_turns_before_it(assistant):
    page = ask(ask(open_page(), "OCOP?"), "Còn OCOP")
    assert assistant.earlier == ["OCOP?"]
    assert f"Còn OCOP ở huyện Mai Sơn {HOSTILE}?" in words(page)
    ask(page, "OCOP nữa?")
    assert assistant.earlier == ["OCOP?", f"Còn OCOP ở huyện Mai Sơn {HOSTILE}?"]


def test_a_question_asked_as_typed_shows_nothing_more(assistant):
    page = ask(open_page(), "OCOP?")
    assert "Đang hỏi: " not in words(page)


def test_the_understood_question_can_be_edited_and_asked_by_itself(assistant):
    page = ask(ask(open_page(), "OCOP?"), "Còn OCOP")
    page.session_state["edited"] = 1
    page.run()
    page.text_input(key="edited-1").set_value("OCOP năm 2025?")
    page.button(key="FormSubmitter:edit-1-Hỏi lại").click().run()
    assert (assistant.asked[-1], assistant.earlier) == ("OCOP năm 2025?", [])
    assert [turn.question for turn in page.session_state["turns"]] == ["OCOP?", "OCOP năm 2025?"]
    assert "Đang hỏi: " not in words(page)
    assert not page.text_input


def test_a_turn_can_be_asked_just_as_typed(assistant):
    page = ask(ask(open_page(), "OCOP?"), "Còn OCOP")
    page.session_state["again"] = Again(1, "Còn OCOP")
    page.run()
    assert (assistant.asked[-1], assistant.earlier) == ("Còn OCOP", [])
    assert len(page.session_state["turns"]) == 2


def test_a_new_conversation_has_no_turns_before_it(assistant):
    page = ask(open_page(), "OCOP?")
    page.button(key="forget").click().run()
    ask(page, "Còn OCOP")
    assert assistant.earlier == []


def test_a_new_conversation_forgets_the_old_one(assistant):
    page = ask(open_page(), "OCOP?")
    page.button(key="forget").click().run()
    assert "Có 20 sản phẩm" not in words(page)
    assert [button.key for button in page.button if button.key.startswith("sample-")]


def test_an_empty_index_shows_how_to_begin(assistant, monkeypatch):
    monkeypatch.setattr(wiring, "indexed_reports", lambda settings: ())
    page = open_page()
    assert "Nạp báo cáo đầu tiên" in words(page)
    assert not page.chat_input


def test_an_index_of_another_model_offers_to_make_it_anew(assistant, monkeypatch):
    def mismatch(settings):
        raise IndexMismatchError("Chỉ mục được lập bằng mô hình khác.")

    monkeypatch.setattr(wiring, "indexed_reports", mismatch)
    page = open_page()
    assert "Chỉ mục được lập bằng mô hình khác." in words(page)
    assert not page.button(key="reindex").disabled


def test_a_page_that_fails_says_so_kindly(assistant, monkeypatch, caplog):
    monkeypatch.setattr(wiring, "indexed_reports", lambda settings: 1 / 0)
    page = open_page()
    assert UNEXPECTED in words(page)
    assert not page.exception
    assert "ZeroDivisionError" in caplog.text


def summary(*files):
    return IngestSummary(files, 0.1)


def test_uploaded_reports_are_stored_indexed_and_summed_up(assistant, monkeypatch, tmp_path):
    def ingest(settings, paths, *, on_progress):
        on_progress(Progress("a.txt", 1, 1, embedded=1, to_embed=2))
        left_out = (LeftOutCount("nơi nhận", 2, "Như trên"),)
        file = FileOutcome("a.txt", Outcome.ADDED, 7, 2, 3, left_out=left_out, warnings=("lạ",))
        return summary(file)

    monkeypatch.setattr(wiring, "index_reports", ingest)
    page = open_page()
    page.file_uploader[0].upload("../a.txt", b"noi dung").run()
    page.button(key="index-upload").click().run()
    assert (tmp_path / "a.txt").read_bytes() == b"noi dung"
    table = strings(component(page, "result"))
    assert table[-7:] == ["Mới", "7", "2", "3", "0", "nơi nhận (2)", "lạ"]
    page.button(key="close-result").click().run()
    assert "Kết quả lập chỉ mục" not in words(page)


def test_a_report_of_the_same_name_is_replaced_only_when_asked(assistant, monkeypatch, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"cu")
    monkeypatch.setattr(wiring, "index_reports", lambda settings, paths, on_progress: summary())
    page = open_page()
    page.file_uploader[0].upload("a.txt", b"moi").run()
    assert "Đã có báo cáo khác cùng tên: a.txt." in words(page)
    assert page.button(key="index-upload").disabled
    page.checkbox[0].check().run()
    page.button(key="index-upload").click().run()
    assert (tmp_path / "a.txt").read_bytes() == b"moi"


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        pytest.param(IndexMismatchError("Chỉ mục khác."), "Chỉ mục khác.", id="told"),
        pytest.param(RuntimeError("secret"), UNEXPECTED, id="unexpected"),
    ],
)
def test_an_ingest_that_fails_says_why(assistant, monkeypatch, error, shown):
    def ingest(settings, *, on_progress):
        raise error

    monkeypatch.setattr(wiring, "renew_index", ingest)
    page = open_page()
    page.button(key="reindex").click().run()
    assert shown in words(page)
    assert "secret" not in words(page)


def test_a_report_that_cannot_be_read_is_listed_as_a_problem(assistant, monkeypatch):
    failed = FileOutcome("x.txt", Outcome.FAILED, message="x.txt: tệp không có nội dung.")
    monkeypatch.setattr(wiring, "renew_index", lambda settings, on_progress: summary(failed))
    page = open_page()
    page.button(key="reindex").click().run()
    assert "x.txt: tệp không có nội dung." in words(page)
    assert "Đã đọc 0 báo cáo, 1 lỗi." in words(page)


def state(news, *, is_ingesting=False, is_watched=False):
    return wiring.IndexState(news, is_ingesting, is_watched)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        pytest.param(state(FolderNews()), ["Chỉ mục khớp với thư mục báo cáo."], id="the same"),
        pytest.param(
            state(FolderNews(2, 1, 1)),
            ["Thư mục có thay đổi chưa nạp: 2 tệp mới, 1 tệp đã sửa, 1 tệp đã xóa. Hãy bấm “Lập lại chỉ mục”."],
            id="news",
        ),
        pytest.param(
            state(FolderNews(new=3), is_ingesting=True, is_watched=True),
            [
                "Đang nạp báo cáo; vẫn hỏi được trên phần đã nạp xong.",
                "Thư mục báo cáo đang được theo dõi; thay đổi được nạp tự động.",
                "Đang chờ nạp: 3 tệp mới.",
            ],
            id="being indexed",
        ),
    ],
)  # fmt: skip
def test_the_state_of_the_index_is_shown(assistant, monkeypatch, found, shown):
    monkeypatch.setattr(wiring, "index_state", lambda settings: found)
    assert strings(component(open_page(), "index-state")) == shown


def test_the_last_ingest_tells_what_it_could_not_read(assistant, monkeypatch):
    half = FileOutcome("s.pdf", Outcome.ADDED, origin=Origin("PDF", "", 9, (), (3, 4)))
    failed = FileOutcome("x.txt", Outcome.FAILED, message="x.txt: tệp không có nội dung.")
    monkeypatch.setattr(wiring, "index_state", lambda settings: state(FolderNews()))
    monkeypatch.setattr(wiring, "last_ingest", lambda settings: summary(half, failed))
    assert strings(component(open_page(), "index-state"))[1:] == [
        "Lần nạp gần nhất: 1 báo cáo, 1 lỗi, 1 báo cáo còn trang chưa đọc.",
        "s.pdf: chưa đọc được trang 3, 4 trong 9 trang; câu trả lời sẽ thiếu phần này.",
        "x.txt: tệp không có nội dung.",
    ]


@pytest.fixture
def pdf_assistant(assistant, monkeypatch, tmp_path):
    """The fake's report as a PDF of two pages, its words on the first."""
    pages = PdfPages()
    pages.write(70, 100, LINES[0])
    pages.write(70, 130, "Có 20 sản phẩm OCOP.")
    pages.next_page()
    pages.write(70, 100, LINES[2])
    content = pages.content()

    class FakeFiles(FakeOriginals):
        def find_marks(self, citation, said):
            return (Mark(1, 0.1, 0.14, 0.4, 0.16),)

        def draw(self, report, page, marks, *, whole):
            drawn.append((page, len(marks), whole))
            return mark_page(draw_safely(content, page, 400), marks, whole=whole)

    drawn = []
    files = FakeFiles()
    opened = assistant.open_source
    st.cache_data.clear()
    monkeypatch.setattr(
        assistant, "open_source", lambda p: replace(opened(p), origin=Origin("PDF", "", 2))
    )
    monkeypatch.setattr(wiring, "open_originals", lambda settings: files)
    page = ask(open_page(), "OCOP?")
    page.session_state["opened"] = Opened(turn=0, citation=0, passage_id="p1", arrival=1)
    return page.run(), drawn, files


def test_the_page_is_shown_with_its_quote_and_can_be_turned(pdf_assistant):
    page, drawn, _ = pdf_assistant
    assert drawn == [(1, 1, False)]
    assert "Trang 1 / 2" in words(page)
    assert page.button(key="page-before").disabled
    page.button(key="page-whole").click().run()
    page.button(key="page-after").click().run()
    assert drawn == [(1, 1, False), (1, 1, True), (2, 0, True)]
    assert "Trang 2 / 2" in words(page)
    assert page.button(key="page-after").disabled
    page.button(key="source-home").click().run()
    assert page.session_state["opened"].page is None
    page.run()
    assert len(drawn) == 3  # what was drawn before is kept
    assert not page.exception


def test_a_page_whose_file_has_gone_shows_the_words_only(pdf_assistant):
    page, drawn, files = pdf_assistant
    files.problem = OriginalGoneError("Tệp gốc không còn ở chỗ cũ.")
    page.run()
    assert "Tệp gốc không còn ở chỗ cũ." in words(page)
    assert "Trang 1 / 2" not in words(page)
    assert not page.get("download_button")
    assert LINES[1] in words(page)
    assert len(drawn) == 1


def test_a_page_that_cannot_be_drawn_says_why_beside_the_words(pdf_assistant, monkeypatch):
    def fail(report, page, marks, *, whole):
        raise UnreadableReportError(f"Trang {page} bị hỏng.")

    page, _, files = pdf_assistant
    monkeypatch.setattr(files, "draw", fail)
    page.button(key="page-after").click().run()
    assert "Trang 2 bị hỏng." in words(page)
    assert LINES[1] in words(page)


def test_the_file_of_any_format_can_be_saved(assistant):
    page = ask(open_page(), "OCOP?")
    page.session_state["opened"] = Opened(turn=0, citation=0, passage_id="p1", arrival=1)
    page.run()
    assert [button.label for button in page.get("download_button")] == ["Mở tệp gốc"]


def test_an_answer_from_an_older_version_says_so(assistant, monkeypatch):
    note = VersionNote("Bản cũ: đã có b.txt mới hơn", "mai-son.txt là bản cũ: đã có b.txt mới hơn.")
    monkeypatch.setattr(wiring, "version_notes", lambda settings: {REPORT.name: note})
    page = ask(open_page(), "OCOP?")
    assert strings(component(page, "answer-0"))[-1] == note.warning
    assert note.told in strings(component(page, "reports"))
    page.session_state["opened"] = Opened(turn=0, citation=0, passage_id="p1", arrival=1)
    page.run()
    assert note.told in strings(component(page, "source"))
