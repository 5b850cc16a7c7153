"""Mending a parse: what a missed verb becomes, and that a mended tree is still a tree."""

import random
from dataclasses import dataclass

from pipeline.extract.events.repair import repair


@dataclass
class Sentence:
    """A parse as lists; `heads` holds a token's own number at the root."""

    words: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]


def parsed(text: str) -> Sentence:
    """From "word/lemma/POS/TAG/dep/head" items."""
    rows = [item.split("/") for item in text.split()]
    columns = list(zip(*rows, strict=True))
    words, lemmas, pos, tags, deps = (list(c) for c in columns[:5])
    return Sentence(words, lemmas, pos, tags, deps, [int(h) for h in columns[5]])


def test_a_past_tense_read_as_a_participle_becomes_the_root() -> None:
    tree = parsed(
        "the/the/DET/DT/det/1 junta/junta/NOUN/NN/compound/4 extended/extend/VERB/VBN/amod/4 "
        "martial/martial/ADJ/JJ/amod/4 law/law/NOUN/NN/ROOT/4 ././PUNCT/./punct/4"
    )
    repair(tree, 0, 6)
    assert tree.heads[2] == 2 and tree.tags[2] == "VBD"
    assert (tree.heads[1], tree.deps[1]) == (2, "nsubj")
    assert (tree.heads[4], tree.deps[4]) == (2, "obj")


def test_a_noun_with_a_subject_is_a_verb() -> None:
    tree = parsed(
        "the/the/DET/DT/det/1 council/council/NOUN/NN/nsubj/2 cut/cut/NOUN/NN/ROOT/2 "
        "ties/tie/NOUN/NNS/obj/2 ././PUNCT/./punct/2"
    )
    repair(tree, 0, 5)
    assert tree.pos[2] == "VERB"


def test_had_before_a_participle_is_a_perfect() -> None:
    tree = parsed(
        "troops/troop/NOUN/NNS/nsubj/1 had/have/VERB/VBD/ROOT/1 tortured/tortured/ADJ/JJ/amod/3 "
        "villagers/villager/NOUN/NNS/obj/1 ././PUNCT/./punct/1"
    )
    repair(tree, 0, 5)
    assert (tree.lemmas[2], tree.heads[2], tree.heads[0], tree.heads[3]) == ("torture", 2, 2, 2)


def test_a_heading_keeps_its_participle() -> None:
    tree = parsed("nine/nine/NUM/CD/nummod/1 sailors/sailor/NOUN/NNS/ROOT/1 rescued/rescue/VERB/VBN/acl/1")
    before = list(tree.heads)
    repair(tree, 0, 3)
    assert tree.heads == before


def test_a_mended_tree_is_a_tree() -> None:
    draw = random.Random(7)
    for _ in range(2000):
        n = draw.randint(2, 12)
        order = draw.sample(range(n), n)
        heads = [0] * n
        heads[order[0]] = order[0]
        for k in range(1, n):
            heads[order[k]] = draw.choice(order[:k])
        words = [
            draw.choice(["had", "extended", "killed", "cut", "army", "of", "ship", "by"]) for _ in range(n)
        ] + ["."]
        tree = Sentence(
            words,
            ["have" if w == "had" else w for w in words],
            [draw.choice(["NOUN", "VERB", "ADJ", "PROPN", "AUX", "ADP"]) for _ in range(n)] + ["PUNCT"],
            [draw.choice(["NN", "VBN", "VBD", "JJ"]) for _ in range(n)] + ["."],
            [draw.choice(["nsubj", "amod", "obj", "compound", "obl", "case", "acl"]) for _ in range(n)]
            + ["punct"],
            [*heads, order[0]],
        )
        repair(tree, 0, n + 1)
        for i in range(n + 1):
            seen = set()
            while tree.heads[i] != i:
                assert i not in seen
                seen.add(i)
                i = tree.heads[i]
