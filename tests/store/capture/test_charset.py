"""Bytes of pages in every encoding of the web, declared right, wrong, late or not at all."""

from __future__ import annotations

import pytest

from store.capture.charset import By, decode
from store.capture.weblabels import _TABLE, codec_of, name_of

HAN = "各市、县人民政府，市级有关单位要结合实际，认真贯彻执行本办法，推动湿地保护工作取得新的成效。"
TAIWAN = "臺灣各級學校應依本辦法辦理濕地保護與環境教育課程，並於每學年結束前提出報告。"
KANA = "湿地の保護についての案内です。毎年すこしずつ泥がたまり、草がのびていきます。"
KOREAN = "습지 보호에 관한 안내입니다. 해마다 조금씩 진흙이 쌓이고 풀이 자라납니다."
RUSSIAN = "Каждый год болото понемногу растёт вместе с илом, который оставляет прилив."
GERMAN = "Jedes Jahr wächst die Marsch ein wenig höher; das Öl der Mühle fließt über die Brücke."
POLISH = "Każdego roku błoto rośnie powoli, a żółta trzcina szumi nad wodą pośród łąk."
GREEK = "Κάθε χρόνο ο βάλτος μεγαλώνει λίγο, καθώς η λάσπη μένει πίσω από την παλίρροια."
HEBREW = "כל שנה הביצה גדלה מעט עם הבוץ שהגאות משאירה מאחור על החוף."
ARABIC = "كل عام ينمو المستنقع قليلا مع الطين الذي يتركه المد وراءه على الشاطئ."
THAI = "ทุกปีหนองน้ำจะสูงขึ้นเล็กน้อยพร้อมกับโคลนที่น้ำขึ้นทิ้งไว้เบื้องหลัง"
UKRAINIAN = "Щороку болото потроху росте разом із мулом, який залишає приплив, ґрунт і їжа."
VIETNAMESE = "Mỗi năm đầm lầy cao lên một ít"
ROMANIAN = "În fiecare an mlaștina crește puțin și țărmul rămâne în urmă"
SAMPLES = {
    "ibm866": RUSSIAN, "iso-8859-2": POLISH, "iso-8859-3": "Ĉiujare la marĉo iom kreskas ĝis la ŝlimo",
    "iso-8859-4": "Katru gadu purvs nedaudz aug ar dūņām", "iso-8859-5": RUSSIAN, "iso-8859-6": ARABIC,
    "iso-8859-7": GREEK, "iso-8859-8": HEBREW, "iso-8859-10": "Hvert ár vex mýrin örlítið með leðju þeirri",
    "iso-8859-13": "Kasmet pelkė šiek tiek auga kartu su dumblu ąžuolų",
    "iso-8859-14": "Bob blwyddyn mae'r gors yn tyfu â llaŵ",
    "iso-8859-15": GERMAN + " 5 €", "iso-8859-16": ROMANIAN, "koi8-r": RUSSIAN,
    "koi8-u": UKRAINIAN, "macintosh": GERMAN,
    "windows-874": THAI, "windows-1250": POLISH, "windows-1251": RUSSIAN, "windows-1252": GERMAN, "windows-1253": GREEK,
    "windows-1254": "Her yıl bataklık biraz büyür, çamur ve ığdır ağaçları", "windows-1255": HEBREW,
    "windows-1256": ARABIC,
    "windows-1257": "Kasmet pelkė šiek tiek auga kartu su dumblu ąžuolų", "windows-1258": "Đầm lầy".replace("ầ", "â"),
    "x-mac-cyrillic": RUSSIAN, "gb18030": HAN, "hz-gb-2312": HAN, "big5": TAIWAN, "euc-jp": KANA, "iso-2022-jp": KANA,
    "shift_jis": KANA, "euc-kr": KOREAN, "iso-2022-kr": KOREAN, "utf-8": HAN,
}  # fmt: skip


