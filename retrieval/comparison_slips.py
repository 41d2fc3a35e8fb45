"""Mend slips in the words that tell how to compare, which no report has."""

import re
from itertools import pairwise

from rapidfuzz.distance import OSA

from vietnamese import cut_terms, has_diacritics

# Words that tell how to compare, as they should have been typed.
_CUES = {
    "huyen": "huyện", "nhieu": "nhiều", "nhat": "nhất", "thap": "thấp", "phuong": "phương",
    "tong": "tổng", "chenh": "chênh", "lech": "lệch", "trung": "trung", "sanh": "sánh",
    "luot": "lượt", "hang": "hạng", "phan": "phần", "tram": "trăm",
}  # fmt: skip
# Words of two syllables one of which is often mistyped as another syllable.
_CUE_PAIRS = {
    "phan tram": "phần trăm", "lan luot": "lần lượt", "chenh lech": "chênh lệch",
}  # fmt: skip
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uyu|ieu|yeu|uou|oai|oay|oeo|uay|uoi|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|[aeiouy])"
    r"(?:ng|nh|ch|[cmnpt])?"
)


def mend_slips(text: str) -> str:
    """Write words that compare as they should have been typed: "nhiue nhat" as "nhieu nhat".

    Only what is no Vietnamese syllable is taken for a slip.
    """
    marked = has_diacritics(text)
    words = cut_terms(text)
    for one, other in pairwise(words):
        pair = f"{one.text} {other.text}"
        for cue, written in _CUE_PAIRS.items():
            shared = one.text == cue.split()[0] or other.text == cue.split()[1]
            if shared and OSA.distance(cue, pair) == 1:
                meant = written if marked else cue
                return mend_slips(text[: one.start] + meant + text[other.end :])
    mended, at = [], 0
    for term in words:
        if not term.text.isalpha() or len(term.text) < 4 or _SYLLABLE.fullmatch(term.text):
            continue
        meant = next((cue for cue in _CUES if OSA.distance(cue, term.text) == 1), "")
        if meant and not text[term.start : term.end].isupper():
            mended += [text[at : term.start], _CUES[meant] if marked else meant]
            at = term.end
    return "".join([*mended, text[at:]])
