"""What is mended, and that every character of the mended text leads back to where it stands in the published one."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read.article import Article
from pipeline.read.characters import mended
from pipeline.read.compose import Draft, compose
from pipeline.read.joined import inside
from pipeline.read.reading import Reading, moved


@pytest.mark.parametrize(
    ("published", "read"),
    [
        ("Nor\u00adland ex\u00adpelled three en\u00advoys.", "Norland expelled three envoys."),
        ("\u200bEssa\u200b and \ufeffNorland\u2060 met.", "Essa and Norland met."),
        ("\u202aEssa\u202c and \u200fNorland\u200e met.", "Essa and Norland met."),
        ("A 30\u2011year\u2010old\u00a0pact\u202fof\u2009peace", "A 30-year-old pact of peace"),
        (
            "â€œWe stay,â€\x9d said RenÃ©e MÃ¼ller â€“ itâ€™s over.",
            "“We stay,” said Renée Müller – it’s over.",
        ),
        ("â€œWe stay,â€ said Ð\x98Ð²Ð°Ð½.", "“We stay,” said Иван."),
        (
            "&ldquo;We stay,&rdquo; AT&amp;T&#39;s &#x201c;chief&#8221; &amp;amp; co",
            "“We stay,” AT&T's “chief” & co",
        ),
        ("<p>Essa <b>left</b> <a href='x'>Norland</a>.</p>", "\n\nEssa left Norland.\n\n"),
        ("Essa<script>if (a < b) {}</script> left<!-- no --><br/>Norland", "Essa\n left\n\nNorland"),
        (
            "## Ferries leave\n**Essa** – *three* [envoys](https://e.example/a_b) left.",
            "Ferries leave\nEssa – three envoys left.",
        ),
        ("![A ferry](http://e.example/f.jpg)Essa \\*left\\* __now__", "Essa *left* now"),
        ("> Quoted words.", "Quoted words."),
        ("Essa ~~won~~ lost.[^1]\n\n[^1]: A note.", "Essa  lost.\n\n"),
        ("The o\ufb03ce of the \ufb01rst ＡＢＣ", "The office of the first ABC"),
        ("Re\u0301mi said \x93yes\x94", "Rémi said “yes”"),
    ],
)
def test_what_is_mended(published: str, read: str) -> None:
    reading, counts = mended(published)
    assert reading.text == read
    assert reading.published == published
    assert all(counts.values())


@pytest.mark.parametrize(
    "text",
    [
        "Plain words.", "SÃO PAULO, Ângela and Über", "a < b and c > d", "3 * 4 * 5 and snake_case_names", "R&D at AT&T; yes",
        "<ana@essa.example> wrote", "می‌خواهم", "👩‍👩‍👧 left", "[1] as noted [2](see below)", "“Déjà vu” – it’s",
    ],
)  # fmt: skip
def test_what_is_left_alone(text: str) -> None:
    assert mended(text)[0].text == text


def joined(text: str) -> str:
    reading = Reading.of(text)
    return reading.edited(inside(text, 0, len(text))).text


@pytest.mark.parametrize(
    ("published", "read"),
    [
        ("three diplo-\nmats were shel-\r\n  tered", "three diplomats were sheltered"),
        ("a long-\nterm pact and a 30-year-\nold man", "a long-term pact and a 30-year-old man"),
        ("the cease-fire; a cease-\nfire held", "the cease-fire; a cease-fire held"),
        (
            "on Sun-\nday it cancel-\nled a two-\nday, army-\nled drill",
            "on Sunday it cancelled a two-day, army-led drill",
        ),
        ("the dam-\naged bridge", "the damaged bridge"),
        ("the Anglo-\nNorse pact", "the Anglo- Norse pact"),
        ("at least 3,\n400 people of 12,000,\n000", "at least 3,400 people of 12,000,000"),
        ("in 2021,\n200 people left", "in 2021, 200 people left"),
        ("two\nlines  and\t\ta   gap", "two lines and a gap"),
        (
            "It ended in 1987.Essa gave up.Nobody did!Why?Because",
            "It ended in 1987. Essa gave up. Nobody did! Why? Because",
        ),
        ("“We stay,”said Ruiz.“For now.”Then", "“We stay,” said Ruiz. “For now.” Then"),
        ('"We stay,"said Ruiz,"for now."', '"We stay," said Ruiz, "for now."'),
        ("St.Petersburg,Norland", "St. Petersburg, Norland"),
        ("It fell 3.5%.U.S.officials left (again).Then", "It fell 3.5%. U.S. officials left (again). Then"),
    ],
)
def test_what_is_mended_inside_paragraphs(published: str, read: str) -> None:
    assert joined(published) == read


@pytest.mark.parametrize(
    "text",
    [
        "See essa.example.com, www.Essa.Org and @Essa.Now or a/b.Txt.", "The U.S.Army and J.R.Smith", "Amazon.Com and Node.Js", "5.5 million",
        'He is 5"tall', "O’Neill’s “own” words", "two- and three-year terms",
    ],
)  # fmt: skip
def test_what_is_left_alone_inside_paragraphs(text: str) -> None:
    assert joined(text) == text


HARD = st.text(st.sampled_from(
    "aZé é-–—.,;:!?'\"“”‘’ \n\r\t\u00ad\u200b\u202a\u202c\u2011\u00a0\ufb01Ａ<>/&;*_[]()#`~^\\0123456789\u0301\x85\x93\x0c\ufeffâ€œÂÃ"
), max_size=200)  # fmt: skip
PIECES = st.lists(
    st.sampled_from(
        ["&ldquo;", "&amp;", "<p>", "</p>", "<br>", "<!--", "-->", "<script>", "</script>", "**", "[a](http://b)", "â€œ", "Ã©", "diplo-\nmats", "1,\n200", "date 2026-05-17\n",
         "Title: A b\n", "---\n", "Share\n", "“We stay,”he said.", '"a"b"', "\n\n", "Essa left. ", "- x\n", "# h\n", "By Ana Ruiz\n", "\u200b", "Nor\u00adland "]
    ) | HARD, max_size=30
).map("".join)  # fmt: skip


@given(HARD | PIECES | st.text(max_size=100))
@settings(max_examples=60, deadline=None)
def test_offsets_lead_back(text: str) -> None:
    reading, _ = mended(text)
    edits = list(inside(reading.text, 0, len(reading.text)))
    whole = reading.edited(edits)
    last = 0
    for n, character in enumerate(whole.text):
        start, end = whole.place(n, n + 1)
        assert last <= start <= end <= len(text)
        last = start
        if end - start == 1 and text[start] == character:
            continue
        assert end - start != 1 or character != text[start]
    assert whole.place(0, len(whole.text))[1] <= len(text)
    to = moved(edits)
    touched = {n for start, end, _ in edits for n in range(start, end)}
    for n in range(len(reading.text)):
        if n not in touched:
            assert whole.text[to(n)] == reading.text[n]


@given(PIECES)
@settings(max_examples=60, deadline=None)
def test_any_text_is_an_article_or_a_rejection(text: str) -> None:
    found = compose(Draft(text, "0" * 64, "utf-8", has_header=True), "a.txt", "a")
    if not isinstance(found, Article):
        return
    assert found.place(0, 0)[0] >= 0
    done = 0
    for block in found.blocks:
        assert done <= block.start < block.end <= len(found.text)
        assert not found.text[block.start].isspace() and not found.text[block.end - 1].isspace()
        done = block.end
        start, end = found.place(block.start, block.end)
        assert text[start:end].strip()


def test_unchanged_letters_keep_their_place() -> None:
    text = "<p>Nor\u00adland &amp; Essa</p> met in caf\u00c3\u00a9s."
    reading, _ = mended(text)
    start = reading.text.index("Norland")
    assert text[slice(*reading.place(start, start + 7))] == "Nor\u00adland"
    start = reading.text.index("& Essa")
    assert text[slice(*reading.place(start, start + 6))] == "&amp; Essa"
    start = reading.text.index("cafés")
    assert text[slice(*reading.place(start, start + 5))] == "caf\u00c3\u00a9s"


def test_time_grows_with_length_only() -> None:
    for piece in (
        "<!--",
        "<script>",
        "<a ",
        "**",
        "[a](http://",
        "&a",
        "_a",
        "Ã©",
        "â€",
        '"a"b',
        "a.B",
        "a-\nb",
        "1,\n",
        "“a”",
        "é ",
        "> ",
        "aé",
    ):
        text = piece * (20_000 // len(piece))
        started = time.process_time()
        reading, _ = mended(text)
        list(inside(reading.text, 0, len(reading.text)))
        assert time.process_time() - started < 2, piece
