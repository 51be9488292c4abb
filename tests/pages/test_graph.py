"""The drawing of the graph that runs: readable whatever its shape becomes."""

from collections import Counter
from itertools import combinations

from agent.desk import Desk
from pages.ui.graph.drawing import draw
from pages.ui.graph.labels import HEIGHT, Label, Rectangle


def box(label: Label) -> Rectangle:
    wide, high = label.width / 2, HEIGHT / 2
    return Rectangle(label.x - wide, label.y - high, label.x + wide, label.y + high)


def test_no_label_covers_another_one_or_a_step(desk: Desk) -> None:
    drawing = draw(desk.structure)
    labels = [box(edge.label) for edge in drawing.edges if edge.label]
    steps = [Rectangle(n.left, n.top, n.left + n.width, n.top + n.height) for n in drawing.nodes]

    covered = [pair for pair in combinations([*labels, *steps], 2) if pair[0].overlap(pair[1])]

    assert covered == []


def test_every_labelled_edge_shows_its_label(desk: Desk) -> None:
    drawing = draw(desk.structure)

    assert [edge.label.text if edge.label else "" for edge in drawing.edges] == [e.label for e in desk.structure.edges]


def test_every_band_is_one_stretch(desk: Desk) -> None:
    names = Counter(band.name for band in draw(desk.structure).bands)

    assert set(names.values()) == {1}
