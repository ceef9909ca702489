"""A PDF as whoever cannot see it meets it: tagged, in the right order, each language named, every sign with a shape."""

import json
import subprocess
import sys
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from parentsite.foundation import typesetting
from parentsite.foundation.pdf import MOST_CHARACTERS, NoPdf, pdf
from parentsite.foundation.resources import PAPER
from parentsite.foundation.signs import LONGEST_WORD, MISSING, known_signs
from tests.heard import Heard, Paper

DANISH = "Asta klatrer gerne på væggen og ærgrer sig, når den er for høj."
ARABIC = "هذا وصف الطفل قبل المدرسة (beskrivelse) بتاريخ 12 مارس 2026."


def markup(body: str, lang: str = "da", title: str = "Beskrivelsen") -> str:
    """A page for paper."""
    direction = "rtl" if lang == "ar" else "ltr"
    return (
        f'<!DOCTYPE html><html lang="{lang}" dir="{direction}"><head><title>{title}</title></head><body>'
        f"<header><p>Ballerup Kommune</p></header><main><h1>{title}</h1>{body}"
        "<aside hidden><p>Some signs are missing.</p></aside></main>"
        "<footer><p>{page}/{pages}</p></footer></body></html>"
    )


def paper(body: str, lang: str = "da", title: str = "Beskrivelsen") -> Paper:
    return Paper(pdf(markup(body, lang, title)))


def test_it_says_that_it_is_accessible_and_what_it_is_called() -> None:
    found = paper(f"<p>{DANISH}</p>", title="Beskrivelse & vurdering".replace("&", "&amp;"))
    assert found.root.MarkInfo.Marked
    assert str(found.root.Lang) == "da"
    assert found.root.ViewerPreferences.DisplayDocTitle
    assert "<pdfuaid:part>1</pdfuaid:part>" in found.metadata
    assert "Beskrivelse &amp; vurdering" in found.metadata
    assert str(found.file.docinfo.Title) == "Beskrivelse & vurdering"


def test_headings_paragraphs_and_lists_are_tagged_in_the_order_they_are_read() -> None:
    body = (
        f"<h2>Sprog</h2><p>{DANISH}</p><h2>Leg</h2><h3>Ude</h3><ul><li>Sand</li><li>Vand</li></ul><ol><li>En</li></ol>"
    )
    assert paper(body).heard() == [
        Heard("H1", "da", "Beskrivelsen"),
        Heard("H2", "da", "Sprog"),
        Heard("P", "da", DANISH),
        Heard("H2", "da", "Leg"),
        Heard("H3", "da", "Ude"),
        Heard("Lbl", "da", "•"),
        Heard("LBody", "da", "Sand"),
        Heard("Lbl", "da", "•"),
        Heard("LBody", "da", "Vand"),
        Heard("Lbl", "da", "1."),
        Heard("LBody", "da", "En"),
    ]


def test_arabic_is_heard_in_its_own_order_and_danish_within_it_as_danish() -> None:
    body = (
        f'<p>{ARABIC}</p><p lang="da" dir="ltr">{DANISH}</p>'
        '<p>هل طفلك <span lang="da">skoleparat og glad</span> الآن؟</p><p>مع <strong>قوة</strong> هنا</p>'
        "<ul><li>أول بند (et)</li></ul>"
    )
    heard = paper(body, "ar", "وصف الطفل (beskrivelse)").heard()
    assert heard[:6] == [
        Heard("H1", "ar", "وصف الطفل (beskrivelse)"),
        Heard("P", "ar", ARABIC),
        Heard("P", "da", DANISH),
        Heard("P", "ar", "هل طفلك "),
        Heard("P", "da", "skoleparat og glad"),
        Heard("P", "ar", " الآن؟"),
    ]
    assert [one.text for one in heard[6:]] == ["مع قوة هنا", "•", "أول بند (et)"]


