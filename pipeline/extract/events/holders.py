"""Whose an act is that its own word does not say: the subject of the verb that governs it, of the campaign, of the saying."""

from pipeline.extract.events.cast import Cast
from pipeline.extract.events.tree import CLAUSAL, FINITE, Tree

BACKWARD = frozenset({"it", "he", "she", "they"})
MAX_DEPTH = 3


class Holders:
    """Looks above an event's word for whoever acts."""

    def __init__(self, tree: Tree, cast: Cast) -> None:
        """Keep what the search reads."""
        self.tree, self.cast = tree, cast

    def possessors(self, noun: int) -> list[int]:
        """Who owns a noun, pronouns followed."""
        tree = self.tree
        return [
            y for p in tree.kids(noun, "nmod:poss") for x in tree.coordinated(p) for y in self.owner(x, noun)
        ]

    def owner(self, owner: int, i: int) -> list[int]:
        """An owner; for "its" and "their" that no mention resolves the subject of the clause."""
        tree = self.tree
        if tree.pos[owner] != "PRON" or self.cast.actor(owner) is not None:
            return [owner]
        for _ in range(6):
            if tree.pos[i] in CLAUSAL:
                return [x for x in tree.surface_subjects(i) if tree.pos[x] != "PRON"]
            if tree.heads[i] == i:
                break
            i = tree.heads[i]
        return []

    def of_list(self, i: int) -> list[int]:
        """Who acts in a list of acts: "the army stepped up pressure, with actions including seizing ships"."""
        tree = self.tree
        while tree.deps[i] == "conj":
            i = tree.heads[i]
        if tree.deps[i] != "acl" or tree.is_passive(i) or self.cast.is_party(tree.heads[i]):
            return []
        if any(
            tree.words[c] == "of" for c in tree.kids(i, "mark")
        ):  # "keeps up a policy of turning boats away"
            return tree.holder(tree.heads[i])
        return self.holders(tree.heads[i])

    def antecedents(self, pronoun: int, i: int) -> list[int]:
        """Whom a third-person subject that no mention resolves goes back to: the subject of the verb of saying."""
        tree = self.tree
        if tree.words[pronoun] not in BACKWARD or self.cast.actor(pronoun) is not None:
            return [pronoun]
        for _ in range(6):
            head = tree.heads[i]
            above = [head] if tree.deps[i] == "ccomp" else tree.kids(i, "parataxis")
            for verb in above:
                found = [x for x in tree.surface_subjects(verb) if x != pronoun and tree.pos[x] != "PRON"]
                if found:
                    return found
            if head == i:
                break
            i = head
        return [pronoun]

    def speaker(self, i: int) -> list[int]:
        """The subject of the reporting verb over a clause."""
        tree = self.tree
        for _ in range(6):
            above = [
                *tree.kids(i, "parataxis"),
                *([tree.heads[i]] if tree.deps[i] in ("ccomp", "parataxis") else []),
            ]
            for c in above:
                if tree.pos[c] in CLAUSAL and (found := tree.surface_subjects(c)):
                    return found
            if tree.heads[i] == i:
                break
            i = tree.heads[i]
        return []

    def holders(self, noun: int) -> list[int]:
        """The subject of the verb that an event noun is the object or means of: "the army launched a raid"."""
        tree = self.tree
        if tree.kids(noun, "cop"):  # "the agency was behind the raid"
            return tree.surface_subjects(noun) if tree.case(noun) == "behind" else []
        for c in tree.kids(noun, "acl:relcl", "acl"):
            if "light_verb" in tree.classes[c] or tree.lemmas[c] == "have":  # "a conversation they had"
                own = [x for x in tree.kids(c, "nsubj") if self.cast.is_party(x)]
                if own:
                    return [x for o in own for x in tree.coordinated(o)]
        for c in tree.kids(noun, "amod", "compound"):
            own = tree.kids(c, "nsubj")
            if own and tree.tags[c] in FINITE and "light_verb" in tree.classes[c]:
                return own  # "the day the army announced strikes", its verb read as a modifier
        i, means = noun, False
        for _ in range(4):
            head, label = tree.heads[i], tree.deps[i]
            if head == i:
                return []
            means |= label in ("obl", "nmod", "advcl") and tree.case(i) in (
                "with",
                "by",
                "including",
                "through",
            )
            if tree.pos[head] in CLAUSAL:
                light = "light_verb" in tree.classes[head]
                if means and label in ("obl", "advcl", "obj"):
                    return [x for x in tree.surface_subjects(head) if x != noun]
                if not light:
                    return []  # "condemned the attack": the one who condemns did not attack.
                if label in ("obj", "nsubj:pass", "obl", "xcomp", "advcl", "ccomp", "conj", "parataxis"):
                    return [x for x in tree.agents(head) if x != noun]
                return []
            if label not in ("nmod", "conj", "appos", "obj", "compound"):
                return []
            i = head
        return []

    def campaigners(self, event: int) -> list[int]:
        """Whose the campaign is that an event belongs to: "its campaign, which began with air strikes"."""
        tree = self.tree
        for _ in range(MAX_DEPTH):
            head, label = tree.heads[event], tree.deps[event]
            if head == event or label not in ("obl", "nmod", "acl:relcl", "acl", "obj", "conj"):
                return []
            event = head
            if label in ("acl:relcl", "acl"):
                owners = [p for p in self.possessors(event) if self.cast.actor(p) is not None]
                if owners:
                    return owners
        return []
