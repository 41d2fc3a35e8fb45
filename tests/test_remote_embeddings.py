import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from errors import ModelUnavailableError
from settings import Settings
from vectorstore.embeddings import load_embedder
from vectorstore.remote_embeddings import RemoteEmbedder

KEY = "khoa-bi-mat-123"


class Server(ThreadingHTTPServer):
    """An embedding server: the vector of a text is (its length, 1), doubled."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = []  # (path, headers, content)
        self.statuses = []  # of the next answers; then 200
        self.change = lambda rows: rows  # what is wrong with the answers

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers, content))
        rows = [
            {"index": place, "embedding": [2.0 * len(text), 2.0]}
            for place, text in enumerate(content["input"])
        ]
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        body = json.dumps({"data": self.server.change(rows)}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=[0.01])
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def connect(server):
    def connect(model="bge-m3", **options):
        return RemoteEmbedder(server.url, model=model, api_key=KEY, **options)

    return connect


def test_vectors_come_back_in_order_and_of_length_one(server, connect):
    server.change = lambda rows: rows[::-1]
    vectors = connect().embed_passages(["xã", "huyện"])
    expected = np.array([[2, 1], [5, 1]]) / np.sqrt([[5], [26]])
    assert vectors.dtype == np.float32
    assert vectors == pytest.approx(expected)


def test_the_settings_choose_a_server(server):
    embedder = load_embedder(
        Settings(embedding_url=server.url + "/", embedding_model="bge-m3", embedding_api_key=KEY)
    )
    path, headers, content = server.asked[-1]
    assert path == "/v1/embeddings"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert content["model"] == "bge-m3"
    assert (embedder.name, embedder.dimension) == ("bge-m3 (máy chủ)", 2)


def test_the_e5_family_is_sent_its_prompts(server, connect):
    embedder = connect("multilingual-e5-small")
    embedder.embed_question("xã nào?")
    embedder.embed_passages(["xã Chiềng Mung"])
    sent = [content["input"] for _, _, content in server.asked[-2:]]
    assert sent == [["query: xã nào?"], ["passage: xã Chiềng Mung"]]


def test_many_passages_go_in_several_requests(server, connect):
    embedder = connect()
    told = []
    assert embedder.embed_passages(["xã"] * 70, on_batch=told.append).shape == (70, 2)
    assert told == [32, 32, 6]


def test_nothing_is_not_sent(server, connect):
    embedder = connect()
    before = len(server.asked)
    assert embedder.embed_passages([]).shape == (0, 2)
    assert len(server.asked) == before


@pytest.mark.parametrize("text", ["", "\ud83d", "x" * 10_000], ids=["empty", "half", "long"])
def test_odd_texts_are_sent_so_that_servers_take_them(server, connect, text):
    assert connect().embed_question(text).shape == (2,)
    assert server.asked[-1][2]["input"] != [""]


def test_a_busy_server_is_asked_again(server, connect):
    pauses = []
    embedder = connect(pause=pauses.append)
    server.statuses = [503, 429]
    assert embedder.embed_question("xã").shape == (2,)
    assert pauses == [0.5, 1.0]


def test_a_server_that_stays_busy_is_said(server, connect):
    server.statuses = [500] * 10
    with pytest.raises(ModelUnavailableError, match=r"báo lỗi 500.*EMBEDDING_URL"):
        connect(pause=lambda _: None)
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("status", "message"),
    [(401, "từ chối khóa"), (404, "không có địa chỉ hoặc mô hình"), (400, "báo lỗi 400")],
)
def test_a_refusal_is_said_at_once(server, connect, status, message):
    server.statuses = [status]
    with pytest.raises(ModelUnavailableError, match=message):
        connect()
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows * 2, "2 véc-tơ cho 1 đoạn"),
        (lambda rows: [{"index": 0}], "không đúng dạng"),
        (lambda rows: "lỗi", "không đúng dạng"),
        (lambda rows: [], "không đúng dạng"),
        (lambda rows: [{"index": 0, "embedding": [0, 0]}], "véc-tơ rỗng"),
        (lambda rows: [{"index": 0, "embedding": [float("nan"), 1]}], "véc-tơ rỗng"),
        (lambda rows: [{"index": 0, "embedding": [1, 2, 3]}], "3 chiều, trước đó 2"),
    ],
    ids=[
        "too many",
        "no vector",
        "no rows",
        "none",
        "zeros",
        "not a number",
        "another length",
    ],
)
def test_an_answer_that_cannot_be_used_is_said(server, connect, change, message):
    embedder = connect()
    server.change = change
    with pytest.raises(ModelUnavailableError, match=message):
        embedder.embed_passages(["xã"])


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/v1", "khong-phai-dia-chi", "http://[::1/v1"], ids=str
)
def test_a_server_that_is_not_there_is_said(url):
    with pytest.raises(ModelUnavailableError, match="không kết nối được"):
        RemoteEmbedder(url, model="bge-m3", api_key=KEY, pause=lambda _: None)


def test_secrets_are_not_shown(server, connect, caplog):
    caplog.set_level(logging.DEBUG)
    connect().embed_question("xã")
    url = "http://ai:matkhau@127.0.0.1:9/v1"
    with pytest.raises(ModelUnavailableError) as caught:
        RemoteEmbedder(url, model="bge-m3", api_key=KEY, pause=lambda _: None)
    shown = caplog.text + str(caught.value) + repr(Settings(embedding_api_key=KEY))
    assert KEY not in shown
    assert "matkhau" not in shown
