from pathlib import Path

from pipeline.report.folder import Pages


def pages(folder: Path) -> Pages:
    return Pages(folder / "report", folder / "state")


def test_pages_are_kept_only_where_nobody_touched_them(tmp_path: Path) -> None:
    first = pages(tmp_path)
    first.write("a/1.html", b"one")
    first.write("a/2.html", b"two")
    noted = first.states(["a/1.html", "a/2.html"])
    second = pages(tmp_path)
    assert second.keep(noted)
    assert (second.kept, second.written) == ({"a/1.html", "a/2.html"}, 0)
    (tmp_path / "report" / "a" / "2.html").write_bytes(b"three")
    assert not pages(tmp_path).keep(noted)
    (tmp_path / "report" / "a" / "2.html").unlink()
    (tmp_path / "report" / "a" / "2.html").symlink_to("1.html")
    third = pages(tmp_path)
    assert not third.keep(noted)
    third.write("a/2.html", b"two")
    assert (tmp_path / "report" / "a" / "1.html").read_bytes() == b"one"
    assert third.states(["a/2.html"])["a/2.html"][0] == 3


def test_what_nothing_belongs_to_goes(tmp_path: Path) -> None:
    first = pages(tmp_path)
    for name in ("a/1.html", "version.js", "index.html"):
        first.write(name, b"x")
    second = pages(tmp_path)
    second.write("index.html", b"x")
    assert second.sweep(frozenset({"version.js"})) == 1
    assert {p.name for p in (tmp_path / "report").rglob("*") if p.is_file()} == {"version.js", "index.html"}


def test_pages_that_nobody_touched_are_not_looked_at(tmp_path: Path) -> None:
    """Those that were noted and belong no more go all the same, and one that is made again is compared with what stands there."""
    first = pages(tmp_path)
    for name in ("a/1.html", "a/2.html", "index.html"):
        first.write(name, b"x")
    noted = first.states(["a/1.html", "a/2.html", "index.html"])
    second = Pages(tmp_path / "report", tmp_path / "state", as_left=True)
    second.belonged(noted)
    assert second.keep({"a/1.html": noted["a/1.html"]})
    second.write("index.html", b"x")
    assert (second.written, second.states(noted)) == (0, noted)
    assert second.sweep(frozenset()) == 1
    assert {p.name for p in (tmp_path / "report").rglob("*") if p.is_file()} == {"1.html", "index.html"}
