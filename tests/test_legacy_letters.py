import unicodedata
from pathlib import Path

import pytest

from ingest.formats.legacy_letters import Run, convert_runs, decode_legacy
from ingest.formats.legacy_tables import ENCODINGS, TCVN3, encoding_of_font, letters_of
from ingest.formats.syllables import is_syllable, strip_tones
from vietnamese import normalise

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT.parent / "shared" / "ingest-samples" / "legacy"
REPORT = normalise((ROOT / "reports" / "muong-te.txt").read_text("utf-8"))
MOTTO = "Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập tự do hạnh phúc"


def convert(*runs):
    return convert_runs([Run(*run) if isinstance(run, tuple) else Run(run) for run in runs])


def typed(text, encoding):
    """Type text in a legacy encoding, as Latin-1 shows it."""
    signs = {}
    for sign, letter in letters_of(encoding).items():
        if max(sign) <= "\xff":
            signs.setdefault(letter, sign)
    return "".join(signs.get(letter, letter) for letter in text)


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "TCVN3"),
        ("ABCDEF+.VnTimeH,Bold", "TCVN3"),
        (".VnArial NarrowH", "TCVN3"),
        ("VNI-Times", "VNI"),
        ("ABCDEE+VNI-Helve-Condense", "VNI"),
        ("VPS Times", "VPS"),
        ("Times New Roman", ""),
        ("Verdana", ""),
        ("", ""),
    ],
)
def test_a_fonts_name_says_its_encoding(font, encoding):
    assert encoding_of_font(font) == encoding


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("font", ["named", "Arial", ""])
def test_a_report_typed_in_a_legacy_encoding_comes_back_whole(encoding, font):
    fonts = {"TCVN3": ".VnTime", "VNI": "VNI-Times", "VISCII": "VISCII", "VPS": "VPS Times"}
    # The .Vn fonts have no capitals with tones: those who typed them took another font.
    text = REPORT.lower() if encoding == TCVN3 else REPORT.replace("“", '"').replace("”", '"')
    text = text.replace("…", "...").replace("‰", "%").replace("–", "-")
    name = fonts[encoding] if font == "named" else font
    runs = [Run(typed(line, encoding) + "\n", name) for line in text.split("\n")]
    texts, found = convert_runs(runs)
    wanted, got = text.split(), "".join(texts).split()
    assert found == encoding
    # Control characters, which some capitals of VISCII and VPS are, tell nothing of their word.
    assert sum(a != b for a, b in zip(wanted, got, strict=True)) <= len(wanted) * 0.001


@pytest.mark.parametrize("font", ["", "Times New Roman", ".VnTime", ".VnTimeH", "VNI-Times"])
@pytest.mark.parametrize("report", ["mai-son.txt", "muong-la.txt"])
def test_unicode_text_is_never_harmed_whatever_its_font(report, font):
    text = normalise((ROOT / "reports" / report).read_text("utf-8"))
    texts, found = convert_runs([Run(f"{line}\n", font) for line in text.split("\n")])
    assert ("".join(texts), found) == (f"{text}\n", "")


@pytest.mark.parametrize(
    "text",
    [
        "120 m², 25 °C, ½ số hộ, 3 × 4, Windows® ©, 10 µm, 5 µg/m³, ± 2, « Việt Nam », ¼, ÷",
        "The café of São Paulo, façade, naïve, Zürich, Ångström, año, Peña, garçon, forêt, très",
        "Ngân hàng Société Générale, công ty Nestlé và Citroën tại Việt Nam",
        "1.250,5 tỷ đồng; 12/2024; 35.000 m³; QĐ-UBND, NĐ-CP, BLĐTBXH, TƯ, ĐVT",
        "Đắk Lắk, Krông Pắc, Kon Tum, quýt, quốc, giếng, gì, khuỷu, ngoẹo, xoong",
        "•2•, … “ ” •",
        "• một · hai – ba ¶ bốn §5",
        "",
        "日本 и русский ελληνικά",
    ],
)
def test_signs_and_other_languages_stay(text):
    assert convert((text, "Times New Roman")) == ((text,), "")


def test_only_the_legacy_runs_of_a_mixed_document_change():
    texts, found = convert(
        ("Báo cáo của UBND ", "Times New Roman"),
        ("tØnh §iÖn Biªn", ".VnTime"),
        (" và ", "Arial"),
        ("Ñaø Naüng", "VNI-Times"),
        (" về kết quả", "Arial"),
    )
    assert "".join(texts) == "Báo cáo của UBND tỉnh Điện Biên và Đà Nẵng về kết quả"
    assert found == "TCVN3, VNI"


def test_legacy_paragraphs_in_a_font_that_does_not_say_so_are_found_among_unicode():
    lines = ("Kết quả thực hiện năm 2024\n", "C¨n cø NghÞ ®Þnh cña ChÝnh phñ\n", "Đạt 12% kế hoạch")
    texts, found = convert(*((line, "Times New Roman") for line in lines))
    assert texts[1] == "Căn cứ Nghị định của Chính phủ\n"
    assert (texts[0], texts[2], found) == (lines[0], lines[2], "TCVN3")


