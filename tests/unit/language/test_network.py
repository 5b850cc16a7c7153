"""Texts read together: each as if it were alone, to the last bit."""

from dataclasses import fields

import numpy as np
import pytest

from pipeline.language import load
from pipeline.language import network as networks
from pipeline.language.network import PACK, PROBE, Network, Reading, adds_eight_bits, packs
from pipeline.language.reader import WINDOW_PIECES, EncoderReader

TEXTS = [
    "Ferries stopped.",
    "Two ministers resigned in Tallinn on Monday after the harbour strike spread to the northern ports.",
    "“We shall not sign,” said Adaeze Okoro, who leads the dockers' union.",
    "Storm",
    "Police in Varna arrested nine men; a judge let four of them go, and the others will be tried in May, the court said.",
    "The river rose by 2.4 metres, officials in the flooded district told reporters, and hundreds had to leave their homes.",
]


@pytest.fixture(scope="module")
def reader() -> EncoderReader:
    component = load().get_pipe("encoder_reader")
    assert isinstance(component, EncoderReader)
    return component


def together_and_alone(reader: EncoderReader, texts: list[str]) -> list[tuple[Reading, Reading]]:
    assert reader.folder is not None and reader.read is not None
    network = Network(reader.folder)
    pieces = [reader.read.splitter(text.split(), [True] * len(text.split())) for text in texts]
    return list(zip(network.read(pieces), [network.read([one])[0] for one in pieces], strict=True))


def test_a_text_is_read_the_same_beside_any_others(reader):
    long = " ".join(TEXTS * 3)
    for together, alone in together_and_alone(reader, [*TEXTS, long, *reversed(TEXTS)]):
        for field in fields(Reading):
            assert np.array_equal(getattr(together, field.name), getattr(alone, field.name)), field.name


def test_processors_without_eight_bit_sums_read_the_same(reader, monkeypatch):
    assert reader.folder is not None and reader.read is not None
    pieces = [reader.read.splitter(text.split(), [True] * len(text.split())) for text in TEXTS]
    readings = Network(reader.folder).read(pieces)
    chosen = not adds_eight_bits(reader.folder / PROBE)
    monkeypatch.setattr(networks, "adds_eight_bits", lambda probe: chosen)
    for one, other in zip(readings, Network(reader.folder).read(pieces), strict=True):
        for field in fields(Reading):
            assert np.array_equal(getattr(one, field.name), getattr(other, field.name)), field.name


def test_relations_are_the_same_beside_any_others(reader):
    vectors = [np.full((n, 384), 0.1 * n, dtype=np.float32) for n in (1, 5, 3)]
    heads = [np.arange(len(one)) for one in vectors]
    network = Network(reader.folder)
    together = network.relations(vectors, heads)
    alone = [network.relations([v], [h])[0] for v, h in zip(vectors, heads, strict=True)]
    assert all(np.array_equal(one, other) for one, other in zip(together, alone, strict=True))


def test_documents_are_annotated_the_same_one_by_one(reader):
    nlp = load()
    for together, text in zip(nlp.pipe([*TEXTS, "", "  "]), [*TEXTS, "", "  "], strict=True):
        assert together.to_bytes() == nlp(text).to_bytes()


def test_packs_hold_each_text_once_and_no_more_than_fits():
    lengths = [3, WINDOW_PIECES + 2, 40, 41, 40, 5, WINDOW_PIECES + 2, 3]
    found = list(packs(lengths))
    assert sorted(n for pack in found for n in pack) == list(range(len(lengths)))
    for pack in found:
        assert len(pack) == 1 or len(pack) * max(lengths[n] for n in pack) <= PACK
    assert len(found) < len(lengths)


def test_no_texts_no_packs():
    assert list(packs([])) == []
