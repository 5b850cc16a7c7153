import os
from datetime import date
from pathlib import Path

import pytest

from pipeline.read import read_article
from pipeline.read.article import Article, Metadata, Reason, Rejection


def read(path: Path, content: bytes | str = b"", **options: int) -> Article | Rejection:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    root = next(p for p in path.parents if p.name == "seeds")
    return read_article(path, root, **options)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    return tmp_path / "seeds"


def article(found: Article | Rejection) -> Article:
    assert isinstance(found, Article), found
    return found


def reason(found: Article | Rejection) -> Reason:
    assert isinstance(found, Rejection), found
    return found.reason


def test_an_article_knows_where_it_stands(seeds: Path) -> None:
    text = "date 2026-03-02\r\nFerry strike goes on\r\n\r\nCrews stayed ashore. – Agencies\r\n"
    found = article(read(seeds / "wire" / "a.b.txt", text))
    assert (found.doc_id, found.path, found.published_on) == ("wire/a.b", "wire/a.b.txt", date(2026, 3, 2))
    assert (found.title, found.credit, found.encoding, found.note) == (
        "Ferry strike goes on",
        "Agencies",
        "utf-8",
        None,
    )
    assert found.metadata == Metadata(date_basis="header")
    assert found.text == text
    assert text[found.body_start : found.body_end] == "Ferry strike goes on\r\n\r\nCrews stayed ashore."


def test_dates_from_header_name_or_nowhere(seeds: Path) -> None:
    assert article(read(seeds / "2025-01-01.txt", "date 2026-03-02 Ships left.")).published_on == date(
        2026, 3, 2
    )
    assert article(read(seeds / "x_20250101.txt", "Ships left.")).published_on == date(2025, 1, 1)
    assert article(read(seeds / "2025-01-02" / "x.txt", "Ships left.")).published_on == date(2025, 1, 2)
    assert article(read(seeds / "wire" / "x.txt", "Ships left.")).published_on is None


def test_an_impossible_date_is_noted_and_the_article_kept(seeds: Path) -> None:
    found = article(read(seeds / "x.txt", "date 2026-13-45 Ships left."))
    assert found.published_on is None
    assert "2026-13-45" in (found.note or "")
    assert found.text[found.body_start :] == "Ships left."
    named = article(read(seeds / "2025-01-01.txt", "date 2026-02-30 Ships left."))
    assert named.published_on == date(2025, 1, 1)
    assert "2026-02-30" in (named.note or "")


def test_a_date_in_the_future_is_taken_at_its_word(seeds: Path) -> None:
    assert article(read(seeds / "x.txt", "date 2999-01-01 Ships left.")).published_on == date(2999, 1, 1)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", Reason.EMPTY),
        (b" \r\n\t\n\xc2\xa0", Reason.EMPTY),
        (b"\xef\xbb\xbf", Reason.EMPTY),
        (b"date 2026-03-02", Reason.NO_TEXT),
        (b"* * *", Reason.NO_TEXT),
        (b"Ships\0left.", Reason.NOT_TEXT),
        (b"\x81\x8d", Reason.ENCODING),
    ],
)
def test_what_is_no_article(seeds: Path, content: bytes, expected: Reason) -> None:
    assert reason(read(seeds / "x.txt", content)) is expected


def test_too_large(seeds: Path) -> None:
    found = read(seeds / "x.txt", "word " * 100, max_bytes=499)
    assert reason(found) is Reason.TOO_LARGE
    assert isinstance(found, Rejection) and "499" in (found.detail or "")
    article(read(seeds / "x.txt", "word " * 100, max_bytes=500))