def test_unicode_words_in_a_font_of_tcvn3_stay_among_its_own():
    texts, _ = convert(("C¨n cø NghÞ ®Þnh\n", ".VnTime"), ("Kết quả đạt được\n", ".VnTime"))
    assert texts == ("Căn cứ Nghị định\n", "Kết quả đạt được\n")


def test_fonts_that_draw_capitals_keep_the_letters_typed():
    assert convert(("céng hoµ x· héi chñ nghÜa 5", ".VnTimeH"))[0] == (
        "cộng hoà xã hội chủ nghĩa 5",
    )


def test_a_letter_split_between_runs_comes_back_in_the_first():
    assert convert(("Vieä", "VNI-Times"), ("t Na", "VNI-Times"), ("êm ha", "VNI-Times"), ("ø", "VNI-Times"))[0] == (
        "Việ", "t Nă", "m hà", "",
    )  # fmt: skip


def test_vni_letters_that_the_library_lacks_are_read():
    assert convert(("chaúng nhöõng Aâu kyõ thuaät, Myï, lî", "VNI-Times"))[0] == (
        "chẳng những Âu kỹ thuật, Mỵ, lỵ",
    )


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("coâng vieâïc", "công việc"),
        ("cô sô ûbaèng vaø giô ø giaác", "cơ sở bằng và giờ giấc"),
        ("laõnh ñaïo ï", "lãnh đạo ï"),
    ],
)
def test_vni_marks_astray_go_back_to_their_vowels(shown, text):
    assert convert((shown, "VNI-Times"))[0] == (text,)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        pytest.param("Thñ t\u00adíng n\u00adíc ta", "Thủ tướng nước ta", id="soft hyphen"),
        pytest.param("Thñ t\u2212íng n\u2212íc ta", "Thủ tướng nước ta", id="minus sign"),
        pytest.param("Thñ t-íng vµ kinh tÕ-x· héi, ®Çu t- t¹i", "Thủ tướng và kinh tế-xã hội, đầu tư tại", id="hyphen"),
        pytest.param("Thñ t\u00ad\u00adíng, chÝnh\u00ad phñ", "Thủ tướng, chính phủ", id="optional hyphens"),
        pytest.param("\uf0a7iÒu ki\uf0d6n c\uf0f1a", "Điều kiện của", id="symbol font"),
        pytest.param("ThÞ tr\u00adêng l\u03bc g×", "Thị trường là gì", id="Greek mu"),
        pytest.param("1000®, 3 × 4 · « t«, 120 m²", "1000đ, 3 × 4 · ô tô, 120 m²", id="signs"),
    ],
)  # fmt: skip
def test_tcvn3_is_read_as_files_show_it(shown, text):
    assert convert((shown, ".VnTime"))[0] == (text,)


def test_text_that_another_countrys_code_page_shows_is_read():
    shown = (
        typed("cộng hoà xã hội chủ nghĩa việt nam, chị ấy", TCVN3)
        .encode("latin-1")
        .decode("cp1254")
    )
    assert convert((shown, ".VnTime"))[0] == ("cộng hoà xã hội chủ nghĩa việt nam, chị ấy",)


@pytest.mark.parametrize(
    ("apart", "text"),
    [
        ("ho \u0300a bình", "hòa bình"),
        ("so\u031b \u0309bằng", "sở bằng"),
        ("to\u00e0n ti\u00ea \u0301ng", "toàn tiếng"),
        ("tie\u0301\u0302ng", "tiếng"),
        (unicodedata.normalize("NFD", "Đường"), "Đường"),
        ("Ðiều 5, QÐ-UBND", "Điều 5, QĐ-UBND"),
        ("Íslenska Ðað", "Íslenska Ðað"),
    ],
)
def test_diacritics_are_put_back_on_their_letters(apart, text):
    assert convert(apart)[0] == (text,)


def test_a_mark_that_begins_a_run_belongs_to_the_letter_before():
    assert convert(("tie\u0302", "A"), ("\u0301ng", "B"))[0] == ("tiế", "ng")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_files_bytes_tell_their_encoding(encoding):
    assert decode_legacy(typed(MOTTO, encoding).encode("latin-1")) == (MOTTO, encoding)


def test_windows_1258_is_read_with_its_combining_marks():
    apart = "".join("".join(strip_tones(letter)) for letter in MOTTO)
    assert decode_legacy(apart.encode("cp1258")) == (MOTTO, "windows-1258")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"plain text",
        "L'été à la plage, où très élevé garçon forêt".encode("latin-1"),
        MOTTO.encode(),
        bytes(range(256)) * 20,
        b"\xff\xfe" + MOTTO.encode("utf-16-le"),
    ],
)
def test_bytes_of_no_legacy_encoding_are_left_to_others(content):
    assert decode_legacy(content) is None


@pytest.mark.parametrize("word", "khuyến Đắk hoà hòa quốc giếng gì nghiêng quýt ưu".split())
def test_syllables_are_known(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", "®iÒu cỏt cổp où été QĐ x¸ Wa đđ".split())
def test_what_is_no_syllable_is_known(word):
    assert not is_syllable(word)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="không có tệp mẫu")
def test_real_text_in_tcvn3_and_vni_is_read():
    for name in ("2003-A06", "2009-20081202.257"):
        text = normalise((SAMPLES / f"{name}.expected.txt").read_text("utf-8"))
        assert convert(text)[0] == (text,)
