"""Random articles put together from what real files hold and hide: headers, hidden characters, markup, cut words, furniture.

Every word that carries meaning has a number of its own (`word17x`), so that a test can ask whether it still stands where it stood.
"""

import random
import re
from collections.abc import Iterator

from pipeline.read.article import Article, Rejection
from pipeline.read.reader import article

HEADERS = [
    "", "date 2026-05-17\n", "date 2026-05-17 ", "Date: 17 May 2026\n", "\ufeff\ufeffdate 2026-05-17\n", "Published: 5/7/2026\n\n", "2026-05-17\n", "date 2026-13-45\n",
    "Title: {w} {w} {w}\nDate: 2026-05-17T06:45Z\nOutlet: {w}\n\n", '---\ntitle: "{w} {w}"\ndate: 2026-05-17\nauthors: [{w}, {w}]\n---\n', "+++\ntitle = '{w}'\n+++\n",
    "{w} {w} {w}\nBy {w} {w}\n17 May 2026\n\n", "<html><body><h1>{w} {w}</h1>", "# {w} {w}\n\n", "1 of 2 DOCUMENTS\n\n", "date 2026-05-17\r\n\r\n",
]  # fmt: skip
JOINS = [
    " ", " ", " ", " ", " ", "\u00a0", "\u202f", "  ", "\n", "\r\n", "\t", "\u200b ", " \u200e", "\u202c ", ", ", ". ", ".", "! ", "?", "; ", " – ", "—", "-", "\u2011", "-\n",
    "\n\n", "\r\n\r\n", "\n\n\n", "</p><p>", "<br/>", " <b>", "</b> ", " **", "** ", " *", "* ", " [", "](https://e.example/a) ", "&nbsp;", " &amp; ", "&quot; ", "&#8221; ", ' "', '" ',
    '"', "“", "”", " “", "” ", ",” ", "‘", "’ ", " (", ") ", " â€œ", "â€\u009d ", "â€™", "Ã© ", " ﬁ", "Ａ ", "\u0301 ", "\u00ad\n", "1,\n200 ", " No. 2 ", "\x93", "\x94 ", "\x0c", "\u2028",
    "\nShare this\n", "\nRead more: x\n", "\n- 4 -\n", "\n• ", "\n> ", "\n## ", "<!-- x -->", "<script>x</script>", "\\*", "`", "\ufffd", "�", "مرحبا ", "中文，", "👩‍👩‍👧 ",
]  # fmt: skip
INSIDE = ["", "", "", "", "", "", "\u00ad", "\u200b", "\u2060", "\u200d", "\ufeff", "<i>", "&shy;", "&#173;"]
ENDS = [
    "",
    "",
    "\n",
    ". – Agencies\n",
    "\n\n(Reporting by {w} {w})\n",
    "</p></body></html>",
    "\n\n© 2026 {w}. All rights reserved.",
]
_WORD = re.compile(r"word\d+x")


def composition(chance: random.Random) -> str:
    """An article."""
    numbers = iter(range(1, 10_000))

    def word() -> str:
        return f"word{chance.choice(INSIDE)}{next(numbers)}x"

    def filled(pattern: str) -> str:
        return re.sub(r"\{w\}", lambda _: word(), pattern)

    body = "".join(filled(chance.choice(JOINS)) + word() for _ in range(chance.randrange(1, 60)))
    return filled(chance.choice(HEADERS)) + word() + body + filled(chance.choice(ENDS))


def shifted(text: str) -> Iterator[str]:
    """What is wrong with how a text is read: words that do not stand where the published text has them."""
    found: Article | Rejection = article(text.encode("utf-8", "replace"), "a.txt")
    if isinstance(found, Rejection):
        yield (
            f"rejected: {found.reason.name}"
            if found.reason.name not in ("NO_TEXT", "EMPTY", "NOT_TEXT")
            else ""
        )
        return
    published = found.reading.published if found.reading else found.text
    done = 0
    for block in found.blocks:
        if not done <= block.start < block.end <= len(found.text):
            yield f"block {block} out of order"
        done = block.end
        for one in _WORD.finditer(found.text, block.start, block.end):
            start, end = found.place(one.start(), one.end())
            stands = re.sub(r"\u00ad|\u200b|\u2060|\u200d|\ufeff|<i>|&shy;|&#173;", "", published[start:end])
            if stands != one[0] or not published[start:].startswith("word"):
                yield f"{one[0]} is read at {published[start:end]!r}"
