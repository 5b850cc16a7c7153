"""Stories of marked articles."""

from pipeline.link.train.examples import together
from pipeline.link.train.stories import Mark, Story, read_text


def test_articles_of_one_story_in_two_files_are_one_story() -> None:
    def story(name: str, doc: str) -> Story:
        mark = Mark(doc, 0, 4, "incident", "raid")
        return Story(name, [read_text(doc, "Raid in Orhei.")], [mark], {}, [])

    found = together([story("raid", "a"), story("vote", "b"), story("raid", "c")])
    assert [one.name for one in found] == ["raid", "vote"]
    assert [[article.doc_id for article in one.articles] for one in found] == [["a", "c"], ["b"]]
    assert [mark.doc_id for mark in found[0].marks] == ["a", "c"]