def page(text: str, meta: str = "", filler: str = "") -> str:
    declared = f'<meta charset="{meta}">' if meta else ""
    return f"<html><head>{filler}{declared}<title>{text}</title></head><body><p>{text}</p><p>{text}</p></body></html>"


def test_every_encoding_of_the_web_has_a_codec_and_a_sample() -> None:
    utf_16 = {"utf-16be", "utf-16le"}

    assert set(SAMPLES) | utf_16 == set(_TABLE)
    assert all(name_of(label) == name for name, (_, labels) in _TABLE.items() for label in labels.split())
    assert name_of("rot13") is None


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_page_that_declares_its_encoding_is_read_in_it(name: str) -> None:
    text = SAMPLES[name]
    data = page(text, name).encode(codec_of(name))

    found = decode(data)

    assert text in found.text
    assert found.name == name


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_header_is_believed_as_well(name: str) -> None:
    text = SAMPLES[name]

    assert text in decode(page(text).encode(codec_of(name)), name).text


@pytest.mark.parametrize(
    ("text", "codec"),
    [(HAN, "gb18030"), (HAN, "gb2312"), (TAIWAN, "big5"), (KANA, "cp932"), (KANA, "euc-jp"), (KANA, "iso2022-jp"),
     (KOREAN, "cp949"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (HAN, "hz")],
)  # fmt: skip
def test_an_undeclared_encoding_is_detected_and_said_to_be(text: str, codec: str) -> None:
    found = decode(page(text * 4).encode(codec)) if codec != "hz" else decode(page(text * 4, "hz").encode(codec))

    assert text in found.text
    assert found.by == ("meta" if codec == "hz" else "detected")


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [(HAN, "gb18030", "utf-8"), (HAN, "utf-8", "gb2312"), (HAN, "gb18030", "iso-8859-1"), (TAIWAN, "big5", "utf-8"),
     (KANA, "cp932", "utf-8"), (KANA, "euc-jp", "shift_jis"), (KOREAN, "cp949", "utf-8"), (RUSSIAN, "cp1251", "utf-8"),
     (RUSSIAN, "cp1251", "iso-8859-1"), (RUSSIAN, "utf-8", "windows-1251"), (GERMAN, "utf-8", "iso-8859-1"),
     (HAN, "gb18030", "utf-16"), (HAN, "gb18030", "no-such-charset"), (HAN, "utf-8", "utf-16le")],
)  # fmt: skip
def test_a_wrong_declaration_makes_no_mojibake(text: str, codec: str, declared: str) -> None:
    data = page(text * 4, declared).encode(codec)

    for header in (None, declared):
        found = decode(data, header)

        assert text in found.text
        assert found.by in ("utf-8", "detected")


@pytest.mark.parametrize(
    ("data", "by", "name"),
    [
        (b"\xef\xbb\xbf" + page(HAN, "gbk").encode(), "bom", "utf-8"),
        (page(HAN).encode("utf-16"), "bom", "utf-16le"),
        (b"\xfe\xff" + page(HAN).encode("utf-16-be"), "bom", "utf-16be"),
        (page(HAN).encode("utf-16-le"), "utf-16", "utf-16le"),
        (page(HAN).encode("utf-16-be"), "utf-16", "utf-16be"),
        (page(HAN).encode(), "utf-8", "utf-8"),
        (page(HAN, "gb2312", "<!-- <meta charset=utf-8> -->").encode("gb18030"), "meta", "gb18030"),
        (page(HAN, "gbk", "<script>'<meta charset=big5>'</script>").encode("gb18030"), "meta", "gb18030"),
        (page(HAN, "gbk", "<!--" + "x" * 20_000 + "-->").encode("gb18030"), "meta", "gb18030"),
        (("<?xml version='1.0' encoding='gbk'?>" + page(HAN)).encode("gb18030"), "xml", "gb18030"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">' + page(HAN).encode("gb18030"), "meta",
         "gb18030"),
    ],
)  # fmt: skip
def test_it_is_said_how_the_encoding_was_decided(data: bytes, by: By, name: str) -> None:
    found = decode(data)

    assert (found.by, found.name) == (by, name)
    assert HAN in found.text


