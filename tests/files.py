"""Files as people have them: encodings, hidden characters, headers, names, formats; each with what is to come of it.

The same three sentences in many disguises, for a test that runs the real command over all of them at once.
"""

import unicodedata
from dataclasses import dataclass, field
from typing import Any

DAY, NEXT = "2026-05-18", "2026-05-19"
HEAD = f"date {DAY}\n"
LEDE = "Peru expelled three Chilean diplomats on Sunday."
SAID = "“Nobody asked us about it,” the president of Peru, Rosa Quispe, told reporters."
LAST = "Chile did not comment on the decision."
BODY = f"{LEDE}\n\n{SAID}\n\n{LAST}\n"
TEXT = HEAD + BODY
SUNDAY = "2026-05-17"
WHOLE = {"day": SUNDAY, "actor": "Peru", "event": "expelled", "quote": "Rosa Quispe", "sentences": 3}
"""What the three sentences hold, however they are disguised."""


@dataclass(frozen=True)
class File:
    """A file and what is expected of it: columns of its document, and rows that must or must not be there."""

    name: str | bytes
    data: bytes
    expect: dict[str, Any] = field(default_factory=dict)


def _file(name: str | bytes, text: str | bytes, /, **expect: Any) -> File:
    data = text.encode() if isinstance(text, str) else text
    return File(name, data, {"published_on": DAY} | expect)


def _each_word(text: str, before: str, after: str) -> str:
    return " ".join(f"{before}{word}{after}" for word in text.split(" "))


def _twice_encoded(text: str) -> str:
    """UTF-8 read as Windows-1252, its five holes as Latin-1, as browsers do."""
    return "".join(
        bytes([b]).decode("cp1252") if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b) for b in text.encode()
    )


