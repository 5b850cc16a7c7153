"""The words that stand in a grammatical slot of a trigger: its object, its predicate, its phrases."""

from pipeline.extract.events.tree import Tree


def fillers(tree: Tree, i: int, slot: str) -> list[int]:
    """The nouns that stand in a slot of a trigger."""
    if slot == "obj":
        found = tree.patients(i)
    elif slot == "subj":
        found = tree.agents(i)
    elif slot == "mod":
        found = [
            c
            for c in tree.children[i]
            if c < i and tree.deps[c] in ("amod", "compound", "nmod:poss", "nmod", "nummod")
        ]
        found += [
            g
            for c in found
            for g in tree.children[c]
            if tree.deps[g] in ("amod", "compound", "nummod", "nmod")
        ]
    elif slot == "mod-obj":
        found = [
            g
            for o in tree.patients(i)
            for g in tree.children[o]
            if tree.deps[g] in ("amod", "compound", "nmod", "case")
        ]
        found += [h for g in found for h in tree.kids(g, "amod", "compound")]
    elif slot == "comp":
        found = [g for c in tree.kids(i, "xcomp", "advcl", "ccomp") for g in tree.patients(c)]
        found += [g for o in tree.patients(i) for a in tree.kids(o, "acl") for g in tree.patients(a)]
    elif slot == "iobj":
        found = tree.kids(i, "iobj")
    elif slot == "pred":
        found = _predicates(tree, i)
    elif tree.pos[i] == "NOUN" or (gerund_noun(tree, i) and slot not in ("in", "at")):
        found = tree.modifiers(i, slot)
    else:
        found = tree.obliques(i, slot)
        if slot in ("of", "to", "from", "at", "against", "over", "with") and not found:
            found = [
                c
                for c in tree.kids(i, "advcl", "obl", "xcomp")
                if any(tree.words[g] == slot for g in tree.kids(c, "mark", "case"))
            ]
    return found


def _predicates(tree: Tree, i: int) -> list[int]:
    """What a verb of calling calls its object: "called the vote a farce", "described it as an insult"."""
    objects = tree.kids(i, "obj")
    found = [*tree.kids(i, "xcomp", "ccomp", "dep"), *objects[1:]]
    found += [c for c in tree.kids(i, "obl", "advcl") if tree.case(c) == "as" or _marked(tree, c, "as")]
    found += [a for o in objects for a in tree.kids(o, "appos", "acl", "amod") if a > o]
    lone = len(objects) == 1 and tree.kids(objects[0], "compound", "nmod", "nmod:desc", "amod")
    if (tree.is_passive(i) or lone) and not found:
        found = objects  # "called the arrest state terror", taken for one noun phrase
    found += [g for c in found for g in tree.kids(c, "nmod") if tree.case(g) == "of"]
    # The parser hangs "as an insult" on the object, or takes the two nouns for one.
    found += [
        g
        for o in objects
        for g in tree.kids(o, "nmod", "obl")
        if tree.case(g) == "as" or _marked(tree, g, "as")
    ]
    return [x for c in found for x in (c, *tree.kids(c, "conj", "amod"))]


def _marked(tree: Tree, i: int, word: str) -> bool:
    return any(tree.words[g] == word for g in tree.kids(i, "mark"))


def gerund_noun(tree: Tree, i: int) -> bool:
    """A gerund that stands as a noun, with nothing that only a verb has ("Fighting between the two sides")."""
    nominal = tree.deps[i] in ("nsubj", "nsubj:pass", "obj", "obl", "nmod") and tree.tags[i] == "VBG"
    return nominal and not tree.kids(i, "obj", "nsubj", "aux", "xcomp")
