from records import IndexedReport, Origin, ReportMetadata
from source_notes import VersionNote, note_versions
from versions import Versions, sketch_text

WORDS = [f"từ{number}" for number in range(400)]


def indexed(name, file_format="DOCX", words=WORDS, **metadata):
    origin, sketch = Origin(format=file_format), sketch_text(" ".join(words))
    told = ReportMetadata(**metadata)
    return IndexedReport(name, "0", told, 1, 1, 0, 0, "", origin=origin, sketch=sketch)


def test_a_draft_points_at_the_newer_report_and_that_one_at_the_draft():
    final, draft = indexed("a.docx"), indexed("b.docx", draft="Dự thảo lần 1")
    assert note_versions([Versions((final, draft))]) == {
        "a.docx": VersionNote("Dự thảo lần 1: b.docx"),
        "b.docx": VersionNote(
            "Bản cũ: đã có a.docx mới hơn, trợ lý trả lời theo bản đó",
            "b.docx là bản cũ: đã có a.docx mới hơn.",
        ),
    }


def test_the_same_words_in_another_format_are_no_older_version():
    word, scan = indexed("a.docx"), indexed("a.pdf", "PDF", WORDS[:300])
    assert note_versions([Versions((word, scan))]) == {
        "a.docx": VersionNote("Cùng nội dung: a.pdf"),
        "a.pdf": VersionNote("Cùng nội dung với a.docx, trợ lý trả lời theo tệp đó"),
    }


def test_several_versions_are_listed_by_what_they_are():
    group = (
        indexed("d.docx", date="tháng 6 năm 2024"),
        indexed("d.pdf", "PDF", date="tháng 6 năm 2024"),
        indexed("copy.docx"),
        indexed("c.docx", date="tháng 5 năm 2024"),
        indexed("b.docx", words=[*WORDS[:300], "khác"] * 2),
        indexed("a.docx", draft="Dự thảo lần 2"),
    )
    assert note_versions([Versions(group)])["d.docx"].told == (
        "Cùng nội dung: d.pdf, copy.docx; bản tháng 5 năm 2024: c.docx; bản khác: b.docx; "
        "dự thảo lần 2: a.docx"
    )
