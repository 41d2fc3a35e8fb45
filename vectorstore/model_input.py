"""Give texts the form in which an embedding model was taught to read them."""

import re
from dataclasses import dataclass

# The E5 family without instructions: "intfloat/multilingual-e5-small", "e5-base-v2".
_E5 = re.compile(r"\be5-(?:small|base|large)(?:-v2)?$")


@dataclass(frozen=True, slots=True)
class Prompts:
    """Words put before a text, so that the model knows which of the two it is."""

    question: str = ""
    passage: str = ""


def prompts_for(model: str) -> Prompts:
    """Give the prompts of a model that does not bring its own.

    Args:
        model: Name or folder of the model.
    """
    return Prompts("query: ", "passage: ") if _E5.search(model) else Prompts()


def encodable(text: str) -> str:
    """Replace halves of characters by "?": a badly decoded command line has them, UTF-8 does not."""
    return text.encode("utf-8", "replace").decode("utf-8")
