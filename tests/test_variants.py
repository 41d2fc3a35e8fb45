"""Each variant lacks the part it is named for, over a real index, and nothing else."""

import pytest
from fakes import FakeEmbedder

from assistant import Assistant
from evaluation.variants import (
    VARIANTS,
    IndexWithoutVectors,
    Parts,
    SearchWithoutGuesses,
    SearchWithoutMarks,
    SearchWithoutMeaning,
    SearchWithoutWordings,
    SearchWithoutWords,
)
from indexing import index_reports
from records import AnswerStatus, EarlierTurn
from retrieval.clause_reader import ClauseReader
from retrieval.search import HybridSearch
from retrieval.wording import Wording
from vectorstore.report_index import ReportIndex

MAI_SON = """I. NÔNG NGHIỆP

Hiện nay, toàn huyện Mai Sơn có 181 hợp tác xã, tăng 54 hợp tác xã so với năm 2020.

II. GIÁO DỤC

Toàn huyện có 42/63 trường đạt chuẩn quốc gia.

III. Y TẾ

Huyện có 15 trạm y tế xã.
"""
MOC_CHAU = "Huyện Mộc Châu có 39 hợp tác xã.\n"
BY_NAME = {variant.name: variant for variant in VARIANTS}


class ListeningEmbedder(FakeEmbedder):
    """Remembers the questions it embedded."""

    def __init__(self):
        super().__init__()
        self.heard = []

    def embed_question(self, text):
        self.heard.append(text)
        return super().embed_question(text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("variants")
    (made / "reports").mkdir()
    (made / "reports" / "mai-son.txt").write_text(MAI_SON, "utf-8")
    (made / "reports" / "moc-chau.txt").write_text(MOC_CHAU, "utf-8")
    index = ReportIndex.open(made / "index", embedder="fake", dimension=32, create=True)
    assert not index_reports([made / "reports"], index=index, embedder=FakeEmbedder()).failed
    index.close()
    return made / "index"


@pytest.fixture
def parts(folder):
    opened = [
        kind.open(folder, embedder="fake", dimension=32)
        for kind in (ReportIndex, IndexWithoutVectors)
    ]
    yield Parts(opened[0], ListeningEmbedder(), opened[1])
    for index in opened:
        index.close()


def found(search, words, meaning):
    """Search for the words of one question and the meaning of another."""
    vector = FakeEmbedder().embed_question(meaning)
    hits = search.search(search.understand(words), vector, k=3)
    return [(hit.passage.text, round(hit.score, 6)) for hit in hits]


def test_without_words_only_meaning_finds(parts):
    shipped, wordless = (
        make(parts.index, parts.embedder) for make in (HybridSearch, SearchWithoutWords)
    )
    asked = ("Bao nhiêu hợp tác xã?", "Bao nhiêu trạm y tế?")
    assert found(shipped, asked[0], "trường") != found(shipped, asked[1], "trường")
    assert found(wordless, asked[0], "trường") == found(wordless, asked[1], "trường")


def test_without_meaning_only_words_find(parts):
    shipped, blind = HybridSearch(parts.index, parts.embedder), SearchWithoutMeaning(parts)
    asked = "Bao nhiêu hợp tác xã?"
    assert found(shipped, asked, "trường chuẩn") != found(shipped, asked, "trạm y tế")
    assert found(blind, asked, "trường chuẩn") == found(blind, asked, "trạm y tế")


def test_without_meaning_passages_are_read_with_their_closeness(parts):
    shipped, blind = HybridSearch(parts.index, parts.embedder), SearchWithoutMeaning(parts)
    question = shipped.understand("Mai Sơn có bao nhiêu hợp tác xã?")
    vector = shipped.embed(question)
    hits = shipped.search(question, vector, k=3)
    assert blind.closeness(hits, vector) == shipped.closeness(hits, vector)


ABBREVIATED = Wording(("htx",), ("hop", "tac", "xa"))
GUESSED = Wording(("trao",), ("tram",))


@pytest.mark.parametrize(
    ("make", "wordings"),
    [
        (HybridSearch, (ABBREVIATED, GUESSED)),
        (SearchWithoutWordings, (GUESSED,)),
        (SearchWithoutGuesses, (ABBREVIATED,)),
    ],
)
def test_wordings_and_guesses_are_left_out_one_without_the_other(parts, make, wordings):
    question = make(parts.index, parts.embedder).understand("bao nhieu HTX, bao nhieu trao y te")
    assert question.wordings == wordings


def test_without_marks_a_question_is_embedded_as_typed(parts):
    typed = "mai son co bao nhieu hop tac xa"
    for make in (HybridSearch, SearchWithoutMarks):
        search = make(parts.index, parts.embedder)
        search.embed(search.understand(typed))
    assert parts.embedder.heard == ["mai sơn có bao nhiêu hợp tác xã", typed]


def test_without_refusal_the_best_candidate_is_given(parts):
    question = "Đội bóng đá Mai Sơn vô địch giải nào?"
    statuses = [BY_NAME[name].make(parts)(question, ()).status for name in ("full", "no-refusal")]
    assert statuses == [AnswerStatus.NOT_FOUND, AnswerStatus.ANSWERED]


def test_without_refusal_an_answer_keeps_its_confidence(parts):
    question = "Mai Sơn có bao nhiêu hợp tác xã?"
    answers = [BY_NAME[name].make(parts)(question, ()) for name in ("full", "no-refusal")]
    assert answers[0].confidence == answers[1].confidence > 0


def test_without_dialogue_a_follow_up_is_asked_by_itself(parts):
    full, alone = (BY_NAME[name].make(parts) for name in ("full", "no-dialogue"))
    asked = "Mai Sơn có bao nhiêu hợp tác xã?"
    earlier = (EarlierTurn(asked, full(asked, ())),)
    assert "39 hợp tác xã" in full("Còn Mộc Châu?", earlier).text
    assert alone("Còn Mộc Châu?", earlier) == full("Còn Mộc Châu?", ())


@pytest.mark.parametrize(
    "question", ["Mai Sơn có bao nhiêu hợp tác xã?", "mai son co may tram y te"]
)
def test_the_full_variant_answers_as_the_assistant_does(parts, question):
    search = HybridSearch(parts.index, parts.embedder)
    shipped = Assistant(parts.index, search, ClauseReader.load(parts.embedder.name))
    assert BY_NAME["full"].make(parts)(question, ()) == shipped.ask(question)


def test_without_comparison_a_question_across_reports_is_asked_of_all_at_once(parts):
    full, alone = (BY_NAME[name].make(parts) for name in ("full", "no-comparison"))
    asked = "Huyện nào có nhiều hợp tác xã hơn, Mai Sơn hay Mộc Châu?"
    assert {cited.report for cited in full(asked, ()).citations} == {"mai-son.txt", "moc-chau.txt"}
    assert full(asked, ()).comparison
    assert alone(asked, ()).comparison is None


def test_without_verification_nothing_is_checked(parts):
    full, alone = (BY_NAME[name].make(parts) for name in ("full", "no-verification"))
    asked = "Mai Sơn có bao nhiêu hợp tác xã?"
    assert full(asked, ()).verification.checks
    assert not alone(asked, ()).verification.checks


def test_variants_have_names_of_their_own():
    assert len(BY_NAME) == len({variant.shown for variant in VARIANTS}) == len(VARIANTS)
