"""Draw how often the embedded engine is right by how sure it is: `python -m tests.benchmarks.draw_reliability PNG`.

Takes the held-out judgements of `evaluate calibration`; the picture is made by plotly in Chromium.
"""

import sys
import tempfile
from pathlib import Path

import plotly.graph_objects as go
from playwright.sync_api import sync_playwright
from plotly.subplots import make_subplots

from agent.bootstrap import held_out_confidences
from agent.evaluation.calibration import Reliability, measure_reliability
from agent.settings import read_settings

CHROMIUM = "/usr/bin/chromium"
COLUMNS = 4
WIDTH, HEIGHT = 1200, 640


def picture(found: dict[str, Reliability]) -> go.Figure:
    """One panel a classifier: confidence across, share that was right upwards, the size of a dot is the rows in it."""
    titles = [f"{name}, ECE {one.ece:.3f}, {one.rows} rows" for name, one in found.items()]
    figure = make_subplots(rows=2, cols=COLUMNS, subplot_titles=titles, horizontal_spacing=0.05, vertical_spacing=0.16)
    for place, one in enumerate(found.values()):
        row, column = place // COLUMNS + 1, place % COLUMNS + 1
        figure.add_scatter(x=[0, 1], y=[0, 1], mode="lines", line={"color": "#bbb", "dash": "dot"}, row=row, col=column)
        figure.add_scatter(
            x=[part.confidence for part in one.bins],
            y=[part.accuracy for part in one.bins],
            mode="lines+markers",
            marker={"size": [6 + 40 * part.rows / one.rows for part in one.bins], "color": "#3b5bdb"},
            line={"color": "#3b5bdb"},
            row=row,
            col=column,
        )
    figure.update_xaxes(range=[0, 1.03])
    figure.update_yaxes(range=[0, 1.05])
    figure.update_layout(
        width=WIDTH,
        height=HEIGHT,
        showlegend=False,
        template="plotly_white",
        font={"family": "Inter, sans-serif", "size": 12},
        margin={"l": 40, "r": 20, "t": 60, "b": 40},
    )
    return figure


def main() -> None:
    """Measure, draw, and write the picture."""
    found = {name: measure_reliability(rows) for name, rows in held_out_confidences(read_settings()).items()}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "reliability.html"
        picture(found).write_html(page_file, include_plotlyjs=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH + 20, "height": HEIGHT + 20})
        page.goto(page_file.as_uri())
        page.locator(".main-svg").first.wait_for()
        page.screenshot(path=sys.argv[1])
        browser.close()


if __name__ == "__main__":
    main()