def test_every_mark_still_belongs_to_the_element_that_names_it() -> None:
    """What was put in order is found from either side: from the tree, and from the page."""
    found = paper('<p>هل <span lang="da">skoleparat</span> الآن؟</p>' * 3, "ar", "وصف")
    numbers = found.root.StructTreeRoot.ParentTree.Nums
    owned = 0
    for at in range(0, len(numbers), 2):
        for mark, element in enumerate(numbers[at + 1]):
            kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
            assert mark in [int(kid) for kid in kids if isinstance(kid, int)]
            owned += 1
    assert owned >= 10


def test_an_arabic_page_is_mirrored() -> None:
    """The Arabic paragraph ends at the right edge, the Danish one begins at the left."""
    written = pdf(markup('<p>قصير</p><p lang="da" dir="ltr">Kort</p>', "ar", "وصف"))
    assert str(Paper(written).root.ViewerPreferences.Direction) == "/R2L"
    starts: dict[str, float] = {}
    PdfReader(BytesIO(written)).pages[0].extract_text(
        visitor_text=lambda text, matrix, *_: starts.update({text.strip(): matrix[4]})
    )
    assert starts["Kort"] < 100
    assert starts["قصير"] > 400


def test_a_text_may_run_its_own_way() -> None:
    heard = paper(f'<p lang="ar" dir="auto">{ARABIC}</p><p lang="da" dir="auto">{DANISH}</p>').heard()
    assert heard[1:] == [Heard("P", "ar", ARABIC), Heard("P", "da", DANISH)]


def test_header_and_page_numbers_stand_on_the_paper_and_are_not_read_out() -> None:
    written = pdf(markup(f"<p>{DANISH}</p>" * 60))
    reader = PdfReader(BytesIO(written))
    assert len(reader.pages) > 1
    for number, page in enumerate(reader.pages, 1):
        seen = page.extract_text()
        assert "Ballerup Kommune" in seen
        assert f"{number}/{len(reader.pages)}" in seen
    assert "Ballerup" not in Paper(written).text()


def test_every_font_is_in_the_file_and_knows_its_letters() -> None:
    found = paper(f"<p>{DANISH} <strong>æøå ÆØÅ</strong></p><p>{ARABIC}</p>", "ar", "وصف English")
    assert {name.partition("+")[2] for name in found.fonts} >= {"NotoSans-Regular", "NotoSans-Bold"}
    assert any("NotoNaskhArabic" in name for name in found.fonts)
    for font in found.fonts.values():
        (inner,) = font.DescendantFonts
        assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())
        assert "/ToUnicode" in font


def test_every_sign_that_is_said_to_be_there_has_a_shape() -> None:
    """The typesetter refuses a sign without one."""
    signs = sorted(known_signs())
    assert {*"æøåÆØÅéüßđłşğİıЖЯіїєαω€•–…“”", *"ابجدهوزحطيپچژگکی؟،؛٠١٢٣"} <= set(signs)
    lines = (" ".join(signs[at : at + 100]) for at in range(0, len(signs), 100))
    escaped = "".join(f"<p>{line.replace('&', '&amp;').replace('<', '&lt;')}</p>" for line in lines)
    assert MISSING not in paper(escaped).heard()[1].text


def test_a_sign_without_a_shape_is_shown_as_such_and_the_reader_told() -> None:
    assert paper("<p>Hej</p>").heard()[-1] == Heard("P", "da", "Hej")
    assert paper("<p>Hej \U0001f600\x07 \u4e2d\ufe0f\ue000\ufeff.</p>").heard()[1:] == [
        Heard("P", "da", f"Hej {MISSING} {MISSING}{MISSING}."),
        Heard("P", "da", "Some signs are missing."),
    ]


def test_marks_heaped_on_one_letter_keep_nobody_waiting_and_arabic_keeps_its_own() -> None:
    heard = paper(f"<p>A{chr(0x301) * 5000}sta</p><p lang='ar' dir='rtl'>مُحَمَّدٌ{chr(0x64E) * 600}</p>").heard()
    assert heard[1].text.endswith("sta")
    assert heard[2].text.startswith("مُحَمَّدٌ")