ENGLISH = "The committee met on Tuesday and decided that the library should stay open in the evening. "


@pytest.mark.parametrize("words", ["重庆", "测试", "武汉市", "上海 and 广州", "杭州", "《红楼梦》"])
def test_a_few_han_in_an_english_page_are_not_greek(words: str) -> None:
    text = f"{ENGLISH}The town of {words} in the west. {ENGLISH}"

    assert text in decode(page(ENGLISH).replace("</body>", f"<p>{text}</p></body>").encode("gbk")).text


@pytest.mark.parametrize(
    ("words", "codec"), [("café", "cp1252"), ("Москва", "cp1251"), ("Αθήνα", "cp1253"), ("À la carte", "cp1252")]
)
def test_a_few_words_are_what_they_are_declared_to_be(words: str, codec: str) -> None:
    text = f"{ENGLISH}The town of {words} in the west."

    assert text in decode(page(text).encode(codec), codec).text


@pytest.mark.parametrize(
    "declared", ["euc-kr", "koi8-r", "windows-1251", "iso-8859-7", "big5", "shift_jis", "windows-874"]
)
@pytest.mark.parametrize(("text", "codec"), [(HAN, "gbk"), (TAIWAN, "big5"), (KANA, "cp932"), (KANA, "euc-jp"),
                                             (KOREAN, "cp949"), (RUSSIAN, "cp1251")])  # fmt: skip
def test_a_declaration_under_which_nobody_writes_so_is_not_believed(text: str, codec: str, declared: str) -> None:
    data = page(text * 3).encode(codec)

    assert text in decode(data, declared).text
    assert text in decode(page(text * 3, declared).encode(codec)).text


def test_a_mark_is_believed_only_before_what_it_says() -> None:
    gbk = decode(b"\xef\xbb\xbf" + page(HAN).encode("gbk"))
    mixed = decode(b"\xef\xbb\xbf" + page(HAN * 2).encode() + HAN.encode("gbk"))
    wide = decode(b"\xff\xfe" + page(HAN).encode("gbk"))

    assert (gbk.name, gbk.by) == ("gb18030", "detected")
    assert HAN in gbk.text
    assert (mixed.name, mixed.by) == ("utf-8", "bom")
    assert HAN in wide.text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [HAN, HAN * 40, page(HAN), page(HAN * 40), page(KOREAN), page(KANA), page(RUSSIAN)])
def test_utf_16_without_a_mark_is_read_declared_or_not(codec: str, text: str) -> None:
    for header in (None, codec.replace("utf-16-", "utf-16"), "utf-8"):
        assert decode(text.encode(codec), header).text == text


def test_the_latin_of_a_page_is_not_taken_for_another_script() -> None:
    for text in (
        GERMAN,
        "La bibliothèque reste ouverte « le soir » à l’unanimité — 5 €.",
        "Übergrößenträger",
        "20 °C ± ½",
    ):
        for header in (None, "iso-8859-1", "windows-1252"):
            assert text in decode(page(ENGLISH + text).encode("cp1252"), header).text


def test_a_broken_byte_costs_one_character() -> None:
    gbk = page(HAN * 4, "gbk").encode("gb18030").replace("认真".encode("gb18030"), b"\xff", 1)
    utf_8 = page(HAN * 4).encode().replace("认真".encode(), b"\xff", 1)

    for data in (gbk, utf_8):
        assert decode(data).text.count("\ufffd") == 1
        assert decode(data).text.count(HAN) >= 10


def test_a_page_that_mixes_two_encodings_keeps_the_one_it_mostly_has() -> None:
    data = page(HAN * 40).encode() + "页脚：版权所有".encode("gb18030")

    assert decode(data).name == "utf-8"
    assert HAN in decode(data).text
