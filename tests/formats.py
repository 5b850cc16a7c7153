"""The same articles as a file of every format that is read: for tests that a format changes nothing."""

import csv
import html
import io
import json
from collections.abc import Callable
from email.message import EmailMessage

OUTLET, AUTHOR, SECTION = "Harbour Post", "Ana Ruiz", "World"
DAY = "2026-05-17"
ARTICLES: list[tuple[str, list[str]]] = [
    (
        "Germany expels three Russian diplomats",
        [
            "Germany expelled three Russian diplomats on Friday after a bomb killed at least 12 people in Berlin, the foreign ministry said.",
            "“We will not be threatened,” said the foreign minister, Lena Vogt, in a speech to parliament that was shown on television.",
            "Russia denied that it was behind the attack and summoned the German ambassador in Moscow on Saturday morning.",
        ],
    ),
    (
        "Thousands march in Nairobi against fuel tax",
        [
            "About 4,000 people protested in Nairobi on Thursday against a new tax on fuel, and police arrested 31 of them.",
            "The interior minister, Peter Otieno, said: “Those who burn shops will be punished.” He spoke to reporters at his office.",
            "The tax of 8.5 percent was approved by parliament in April and is to be paid from July by everybody who drives.",
        ],
    ),
    (
        "Peru and Chile sign fishing accord",
        [
            "Peru and Chile signed an agreement on fishing in Lima on Wednesday, which ends a dispute of 14 years over the Pacific border.",
            "“It is a good day for those who live from the sea,” the president of Peru, Rosa Quispe, told journalists after the ceremony.",
            "The accord allows 250 boats of each country into a common zone and will be checked by the United Nations every year.",
        ],
    ),
]  # fmt: skip
KEYS = ["a-17", "b-17", "c-17"]


def body(n: int) -> str:
    return "\n\n".join(ARTICLES[n][1])


def url(n: int) -> str:
    return f"https://harbour.example/{KEYS[n]}"


def record(n: int) -> dict[str, str]:
    return {
        "id": KEYS[n], "title": ARTICLES[n][0], "text": body(n), "source": OUTLET, "author": AUTHOR, "url": url(n), "section": SECTION,
        "published_at": f"{DAY}T06:45:00Z",
    }  # fmt: skip


def text(n: int) -> bytes:
    head = f"Title: {ARTICLES[n][0]}\nDate: {DAY}T06:45:00Z\nOutlet: {OUTLET}\nAuthor: {AUTHOR}\nURL: {url(n)}\nSection: {SECTION}\n\n"
    return (head + body(n)).encode()


