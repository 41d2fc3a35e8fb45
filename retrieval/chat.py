"""Talk in the terminal: each question is understood from those before it."""

from collections.abc import Callable, Sequence

from errors import InvalidQuestionError
from records import Answer, EarlierTurn

_PROMPT = "\nHỏi (dòng trống để thôi): "


def chat(
    ask: Callable[[str, Sequence[EarlierTurn]], Answer], show: Callable[[Answer], None]
) -> None:
    """Ask what is typed until an empty line or the end of the input.

    Args:
        ask: Answers a question in the light of the turns before it.
        show: Prints an answer.
    """
    earlier: list[EarlierTurn] = []
    while text := _read():
        try:
            answer = ask(text, tuple(earlier))
        except InvalidQuestionError as error:
            print(error)
            continue
        if answer.asked:
            print(f"Đang hỏi: {answer.asked}")
        show(answer)
        earlier.append(EarlierTurn(answer.asked or text, answer))


def _read() -> str:
    try:
        return input(_PROMPT).strip()
    except (EOFError, KeyboardInterrupt):
        print()
        return ""