def test_files_of_other_formats_may_be_ten_times_as_large(seeds: Path) -> None:
    content = '{"text": "' + "word " * 100 + '"}'
    assert reason(read(seeds / "x.jsonl", content, max_bytes=len(content) // 10)) is Reason.TOO_LARGE
    article(read(seeds / "x.jsonl", content, max_bytes=len(content) // 10 + 1))


def test_one_line_of_a_million_characters(seeds: Path) -> None:
    assert len(article(read(seeds / "x.txt", "word " * 200_000)).blocks) == 1


def test_no_article_is_longer_than_a_process_can_hold(seeds: Path) -> None:
    found = read(seeds / "x.txt", "word " * 200_000 + "and one more")
    assert reason(found) is Reason.TOO_LARGE
    assert isinstance(found, Rejection) and "1,000,012 characters" in (found.detail or "")


def test_unreadable(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    (seeds / "x.txt").write_text("Ships left.")
    monkeypatch.setattr(Path, "open", refuse)
    assert reason(read_article(seeds / "x.txt", seeds)) is Reason.UNREADABLE


def test_not_a_text_file_by_name_or_kind(seeds: Path) -> None:
    assert reason(read(seeds / "x.md", "Ships left.")) is Reason.NOT_READ
    os.mkfifo(seeds / "pipe.txt")
    assert reason(read_article(seeds / "pipe.txt", seeds)) is Reason.NOT_A_FILE


def test_links(seeds: Path) -> None:
    (seeds.parent / "secret.txt").write_text("Ships left.")
    (seeds / "real.txt").write_text("Ships left.")
    for name, target in {
        "out": "../secret.txt",
        "circle": "circle.txt",
        "nowhere": "gone.txt",
        "inside": "real.txt",
    }.items():
        (seeds / f"{name}.txt").symlink_to(target)
    assert reason(read_article(seeds / "out.txt", seeds)) is Reason.LINK_OUT
    assert reason(read_article(seeds / "circle.txt", seeds)) is Reason.LINK_BROKEN
    assert reason(read_article(seeds / "nowhere.txt", seeds)) is Reason.LINK_BROKEN
    assert article(read_article(seeds / "inside.txt", seeds)).doc_id == "inside"


@pytest.mark.parametrize("name", ["أخبار.txt", "two\nlines.txt", "Ünï ‘quoted’.TXT", "#%?&.txt"])
def test_names_of_all_kinds(seeds: Path, name: str) -> None:
    found = article(read(seeds / name, "Ships left."))
    assert (found.path, found.doc_id) == (name, name[:-4])


def test_a_name_that_is_no_utf8(seeds: Path) -> None:
    path = seeds / os.fsdecode(b"caf\xe9.txt")
    found = article(read(path, "Ships left."))
    assert found.path == "caf\\xe9.txt"
    found.path.encode("utf-8")


def test_the_same_text_under_two_names_is_two_articles(seeds: Path) -> None:
    one, two = (
        article(read(seeds / "one.txt", "Ships left.")),
        article(read(seeds / "two.txt", "Ships left.")),
    )
    assert one.doc_id != two.doc_id
    assert one.sha256 == two.sha256


def test_an_undated_article_says_what_was_seen(seeds: Path) -> None:
    plain = article(read(seeds / "x.txt", "Ships left."))
    assert (plain.published_on, plain.note) == (
        None,
        "Undated: neither header, file name nor dateline tells a day.",
    )
    doubtful = article(read(seeds / "03-04-2026.txt", "Date: 5/6/2026\nShips left."))
    assert doubtful.published_on is None
    assert "5/6/2026" in (doubtful.note or "") and "03-04-2026" in (doubtful.note or "")
    settled = article(read(seeds / "2026-06-05.txt", "Date: 5/6/2026\nShips left."))
    assert (settled.published_on, settled.metadata.date_basis) == (date(2026, 6, 5), "file_name")
    assert "5/6/2026" in (settled.note or "")


def test_a_line_under_the_headline_dates_the_article_and_is_no_row(seeds: Path) -> None:
    text = "Ferries leave Port Essa\nBy Ana Ruiz, Harbour Post\n17 May 2026, 06:45\n\nTwo ferries left. They came back.\n\nNobody knew."
    found = article(read(seeds / "x.txt", text))
    assert (found.published_on, found.metadata.published_at) == (date(2026, 5, 17), "2026-05-17T06:45")
    assert (found.metadata.date_basis, found.metadata.author) == ("line", "Ana Ruiz, Harbour Post")
    assert not any("06:45" in text[b.start : b.end] for b in found.blocks)


def test_a_headline_in_the_header_is_the_first_block_once(seeds: Path) -> None:
    text = "Title: Ferries leave Port Essa\nDate: 2026-05-17\n\n{}Two ferries left. They came back.\n"
    for body in (text.format(""), text.format("Ferries leave Port Essa\n\n")):
        found = article(read(seeds / "x.txt", body))
        assert [(b.kind, body[b.start : b.end]) for b in found.blocks] == [
            ("heading", "Ferries leave Port Essa"),
            ("body", "Two ferries left. They came back."),
        ]
        assert [b.paragraph for b in found.blocks] == [0, 1]
        assert found.title == found.metadata.headline == "Ferries leave Port Essa"


def test_what_is_mended_in_the_header_leaves_the_body_where_it_is(seeds: Path) -> None:
    text = "Title: Ferries   leave\tPort Essa\nDate: 2026-05-17\nTwo ferries left. They came back.\n"
    found = article(read(seeds / "x.txt", text))
    assert found.text[found.body_start : found.body_end] == "Two ferries left. They came back."
    start, end = found.place(found.body_start, found.body_end)
    assert text[start:end] == "Two ferries left. They came back."
