import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest
from fakes import FakeEmbedder

import wiring
from errors import AssistantError, IndexMismatchError, UnreadableReportError
from indexing.comparing import FolderNews
from settings import Settings

REPORT = "BÁO CÁO\n\nHuyện Mai Sơn, tỉnh Sơn La có 20 sản phẩm OCOP trong năm 2024.\n"


@pytest.fixture
def settings(tmp_path, monkeypatch):
    loaded = []

    def load(settings):
        loaded.append(settings)
        return FakeEmbedder(settings.embedding_model)

    monkeypatch.setattr(wiring, "load_embedder", load)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "mai-son.txt").write_text(REPORT, "utf-8")
    made = Settings(tmp_path / "reports", tmp_path / "index", embedding_model="one")
    yield made
    assert loaded.count(made) <= 1, "the model was loaded more than once"
    wiring.forget_index(made)


def names(settings):
    return [report.name for report in wiring.indexed_reports(settings)]


def test_nothing_is_listed_before_anything_is_indexed(settings):
    assert names(settings) == []


def test_a_renewed_index_holds_the_folder(settings):
    wiring.renew_index(settings)
    assert names(settings) == ["mai-son.txt"]


def test_a_report_can_be_added_by_itself(settings):
    added = settings.reports_dir / "moc-chau.txt"
    added.write_text(REPORT.replace("Mai Sơn", "Mộc Châu"), "utf-8")
    told = []
    wiring.index_reports(settings, [added], on_progress=told.append)
    assert names(settings) == ["moc-chau.txt"]
    assert told[-1].outcome.passages >= 1


def test_sessions_that_begin_together_share_one_index(settings):
    wiring.renew_index(settings)
    with ThreadPoolExecutor() as sessions:
        opened = list(sessions.map(wiring.open_index, [settings] * 8))
    assert len({id(index) for index in opened}) == 1


def test_an_index_of_another_model_is_made_anew_only_when_asked(settings):
    wiring.renew_index(settings)
    other = Settings(settings.reports_dir, settings.index_dir, embedding_model="two")
    with pytest.raises(IndexMismatchError):
        wiring.indexed_reports(other)
    wiring.renew_index(other)
    assert names(other) == ["mai-son.txt"]
    wiring.forget_index(other)


def test_a_file_without_a_report_is_found_out_before_it_is_stored(settings, tmp_path):
    empty = tmp_path / "x.txt"
    empty.write_text("  ")
    with pytest.raises(UnreadableReportError, match=r"rong\.txt"):
        wiring.check_readable(settings, empty, "rong.txt")


def test_the_state_tells_what_is_not_indexed_yet(settings):
    assert wiring.index_state(settings) is None
    wiring.renew_index(settings)
    (settings.reports_dir / "moi.txt").write_text(REPORT, "utf-8")
    assert wiring.index_state(settings) == wiring.IndexState(FolderNews(new=1), False, False)
    wiring.renew_index(settings)
    assert wiring.index_state(settings).news.total == 0
    assert [file.name for file in wiring.last_ingest(settings).files] == ["mai-son.txt", "moi.txt"]


def test_what_is_slow_to_read_is_kept_where_the_settings_say(settings, tmp_path):
    kept = replace(settings, reading_cache=tmp_path / "reading")
    assert wiring.reader_for(kept).cache == tmp_path / "reading"


def test_an_archive_is_a_report_if_it_holds_one(settings, tmp_path):
    path = tmp_path / ".uploading-x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("anh.png", "?")
    with pytest.raises(UnreadableReportError, match=r"^gui\.zip: .*không có báo cáo nào"):
        wiring.check_readable(settings, path, "gui.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("mai-son.txt", REPORT)
    wiring.check_readable(settings, path, "gui.zip")


def test_a_second_watch_of_an_index_is_refused(settings):
    index = wiring.open_index(settings, create=True)
    with index.ingest.watching(), pytest.raises(AssistantError, match="theo dõi"):
        wiring.watch_index(
            settings, [settings.reports_dir], stop=Event(), on_result=print, tell=print
        )
