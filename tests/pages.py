"""Twenty pages as browsers save them: five layouts around four articles, each with what stands around an article on the web.

All words are invented. What belongs to the article is told apart from what does not, so that a reader of pages can be measured.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page, the paragraphs of its article (headline first), and phrases of what is no part of it."""

    name: str
    html: str
    article: tuple[str, ...]
    around: tuple[str, ...]


STORIES: list[tuple[str, list[str]]] = [
    ("Ferry crews end strike after eleven days", [
        "PORT ESSA – Crews of the northern ferries went back to work on Tuesday after eleven days, their union and the company said.",
        "Under the deal, which members approved by 812 votes to 94, wages rise by six percent in two steps and night shifts are shortened by an hour.",
        "“Nobody won everything, and that is why it will hold,” the chief negotiator of the union, Mara Lind, told reporters at the quay.",
        "Hotels on the islands had counted losses of about four million crowns. The first boat left at five in the morning with 212 passengers on board.",
    ]),
    ("Court in Essa frees editor held since March", [
        "A court in Essa ordered the release of the editor Tomas Berg on Friday, four months after he was arrested over a report on fuel contracts.",
        "Judges found that prosecutors had shown no evidence for the charge of spying. The interior ministry said that it would appeal.",
        "His paper printed its front page in white on the day of the arrest.",
        "Two guards who spoke to him in prison were dismissed in May, according to his lawyer, Ines Falk, who called the case a warning to everybody who asks.",
        "Journalists' unions of three countries had asked for his release.",
    ]),
    ("Flood cuts off nine villages in the upper valley", [
        "Nine villages in the upper valley were cut off on Sunday after the river broke its banks in two places, the rescue service said.",
        "At least four people died and some 1,300 spent the night in schools. Helicopters brought blankets, water and a doctor.",
        "The mayor of the largest village, Otto Ravn, said: “We warned of this dam in the winter, and we were told to wait.”",
        "The ministry of works answered that repairs worth 30 million crowns had begun in April and would be finished by the autumn.",
    ]),
    ("Norland and Essa agree on a line at sea", [
        "Norland and Essa agreed on Wednesday where their waters end, ninety years after they first quarrelled about it.",
        "The line runs halfway between the coasts and leaves the cod banks to both. Patrol boats will be withdrawn within thirty days.",
        "Ministers signed the paper on board a research ship. It must be approved by both parliaments, which is expected in June.",
        "Fishermen in the south of Norland protested: about sixty boats blocked a harbour for two hours. Police arrested nobody.",
    ]),
]  # fmt: skip
AROUND = (
    "We use cookies to make this site work", "Accept all cookies", "Sign up for the morning letter", "Most read this week", "Minister denies talks with rebels over mine",
    "Storm tears roof from stadium", "Share this on every network", "A ferry at the quay on Monday. Photo: Jon Vik/Essa Press", "Anna77 wrote: they should have paid them years ago",
    "Great article, thank you!", "All rights reserved by Essa Media", "Sport Weather Culture Jobs Horoscope",
)  # fmt: skip
"""What no reader counts as part of the article."""
COOKIES, ACCEPT, LETTER, MOST, OTHER, STORM, SHARE, CAPTION, COMMENT, THANKS, RIGHTS, MENU = map(
    html.escape, AROUND
)
_HEAD = '<meta charset="utf-8"><title>{title} | Essa Press</title><script>window.data = {{"body": "<p>Not shown</p>"}};</script><style>p {{ margin: 0 }}</style>'


def _paragraphs(story: list[str], tag: str = "p", between: str = "") -> str:
    parts = [f"<{tag}>{html.escape(words)}</{tag}>" for words in story]
    return "".join([*parts[:2], between, *parts[2:]])


def semantic(title: str, story: list[str]) -> str:
    """HTML 5 elements, as most papers write them today."""
    figure = f'<figure><img src="a.jpg" alt=""><figcaption>{CAPTION}</figcaption></figure>'
    return f"""<!DOCTYPE html><html lang="en"><head>{_HEAD.format(title=title)}</head><body><div class="cookie-banner"><p>{COOKIES}</p><button>{ACCEPT}</button></div>
<header><nav><ul><li><a href="/s">{MENU}</a></li></ul></nav></header><main><article><header><h1>{title}</h1><p class="byline">By <a href="/a">Ana Ruiz</a></p></header>{figure}
{_paragraphs(story, between=f'<aside class="related"><h3>{MOST}</h3><ul><li><a href="/1">{OTHER}</a></li><li><a href="/2">{STORM}</a></li></ul></aside>')}
<div class="share"><a href="/t">{SHARE}</a></div></article><section id="comments"><h2>Comments</h2><div class="comment"><p>{COMMENT}</p></div><div class="comment"><p>{THANKS}</p></div></section></main>
<aside><form><p>{LETTER}</p><input></form></aside><footer><p>{RIGHTS}</p></footer></body></html>"""


