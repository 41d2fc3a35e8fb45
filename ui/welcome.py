"""Show what a newcomer sees: what the page does, questions to try, how to add a report."""

from collections.abc import Sequence

import streamlit as st

from ui import plain, session
from ui.plain import part

_PROMISE = (
    "Đặt câu hỏi bằng lời thường về nội dung báo cáo. Câu trả lời lấy từ chính báo cáo, kèm số trích dẫn; "
    "chọn một trích dẫn để đọc nguyên văn tại chỗ trong báo cáo."
)
_FIRST_STEPS = (
    "Ở khung bên trái (nếu đang ẩn, bấm dấu » ở góc trên), mục “Nạp báo cáo mới”, chọn tệp báo cáo.",
    "Bấm “Lưu và lập chỉ mục”, chờ thanh tiến độ chạy hết.",
    "Xem bảng kết quả: số đoạn đã đọc, phần bỏ qua và lý do.",
    "Đặt câu hỏi ở ô phía dưới.",
)
_ALREADY_THERE = "Nếu tệp đã nằm sẵn trong thư mục báo cáo, chỉ cần bấm “Lập lại chỉ mục”."


def show_welcome(questions: Sequence[str]) -> None:
    """Show the first page of an assistant that can be asked.

    Args:
        questions: Ours, never a report's words: a button's label is read as Markdown.
    """
    plain.show(
        part(
            "div",
            part("h1", "Hỏi về nội dung báo cáo", look="welcome-title"),
            part("p", _PROMISE, look="welcome"),
            part("h3", "Câu hỏi mẫu", look="heading") if questions else "",
        ),
        key="welcome",
    )
    with st.container(key="samples", gap="small"):
        for number, question in enumerate(questions):
            st.button(question, key=f"sample-{number}", on_click=session.ask_next, args=(question,))


def show_first_steps() -> None:
    """Say how to begin when nothing is indexed yet."""
    plain.show(
        part(
            "div",
            part("h1", "Nạp báo cáo đầu tiên", look="welcome-title"),
            part("p", "Chưa có báo cáo nào trong chỉ mục. Để bắt đầu:", look="welcome"),
            part("ol", *(part("li", step) for step in _FIRST_STEPS), look="steps"),
            part("p", _ALREADY_THERE, look="welcome"),
        ),
        key="welcome",
    )
