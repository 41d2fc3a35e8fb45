"""Drive the real page, on an index made from the sample reports, as a user does."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.pdf_pages import PdfPages

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

PROJECT = Path(__file__).parents[1]
SCREENSHOTS = PROJECT / "artifacts"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
ARGS = [
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PDF_LINES = (
    "Xã Nậm Thử có 412 hộ, 1.935 nhân khẩu, gồm 9 bản.",
    "Năm 2024, xã Nậm Thử đã trồng mới 137 ha cây quế, vượt 17 ha so với kế hoạch giao đầu năm.",
    "Đến hết năm 2024, xã Nậm Thử có 31 công trình cấp nước sinh hoạt tập trung.",
)
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
INGEST = "import wiring; s = wiring.read_settings(); wiring.index_reports(s, [s.reports_dir])"
HOSTILE = """BÁO CÁO Tình hình xã Thử Nghiệm <b id="evil">đậm</b>

<script>window.evil = 1</script><img id="evil" src="http://evil.example/a.png" onerror="window.evil = 2">

Xã Thử Nghiệm có 77 máy bơm nước ![ảnh](http://evil.example/b.png) [liên kết](javascript:window.evil=3) $x^2$ :smile: **đậm**.
"""


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail("Không thấy Chromium, mà REQUIRE_BROWSER=1")
    if not CHROMIUM:
        pytest.skip("Không thấy Chromium: apt-get install chromium")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    shutil.copytree(PROJECT / "reports", folder / "reports")
    (folder / "reports" / "nam-thu.pdf").write_bytes(pdf_report())
    places = {"REPORTS_DIR": str(folder / "reports"), "INDEX_DIR": str(folder / "index")}
    environment = {**os.environ, **places}
    subprocess.run([sys.executable, "-c", INGEST], cwd=PROJECT, env=environment, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--server.port", str(port)],
            cwd=PROJECT,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=20)


def pdf_report():
    """A report of three pages, a paragraph on each."""
    pages = PdfPages()
    for line in PDF_LINES:
        pages.write_middle(297, 100, "BÁO CÁO KINH TẾ - XÃ HỘI XÃ NẬM THỬ NĂM 2024", bold=True)
        pages.write_paragraph(300, line)
        pages.next_page()
    return pages.content()


def wait_for(url):
    for _ in range(120):
        try:
            with urllib.request.urlopen(url) as reply:
                return reply.read()
        except URLError:
            time.sleep(0.5)
    raise TimeoutError(url)


@pytest.fixture(params=SIZES)
def page(request, browser, address):
    """The page in one window size; at the end, whatever it asked of other machines fails the test."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    opened.size = request.param
    asked, dialogs = [], []
    opened.on("request", lambda sent: asked.append(sent.url))
    opened.on("websocket", lambda socket: asked.append(socket.url.replace("ws:", "http:")))
    opened.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    opened.goto(address)
    opened.locator(".welcome-title").wait_for()
    yield opened
    context.close()
    assert [url for url in asked if not url.startswith((address, "blob:", "data:"))] == []
    assert dialogs == []


def ask(page, question):
    before = page.locator(".answer").count()
    page.get_by_placeholder("Hỏi về báo cáo…").fill(question)
    page.keyboard.press("Enter")
    page.locator(".answer, .alert").nth(before).wait_for()
    assert page.locator(".alert").all_inner_texts() == []
    return page.locator(".answer").nth(before)


def take_picture(page, name):
    SCREENSHOTS.mkdir(exist_ok=True)
    page.wait_for_timeout(500)  # scrolling ends
    page.screenshot(path=SCREENSHOTS / f"{name}-{page.size}.png")


def is_in_view(locator):
    box = locator.bounding_box()
    return 0 <= box["y"] < locator.page.viewport_size["height"] - 130  # above the question box


def test_a_citation_opens_on_the_exact_words(page):
    take_picture(page, "1-first-page")
    answer = ask(page, "Huyện Mai Sơn có bao nhiêu sản phẩm OCOP?")
    assert "20 sản phẩm OCOP" in answer.inner_text()
    take_picture(page, "2-answer")
    page.locator(".source").first.click()
    words = page.locator(".centre mark.said")
    words.wait_for()
    assert "20 sản phẩm OCOP" in words.inner_text()
    page.wait_for_timeout(500)
    assert is_in_view(words)
    take_picture(page, "3-source")


def test_the_source_can_be_read_on_and_closed(page):
    ask(page, "Huyện Mai Sơn có bao nhiêu sản phẩm OCOP?")
    page.locator(".source").first.click()
    centre = page.locator(".passage.centre")
    first = centre.inner_text()
    page.get_by_role("button", name="Đoạn sau").click()
    page.get_by_role("button", name="Về trích dẫn").wait_for()
    assert centre.inner_text() != first
    page.get_by_role("button", name="Về trích dẫn").click()
    page.get_by_role("button", name="Về trích dẫn").wait_for(state="detached")
    assert centre.inner_text() == first
    page.get_by_role("button", name="Đóng").click()
    centre.wait_for(state="detached")


def test_a_citation_opens_by_keyboard(page):
    ask(page, "Huyện Mai Sơn có bao nhiêu sản phẩm OCOP?")
    page.locator(".source").first.focus()
    page.keyboard.press("Enter")
    page.locator(".centre mark.said").wait_for()
    page.wait_for_timeout(300)
    focused = "document.activeElement.shadowRoot.activeElement.className"
    assert page.evaluate(focused) == "panel"


def test_a_table_row_shows_its_columns(page):
    ask(page, "Độ che phủ rừng huyện Mường Ảng ước thực hiện năm 2024 là bao nhiêu?")
    rows = page.locator(".source", has_text="34.11%")
    rows.first.click()
    page.locator(".centre .cell").first.wait_for()
    assert "Ước thực hiện năm 2024" in page.locator(".centre .row").inner_text()
    take_picture(page, "4-table-row")


def marked_pixels(page):
    """How many pixels of the page's picture have the colour of marked words."""
    return page.evaluate(
        """async () => {
          const shown = document.querySelector(".st-key-page-picture img");
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [shown.naturalWidth, shown.naturalHeight];
          const pen = canvas.getContext("2d");
          pen.drawImage(shown, 0, 0);
          const {data} = pen.getImageData(0, 0, canvas.width, canvas.height);
          let count = 0;
          for (let at = 0; at < data.length; at += 4)
            count += data[at] === 255 && data[at + 1] === 206 && data[at + 2] === 84;
          return count;
        }"""
    )


def test_a_quote_is_marked_on_its_page_of_the_file(page):
    ask(page, "Xã Nậm Thử trồng mới bao nhiêu ha cây quế năm 2024?")
    page.locator(".source", has_text="137 ha").first.click()
    picture = page.locator(".st-key-page-picture img")
    picture.wait_for()
    assert page.get_by_text("Trang 2 / 3").is_visible()
    page.wait_for_timeout(500)
    assert is_in_view(picture)
    assert marked_pixels(page) > 1000
    take_picture(page, "10-page-picture")
    part = picture.evaluate("image => image.naturalHeight / image.naturalWidth")
    page.get_by_role("button", name="Xem cả trang").click()
    page.get_by_role("button", name="Chỉ xem chỗ trích").wait_for()
    page.wait_for_function(
        "part => { const i = document.querySelector('.st-key-page-picture img');"
        " return i && i.complete && i.naturalHeight / i.naturalWidth > 2 * part; }",
        arg=part,
    )
    assert marked_pixels(page) > 1000
    take_picture(page, "11-whole-page")
    page.get_by_role("button", name="Trang sau").click()
    page.get_by_text("Trang 3 / 3").wait_for()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Mở tệp gốc").click()
    assert saved.value.suggested_filename == "nam-thu.pdf"
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF-")
    page.get_by_role("button", name="Về trích dẫn").click()
    page.get_by_text("Trang 2 / 3").wait_for()


def test_a_follow_up_is_shown_as_understood_and_corrected_by_keyboard(page):
    ask(page, "Huyện Mai Sơn có bao nhiêu sản phẩm OCOP?")
    answer = ask(page, "Còn Mộc Châu thì sao?")
    assert "39 sản phẩm" in answer.inner_text()
    understood = page.locator(".understood")
    assert "Đang hỏi: Huyện Mộc Châu có bao nhiêu sản phẩm OCOP?" in understood.inner_text()
    take_picture(page, "8-follow-up")
    page.get_by_role("button", name="Sửa câu hỏi").focus()
    page.keyboard.press("Enter")
    box = page.get_by_label("Câu hỏi cần hỏi lại")
    box.wait_for()
    take_picture(page, "9-correction")
    box.fill("Huyện Mộc Châu có bao nhiêu tổ chuyển đổi số cộng đồng?")
    page.keyboard.press("Enter")
    understood.wait_for(state="detached")
    page.locator(".answer", has_text="193").wait_for()
    assert page.locator(".answer").count() == 2
    assert page.locator(".question").last.inner_text().startswith("Huyện Mộc Châu có bao nhiêu tổ")


def test_what_is_not_in_the_reports_is_said(page):
    answer = ask(page, "Huyện Điện Biên Đông có bao nhiêu sản phẩm OCOP?")
    assert "not-found" in answer.get_attribute("class")
    assert page.get_by_text("Các đoạn gần nhất (không phải câu trả lời)").is_visible()
    take_picture(page, "5-not-found")


def test_a_hostile_report_is_shown_as_text(page):
    name = f"thu-nghiem-{page.size}.txt"
    if page.size == "phone":
        page.get_by_test_id("stExpandSidebarButton").click()
    sent = {"name": f"../{name}", "mimeType": "text/plain", "buffer": HOSTILE.encode()}
    page.locator("input[type=file]").set_input_files(sent)
    page.get_by_role("button", name="Lưu và lập chỉ mục").click()
    page.locator("td.name", has_text=name).wait_for()
    take_picture(page, "6-upload")
    if page.size == "phone":
        page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    page.reload()
    page.locator(".welcome-title").wait_for()
    ask(page, "Xã Thử Nghiệm có bao nhiêu máy bơm nước?")
    page.locator(".source", has_text="77 máy bơm").first.click()
    panel = page.locator(".scroller")
    panel.wait_for()
    assert "77 máy bơm nước ![ảnh](http://evil.example/b.png)" in panel.inner_text()
    assert "$x^2$ :smile: **đậm**" in panel.inner_text()
    assert "<script>window.evil = 1</script>" in panel.inner_text()
    take_picture(page, "7-hostile-source")
    assert page.locator("#evil, img[src*=evil], a[href*=javascript], .katex").count() == 0
    assert page.evaluate("window.evil") is None
    assert re.search(r"thu-nghiem", page.locator(".reports").inner_text())