_SOFT = (
    BODY.replace("expelled", "ex\u00adpelled").replace("Peru", "Pe\u00adru").replace("Sunday", "Sun\u00adday")
)
_HTML = "".join(f"<p>{p.replace('“', '&ldquo;').replace('”', '&rdquo;')}</p>\n" for p in (LEDE, SAID, LAST))
_MARKDOWN = (
    f"**Peru** *expelled* three [Chilean diplomats](https://e.example/a) on Sunday.\n\n> {SAID}\n\n{LAST}\n"
)
_CUT = "Peru expel-\nled three Chilean diplo-\nmats on Sun-\nday, and its parliament con-\ndemned the arrest of an en-\nvoy in Santiago.\n"
_TAIL = "\nShare this on Facebook\n\nRead more: Bolivia warns Brazil over gas\n\nFacebook Twitter WhatsApp\n\n© 2026 Harbour Post. All rights reserved.\n"
_LIGATURES = "Peruvian o\ufb03cials con\ufb01rmed on Sunday that di\ufb03cult talks had ended. They o\ufb00ered no details.\n"
_AGENCY = (
    f"{LEDE} The foreign ministry in Lima gave them two days to leave and said that they had met smugglers at the border for months. "
    f"{SAID} {LAST} Relations between the two had been cool since a trawler was stopped in March with nine sailors on board. "
    "Fishermen in Ilo blocked the road to the port for an hour and asked the government to go on with the talks.\n"
)
_FRENCH = "Le gouvernement a annoncé dimanche que les écoles resteraient fermées toute la semaine. Les parents demandent des explications au ministre.\n"
_OTHER = [
    _file("latin1.txt", f"{HEAD}The minister’s office said… nothing.\n\n{BODY}".encode("cp1252"), encoding="windows-1252", **WHOLE | {"sentences": 4}),
    _file("utf16.txt", b"\xff\xfe" + TEXT.encode("utf-16-le"), encoding="utf-16-bom", **WHOLE),
    _file("utf16_nobom.txt", TEXT.encode("utf-16-le"), rejected=True),
    _file("bom_crlf.txt", b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(), **WHOLE),
    _file("cr_only.txt", TEXT.replace("\n", "\r"), **WHOLE),
    _file("nfd.txt", HEAD + unicodedata.normalize("NFD", "Zoé Gérin said on Sunday that she would stay.\n"), speaker="Zoé Gérin", day=SUNDAY),
    _file("nfc.txt", f"date {NEXT}\nZoé Gérin met reporters on Sunday.\n", published_on=NEXT, same_actor_as=("Zoé Gérin", "nfd")),
    _file("name_é.txt", TEXT, **WHOLE),
    _file(unicodedata.normalize("NFD", "name_ñ.txt"), TEXT, **WHOLE),
    _file("nbsp.txt", TEXT.replace(" ", "\u00a0"), **WHOLE),
    _file("20260231_x.txt", BODY, published_on=None, note="Undated"),
    _file("20251399_1234567820260518.txt", BODY, published_on=None, note="Undated"),
    _file("=cmd|' !A1.txt", TEXT, csv_guarded=True),
    _file("0042.txt", TEXT, doc_id="0042"),
    _file("2e5.txt", TEXT, doc_id="2e5"),
    _file('odd  name & ümlaut,"quote".txt', TEXT, **WHOLE),
    _file(b"latin_\xe9.txt", TEXT, doc_id="latin_\\xe9"),
    _file("CAPITALS.TXT", TEXT, doc_id="CAPITALS"),
    _file("notes.md", TEXT, rejected=True),
    _file("really_a_pdf.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00\x01\n", rejected=True),
    _file("ligatures.txt", HEAD + _LIGATURES, day=SUNDAY, sentences=2),
    _file("french.txt", HEAD + _FRENCH, language="fr", unread=True),
    _file("copy_a.txt", HEAD + _AGENCY, duplicate_of=None),
    _file("copy_b.txt", f"date {NEXT}\nBy Tom Berg\n\n{_AGENCY}\nHarbour Post, Essa\n", published_on=NEXT, duplicate_of="copy_a"),
    _file("short_a.txt", f"{HEAD}Police arrested two men in Cusco on Sunday. No one was hurt.\n", duplicate_of=None),
    _file("short_b.txt", "date 2026-05-25\nPolice arrested nine men in Tacna on Sunday. No one was hurt.\n", published_on="2026-05-25", duplicate_of=None),
]  # fmt: skip
_HIDDEN = [
    _file("mojibake.txt", HEAD + _twice_encoded(BODY.replace("Rosa", "Renée")), **WHOLE | {"quote": "Renée Quispe", "note": "Mended"}),
    _file("soft_hyphen.txt", HEAD + _SOFT, **WHOLE),
    _file("zero_width.txt", HEAD + "\n\n".join(_each_word(p, "\u200b", "\u200b") for p in (LEDE, SAID, LAST)), **WHOLE),
    _file("no_break_hyphen.txt", f"{HEAD}Peru\u2011based rebels freed a 30\u2011year\u2011old engineer on Sunday.\n", day=SUNDAY, figure=30),
    _file("direction.txt", HEAD + BODY.replace("Chilean", "\u202aChilean\u202c").replace("Peru", "\u200fPeru\u200e"), **WHOLE, mention="Chilean"),
    _file("html_left.txt", HEAD + _HTML, **WHOLE),
    _file("markdown.txt", HEAD + _MARKDOWN, **WHOLE),
    _file("cut_words.txt", HEAD + _CUT, day=SUNDAY, actor="Peru", event="expel-\nled", sentences=1, note="Mended"),
    _file("crawled.txt", HEAD + BODY + _TAIL, **WHOLE, not_actors=("Facebook", "Bolivia", "Brazil", "Twitter")),
]  # fmt: skip
_HEADERS = [
    _file(f"header_{n}.txt", header + BODY, **WHOLE, date_basis="header", **more)
    for n, (header, more) in enumerate([
        ("Date: 18 May 2026\n", {}), ("date 2026-05-18T23:30:00Z\n", {"no_text": "23:30"}), ("date 2026-05-18 07:15\n", {"no_text": "07:15"}), ("date: 18/5/2026\n", {"no_text": "18/5"}),
        ("Published: 2026-05-18\n", {}), ("\ufeff\ufeffdate 2026-05-18\n", {}), ("date\u00a02026-05-18\n", {}), ("date 18.05.2026\n", {"no_text": "18.05"}),
    ])
] + [_file("header_doubtful.txt", "date: 6/5/2026\n" + BODY, published_on=None, note="6/5/2026", no_text="6/5")]  # fmt: skip
_NAMES = [
    _file(name, BODY, **WHOLE, date_basis="file_name")
    for name in ("18-05-2026_a.txt", "18 May 2026 b.txt", "18052026_c.txt")
]
FILES = [*_OTHER, *_HIDDEN, *_HEADERS, *_NAMES]