def page(n: int) -> bytes:
    title = html.escape(ARTICLES[n][0])
    paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in ARTICLES[n][1])
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | {OUTLET}</title>
<meta property="og:site_name" content="{OUTLET}"><meta name="author" content="{AUTHOR}"><meta property="article:section" content="{SECTION}">
<meta property="article:published_time" content="{DAY}T06:45:00Z"><meta property="og:title" content="{title}"><link rel="canonical" href="{url(n)}">
<script>var x = "<p>no</p>";</script></head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<main><article><h1>{title}</h1>{paragraphs}<p>Read more: <a href="/x">Norway warns Iceland over cod</a></p></article></main>
<aside><h2>Most read</h2><a href="/y">Spain arrests 9 people</a></aside><footer><p>© 2026 {OUTLET}. All rights reserved.</p><a href="/c">Cookie policy</a></footer></body></html>""".encode()


def docx(n: int) -> bytes:
    from docx import Document

    document = Document()
    for line in text(n).decode().split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(n: int) -> bytes:
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    out, style = io.BytesIO(), getSampleStyleSheet()
    parts: list[object] = []
    for line in text(n).decode().split("\n"):
        parts += [Paragraph(html.escape(line), style["Normal"])] if line else [Spacer(1, 14)]
    SimpleDocTemplate(out, pagesize=A5, invariant=1).build(parts)
    return out.getvalue()


def rtf(n: int) -> bytes:
    coded = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text(n).decode())
    return ("{\\rtf1\\ansi\\deff0 {\\fonttbl{\\f0 Times;}}\n" + coded.replace("\n", "\\par\n") + "}").encode()


def eml(n: int) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = ARTICLES[n][0], f"{AUTHOR} <ana@harbour.example>"
    message["Date"] = "Sun, 17 May 2026 06:45:00 +0000"
    message.set_content(body(n) + "\n\n-- \nHarbour Post, Essa\n", charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def rss() -> bytes:
    items = "".join(
        f"<item><title>{html.escape(a[0])}</title><link>{url(n)}</link><guid>{KEYS[n]}</guid><dc:creator>{AUTHOR}</dc:creator><category>{SECTION}</category>"
        f"<pubDate>Sun, 17 May 2026 06:45:00 GMT</pubDate><content:encoded><![CDATA[{''.join(f'<p>{p}</p>' for p in a[1])}]]></content:encoded></item>"
        for n, a in enumerate(ARTICLES)
    )
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {spaces}><channel><title>{OUTLET}</title>{items}</channel></rss>'.encode()


def atom() -> bytes:
    entries = "".join(
        f'<entry><title>{html.escape(a[0])}</title><link href="{url(n)}"/><id>{KEYS[n]}</id><author><name>{AUTHOR}</name></author><category term="{SECTION}"/>'
        f"<published>{DAY}T06:45:00Z</published><updated>2026-05-18T00:00:00Z</updated>"
        f'<content type="html">{html.escape("".join(f"<p>{p}</p>" for p in a[1]))}</content></entry>'
        for n, a in enumerate(ARTICLES)
    )
    return f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{OUTLET}</title>{entries}</feed>'.encode()


def json_feed() -> bytes:
    items = [
        {
            "id": KEYS[n], "url": url(n), "title": a[0], "content_html": "".join(f"<p>{html.escape(p)}</p>" for p in a[1]),
            "date_published": f"{DAY}T06:45:00Z", "authors": [{"name": AUTHOR}], "tags": [SECTION],
        }
        for n, a in enumerate(ARTICLES)
    ]  # fmt: skip
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": OUTLET, "items": items}
    ).encode()


def jsonl() -> bytes:
    return "\n".join(json.dumps(record(n), ensure_ascii=False) for n in range(3)).encode()


def json_list() -> bytes:
    return json.dumps({"status": "ok", "articles": [record(n) for n in range(3)]}).encode()


def csv_rows() -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(record(0)))
    writer.writeheader()
    writer.writerows(record(n) for n in range(3))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([record(n) for n in range(3)]), out)
    return out.getvalue()


def warc() -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for n in range(3):
        headers = StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
        )
        writer.write_record(
            writer.create_warc_record(url(n), "response", payload=io.BytesIO(page(n)), http_headers=headers)
        )
    return out.getvalue()


def lexis() -> bytes:
    pieces = [
        f"\n\n{n + 1} of 3 DOCUMENTS\n\n\n{OUTLET}\n\nMay 17, 2026 Sunday 6:45 AM GMT\n\n{a[0]}\n\nBYLINE: {AUTHOR}\n\nSECTION: {SECTION}\n\nLENGTH: 70 words\n\n\n{body(n)}\n\n"
        f"LOAD-DATE: May 18, 2026\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n\nCopyright 2026 {OUTLET}\nAll Rights Reserved\n"
        for n, a in enumerate(ARTICLES)
    ]
    return "".join(pieces).encode()


def nexis() -> bytes:
    pieces = [
        f"{a[0]}\n\n{OUTLET}\n\nMay 17, 2026 Sunday 6:45 AM GMT\n\nCopyright 2026 {OUTLET} All Rights Reserved\n\nSection: {SECTION}\n\nLength: 70 words\n\nByline: {AUTHOR}\n\nBody\n\n\n{body(n)}\n\n"
        f"Classification\n\nLanguage: ENGLISH\n\nSubject: DIPLOMACY (90%)\n\nLoad-Date: May 18, 2026\n\nEnd of Document\n\n"
        for n, a in enumerate(ARTICLES)
    ]
    return "".join(pieces).encode()


def factiva() -> bytes:
    pieces = [
        f"SE  {SECTION}\nHD  {a[0]}\nBY  {AUTHOR}\nWC  70 words\nPD  17 May 2026\nET  06:45\nSN  {OUTLET}\nSC  HARBP\nPG  3\nLA  English\nCY  (c) 2026 {OUTLET}\n\n"
        f"LP  {a[1][0]}\n\nTD  {a[1][1]}\n\n{a[1][2]}\n\nAN  Document HARBP00020260517em5h0000{n}\n\n"
        for n, a in enumerate(ARTICLES)
    ]
    return "".join(pieces).encode()


def factiva_plain() -> bytes:
    pieces = [
        f"{SECTION}\n{a[0]}\nBy {AUTHOR}\n70 words\n17 May 2026\n06:45\n{OUTLET}\nHARBP\n3\nEnglish\n(c) 2026 {OUTLET}\n\n{body(n)}\n\nDocument HARBP00020260517em5h0000{n}\n\n"
        for n, a in enumerate(ARTICLES)
    ]
    return "".join(pieces).encode()


ONE: dict[str, Callable[[int], bytes]] = {
    "a.txt": text, "a.html": page, "a.eml": eml, "a.docx": docx, "a.pdf": pdf, "a.rtf": rtf,
    "a.json": lambda n: json.dumps(record(n)).encode(),
}  # fmt: skip
"""Formats of one article a file."""
MANY: dict[str, Callable[[], bytes]] = {
    "all.rss": rss, "all.atom": atom, "feed.json": json_feed, "all.jsonl": jsonl, "all.json": json_list, "all.csv": csv_rows, "all.parquet": parquet,
    "all.warc.gz": warc, "lexis.txt": lexis, "nexis.txt": nexis, "factiva.txt": factiva, "factiva_plain.txt": factiva_plain,
}  # fmt: skip
"""Formats of several articles a file."""
