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
    dated: frozenset[int] = frozenset()


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


def test_the_verb_behind_an_aside_is_the_subjects() -> None:
    """ "The mayor, Ana Ruiz, accused President Silva", its verb read as a modifier of the president."""
    tree = parsed(
        "the/the/DET/DT/det/1 mayor/mayor/NOUN/NN/ROOT/1 ,/,/PUNCT/,/punct/3 ana/ana/PROPN/NNP/appos/1 "
        "ruiz/ruiz/PROPN/NNP/flat/3 ,/,/PUNCT/,/punct/8 accused/accuse/VERB/VBN/amod/8 "
        "president/president/PROPN/NNP/nmod:desc/8 silva/silva/PROPN/NNP/appos/1 ././PUNCT/./punct/1"
    )
    repair(tree, 0, 10)
    assert tree.heads[6] == 6 and tree.tags[6] == "VBD"
    assert (tree.heads[1], tree.deps[1]) == (6, "nsubj")
    assert (tree.heads[8], tree.deps[8]) == (6, "obj")


def test_the_main_verb_is_not_one_more_of_the_relative_clause() -> None:
    """ "The front, which holds the city, denied involvement", its verb joined to "holds"."""
    tree = parsed(
        "the/the/DET/DT/det/1 front/front/NOUN/NN/ROOT/1 ,/,/PUNCT/,/punct/4 which/which/PRON/WDT/nsubj/4 "
        "holds/hold/VERB/VBZ/acl:relcl/1 the/the/DET/DT/det/6 city/city/NOUN/NN/obj/4 ,/,/PUNCT/,/punct/8 "
        "denied/deny/VERB/VBD/conj/4 involvement/involvement/NOUN/NN/obj/8 ././PUNCT/./punct/1"
    )
    repair(tree, 0, 11)
    assert tree.heads[8] == 8 and (tree.heads[1], tree.deps[1]) == (8, "nsubj")
    assert (tree.heads[4], tree.deps[4]) == (1, "acl:relcl")


def test_a_participle_behind_an_aside_stays_one() -> None:
    """ "The mayor, Ana Ruiz, wounded by a bullet, left": wounded is what she was."""
    tree = parsed(
        "the/the/DET/DT/det/1 mayor/mayor/NOUN/NN/nsubj/11 ,/,/PUNCT/,/punct/3 ana/ana/PROPN/NNP/appos/1 "
        "ruiz/ruiz/PROPN/NNP/flat/3 ,/,/PUNCT/,/punct/6 wounded/wound/VERB/VBN/acl/1 by/by/ADP/IN/case/9 "
        "a/a/DET/DT/det/9 bullet/bullet/NOUN/NN/obl:agent/6 ,/,/PUNCT/,/punct/6 left/leave/VERB/VBD/ROOT/11 "
        "././PUNCT/./punct/11"
    )
    repair(tree, 0, 13)
    assert (tree.heads[6], tree.deps[6]) == (1, "acl")
    assert tree.heads[1] == 11


def test_an_office_before_a_name_is_the_subject_too() -> None:
    """ "Malta's minister, Ana Ruiz, visited Rome", the office read as a phrase of the verb."""
    tree = parsed(
        "malta/malta/PROPN/NNP/nmod:poss/2 's/'s/PART/POS/case/0 minister/minister/NOUN/NN/obl/7 ,/,/PUNCT/,/punct/4 "
        "ana/ana/PROPN/NNP/nsubj/7 ruiz/ruiz/PROPN/NNP/flat/4 ,/,/PUNCT/,/punct/4 visited/visit/VERB/VBD/ROOT/7 "
        "rome/rome/PROPN/NNP/obj/7 ././PUNCT/./punct/7"
    )
    repair(tree, 0, 10)
    assert (tree.heads[2], tree.deps[2]) == (7, "nsubj")
    assert (tree.heads[4], tree.deps[4]) == (2, "appos")


def test_no_plural_verb_stands_behind_one_thing() -> None:
    tree = parsed(
        "kenya/Kenya/PROPN/NNP/nsubj/1 regrets/regret/VERB/VBZ/ROOT/1 the/the/DET/DT/det/3 rebel/rebel/NOUN/NN/nsubj/4 "
        "attack/attack/VERB/VBP/parataxis/1 in/in/ADP/IN/case/6 bol/Bol/PROPN/NNP/obl/4 ././PUNCT/./punct/1"
    )
    repair(tree, 0, 8)
    assert (tree.pos[4], tree.heads[4], tree.deps[4]) == ("NOUN", 1, "obj")
    assert (tree.heads[2], tree.deps[3]) == (4, "compound")


def test_what_has_an_object_stays_a_verb() -> None:
    tree = parsed(
        "the/the/DET/DT/det/1 militia/militia/NOUN/NN/nsubj/2 attack/attack/VERB/VBP/ROOT/2 "
        "villages/village/NOUN/NNS/obj/2 ././PUNCT/./punct/2"
    )
    repair(tree, 0, 5)
    assert tree.pos[2] == "VERB"
