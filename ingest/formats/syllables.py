"""Tell Vietnamese syllables from other strings of letters, by how syllables are built.

Letters read in the wrong encoding hardly ever make a syllable: this is what tells encodings apart.
"""

import re
import unicodedata
from functools import lru_cache

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_STOPPED_TONES = {"\u0301", "\u0323"}  # syllables that end in p, t, c, ch have one of these two

# Without tone marks. Finals "k" stand in names of the highlands: "Đắk Lắk".
_OPEN = (
    "a ai ao au ay am an ang anh ăm ăn ăng âu ây âm ân âng e eo em en eng ê êu êm ên êng ênh "
    "i ia iu im in inh iêu iêm iên iêng y yêu yêm yên yêng o oi om on ong oong oa oai oao oay oam "
    "oan oang oanh oăm oăn oăng oe oen oeo ô ôi ôm ôn ông ơ ơi ơm ơn ơng u ua ui um un ung uân uâng "
    "uây uê uêu uênh uơ uôi uôm uôn uông uy uya uyu uyn uynh uyên ư ưa ưi ưu ưm ưn ưng ươi ươu ươm "
    "ươn ương"
)
_STOPPED = (
    "ap at ac ach ăp ăt ăc ăk âp ât âc âk ep et ec êp êt êch ip it ich iêp iêt iêc yêt op ot oc ôp "
    "ôt ôc ôk ơp ơt oat oac oach oap oăt oăc oăp oet ooc up ut uc uât uêch uôt uôc uyp uyt uych uyêt "
    "ưp ưt ưc ươp ươt ươc"
)
# After "qu" the vowel is what follows: "quốc", "quyết", "quăng".
_OPEN_AFTER_QU = (
    "a ai ao au ay am an ang anh ăm ăn ăng ây ân âng âu e eo en eng ê ên ênh êu i in inh y yn ynh yên "
    "o ơ ơn yu"
)
_STOPPED_AFTER_QU = "ac ach at ap ăc ăt ăp ât âc et ec êch êt ich it yt ych yêt ôc"
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph r s t th tr v x".split()


def _built() -> tuple[frozenset[str], frozenset[str]]:
    open_rimes, stopped_rimes = _OPEN.split(), _STOPPED.split()
    is_open = {onset + rime for onset in ("", *_ONSETS) for rime in open_rimes}
    stopped = {onset + rime for onset in ("", *_ONSETS) for rime in stopped_rimes}
    is_open |= {"qu" + rime for rime in _OPEN_AFTER_QU.split()} | {"gi"}
    stopped |= {"qu" + rime for rime in _STOPPED_AFTER_QU.split()}
    return frozenset(is_open), frozenset(stopped)


_IS_OPEN, _IS_STOPPED = _built()


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Say whether a word could be one Vietnamese syllable: "khuyến", "Đắk", "hoà" or "hòa"."""
    bare, tones = strip_tones(word.lower())
    if bare in _IS_STOPPED:
        return len(tones) == 1 and tones in _STOPPED_TONES
    return len(tones) <= 1 and bare in _IS_OPEN


def strip_tones(word: str) -> tuple[str, str]:
    """Part a word from its tone marks: "khuyến" is ("khuyên", acute)."""
    apart = unicodedata.normalize("NFD", word)
    tones = "".join(_TONES.findall(apart))
    return unicodedata.normalize("NFC", _TONES.sub("", apart)), tones
