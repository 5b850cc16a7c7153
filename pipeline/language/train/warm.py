"""Start from the weights of the trial (its state dict and relations), whose heads are a part of ours."""

from pathlib import Path

import torch

from pipeline.language.train.net import Net, from_bert

_HEADS = {
    "names.weight": "ner.weight",
    "names.bias": "ner.bias",
    "root": "root",
    "arc_head.weight": "ah.weight",
    "arc_head.bias": "ah.bias",
    "arc_word.weight": "ad.weight",
    "arc_word.bias": "ad.bias",
    "relation_head.weight": "rh.weight",
    "relation_head.bias": "rh.bias",
    "relation_word.weight": "rd.weight",
    "relation_word.bias": "rd.bias",
    "arc": "U",
}
_UPOS = (
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
)


def start_from(net: Net, path: Path) -> None:
    """Copy encoder, shapes and the heads that exist there; the others stay as they are."""
    saved = torch.load(path)
    source = {name: tensor.float() for name, tensor in saved["sd"].items()}
    relations = ["ROOT" if r == "root" else r for r in saved["rels"]]
    state = net.state_dict()
    encoder = {name.removeprefix("enc."): t for name, t in source.items() if name.startswith("enc.")}
    state.update({f"encoder.{name}": t for name, t in from_bert(encoder, len(net.encoder.layers)).items()})
    state["encoder.shapes.weight"] = source["shape.weight"].repeat(2, 1)
    state.update({f"heads.{here}": source[there] for here, there in _HEADS.items()})
    for i, label in enumerate(net.labels.relations):
        if label in relations:
            state["heads.relation"][i] = source["R"][relations.index(label)]
    for i, label in enumerate(net.labels.upos):
        if label in _UPOS:
            for part in ("weight", "bias"):
                state[f"heads.upos.{part}"][i] = source[f"pos.{part}"][_UPOS.index(label)]
    net.load_state_dict(state)