@pytest.mark.parametrize("sign", ["\u034f", "\ufe00", "\ufe0f", "\u0301", "\u3164", "\u2800"])
def test_a_paragraph_of_a_sign_that_nobody_sees_spoils_no_page(sign: str) -> None:
    heard = paper(f"<p>{sign}</p><p lang='ar' dir='rtl'>{ARABIC}</p><p>Hej</p>").heard()
    assert [one.text for one in heard if one.text == "Hej"] == ["Hej"]
    assert "وصف" in "".join(one.text for one in heard)


def test_what_is_typed_is_only_ever_words() -> None:
    typed = (
        "&lt;b&gt;fed&lt;/b&gt; &amp;amp; #let x = 1 $a$ *b* _c_ @d \\ `e` #read(&quot;/etc/passwd&quot;) %PDF (/Lang)"
    )
    plain = typed.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    assert paper(f"<p>{typed}</p>").heard()[1].text == plain


def test_a_word_that_no_line_takes_is_broken_and_nothing_of_it_lost() -> None:
    word = "W" * 3000
    written = pdf(markup(f"<p>{word}</p><p>{'x' * LONGEST_WORD}</p>"))
    assert Paper(written).heard()[1].text.replace("\N{ZERO WIDTH SPACE}", "") == word
    lines = PdfReader(BytesIO(written)).pages[0].extract_text().splitlines()
    assert max(line.count("W") for line in lines) < 60


def test_fifty_thousand_characters_are_set_and_all_of_them_are_there() -> None:
    text = f"{DANISH} " * (50_000 // len(DANISH))
    written = pdf(markup(f"<p>{text}</p>"))
    heard = Paper(written).text().replace(" ", "").replace("\n", "")
    assert heard.count(DANISH.replace(" ", "")) == 50_000 // len(DANISH)


def test_a_text_that_runs_over_pages_in_arabic_is_whole() -> None:
    text = " ".join([ARABIC] * 120)
    found = paper(f"<p>{text}</p>", "ar", "وصف")
    assert len(found.file.pages) > 1
    assert found.heard()[1] == Heard("P", "ar", text)


def test_too_much_is_refused_before_it_is_set() -> None:
    with pytest.raises(NoPdf):
        pdf(markup(f"<p>{'x' * MOST_CHARACTERS}</p>"))


@pytest.mark.parametrize(
    "body",
    [
        '<img src="file:///etc/passwd">',
        '<a href="https://example.org">x</a>',
        "<style>@import url(x)</style>",
        "<script>x</script>",
        "<p><p>x</p></p>",
        "loose words",
        "<p>x</div>",
    ],
)
def test_what_no_pdf_of_ours_has_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match=r"PDF|words|ends|inside"):
        pdf(markup(body))


def test_the_same_words_give_the_same_bytes_and_no_time_is_told() -> None:
    html = markup(f"<p>{ARABIC}</p>", "ar", "وصف")
    first = pdf(html)
    assert first == pdf(html)
    found = Paper(first)
    assert not {"/CreationDate", "/ModDate", "/Author"} & set(found.file.docinfo.keys())
    assert "xmp:CreateDate" not in found.metadata


def test_nothing_is_loaded_into_the_process_of_the_site() -> None:
    """What sets the PDF would stay in its memory, and so would what was written about a child."""
    told = "import sys; from parentsite.foundation import pdf; print('typst' in sys.modules, 'pikepdf' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False"]


def test_what_cannot_be_set_is_not_quoted() -> None:
    """What ends the child goes to the log of the site."""
    piece = {"text": "Hemmeligt\x07", "lang": "da", "strong": False}
    block = {"kind": "paragraph", "lang": "da", "dir": "ltr", "words": [piece], "items": []}
    document = {"title": "x", "lang": "da", "dir": "ltr", "header": [], "footer": [], "blocks": [block]}
    command = [sys.executable, "-I", typesetting.__file__, str(PAPER)]
    ran = subprocess.run(command, input=json.dumps(document).encode(), capture_output=True, check=False, env={})
    assert (ran.returncode, ran.stdout, ran.stderr) == (typesetting.FAILED, b"", b"")