def boxes(title: str, story: list[str]) -> str:
    """Nothing but boxes with classes."""
    return f"""<html><head>{_HEAD.format(title=title)}</head><body><div id="top"><div class="menu"><a href="/s">{MENU}</a></div></div><div id="wrap"><div class="col-main"><div class="post-title"><h1>{title}</h1></div>
<div class="post-meta"><span>19 May 2026</span></div><div class="post-image"><img src="a.jpg"><div class="caption">{CAPTION}</div></div><div class="post-content entry">{_paragraphs(story)}</div>
<div class="social">{SHARE}</div><div class="related-posts"><h4>{MOST}</h4><div><a href="/1">{OTHER}</a></div><div><a href="/2">{STORM}</a></div></div>
<div id="disqus_thread" class="comments-area"><ol class="comment-list"><li class="comment"><p>{COMMENT}</p></li><li class="comment"><p>{THANKS}</p></li></ol></div></div>
<div class="sidebar"><div class="widget">{LETTER}</div></div></div><div id="footer"><p>{RIGHTS}</p></div><div id="consent"><p>{COOKIES}</p><a href="#">{ACCEPT}</a></div></body></html>"""


def tables(title: str, story: list[str]) -> str:
    """Tables for the layout and line breaks for paragraphs, as old sites have them."""
    lines = "<br><br>".join(html.escape(words) for words in story)
    return f"""<html><head>{_HEAD.format(title=title)}</head><body><table width="100%"><tr><td colspan="3"><a href="/s">{MENU}</a></td></tr><tr><td width="15%"><b>{MOST}</b><br><a href="/1">{OTHER}</a><br><a href="/2">{STORM}</a></td>
<td><h1>{title}</h1><div class="article-text">{lines}</div><p><small>{CAPTION}</small></p></td><td width="15%">{LETTER}</td></tr><tr><td colspan="3">{RIGHTS}</td></tr></table></body></html>"""


def live(title: str, story: list[str]) -> str:
    """A page of a framework: many nested boxes without a name, advertising between paragraphs."""
    body = "".join(
        f'<div data-c="b"><p>{html.escape(words)}</p></div><div class="ad-slot"><span>Advertisement</span></div>'
        for words in story
    )
    return f"""<!DOCTYPE html><html lang="en"><head>{_HEAD.format(title=title)}<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{title}", "datePublished": "2026-05-19T06:45:00Z"}}</script></head>
<body><div id="root"><div><div role="navigation"><a href="/s">{MENU}</a></div><div role="main"><div><h1>{title}</h1><div><div><span>{SHARE}</span></div></div><div data-c="img"><img src="a.jpg"><span class="image-caption">{CAPTION}</span></div>{body}</div>
<div><div class="newsletter-signup"><p>{LETTER}</p></div><div class="recommended"><h2>{MOST}</h2><a href="/1"><h3>{OTHER}</h3></a><a href="/2"><h3>{STORM}</h3></a></div></div></div><div role="contentinfo"><p>{RIGHTS}</p></div></div></div>
<div role="dialog"><p>{COOKIES}</p><button>{ACCEPT}</button></div></body></html>"""


def blog(title: str, story: list[str]) -> str:
    """A blog: quotations in blocks, subheads, comments that are longer than the article's paragraphs."""
    parts = "".join(
        f"<blockquote><p>{html.escape(w)}</p></blockquote>" if "“" in w else f"<p>{html.escape(w)}</p>"
        for w in story
    )
    return f"""<!DOCTYPE html><html lang="en"><head>{_HEAD.format(title=title)}</head><body class="single"><header class="site-header"><h2 class="site-title"><a href="/">Essa Press</a></h2><nav>{MENU}</nav></header>
<div class="site-content"><article class="post type-post hentry"><h1 class="entry-title">{title}</h1><div class="entry-content">{parts}<p class="sharedaddy">{SHARE}</p></div><footer class="entry-footer">Tags: <a href="/t">sea</a></footer></article>
<nav class="post-navigation"><a href="/1">{OTHER}</a> <a href="/2">{STORM}</a></nav><div id="comments" class="comments-area"><h2>Two thoughts</h2><ol class="comment-list"><li><div class="comment-body"><p>{COMMENT}. {COMMENT}. {COMMENT}.</p></div></li>
<li><div class="comment-body"><p>{THANKS}</p></div></li></ol></div></div><aside class="widget-area"><section class="widget"><h3>{MOST}</h3><p>{LETTER}</p></section></aside><footer class="site-footer">{RIGHTS}</footer></body></html>"""


LAYOUTS: dict[str, Callable[[str, list[str]], str]] = {
    f.__name__: f for f in (semantic, boxes, tables, live, blog)
}
PAGES = [
    Page(f"{layout}_{n}", draw(title, story), (title, *story), AROUND)
    for layout, draw in LAYOUTS.items()
    for n, (title, story) in enumerate(STORIES)
]
