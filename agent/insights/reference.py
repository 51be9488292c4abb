"""The metrics as a document: python -m agent.insights.reference > docs/metrics.md."""

import sys

from agent.insights.dimensions import DIMENSIONS
from agent.insights.metrics import METRICS

HEAD = """\
# Metrics

Every figure of the Analytics page, made from `agent/insights/metrics.py` by
`python -m agent.insights.reference > docs/metrics.md`. The page shows the same words beside each figure.

A message counts on the day on which it came, a review on the day on which it was opened, a conversation on the day of
its first message; days are those of the chosen time zone. Shares come with the 95 % interval by Wilson. Medians of
cases that are not finished yet count those as "longer than until now" (Kaplan and Meier). Made-up cases that check
reviewers never count.
"""

UNITS = {
    "share": "share",
    "count": "count",
    "seconds": "time: median, p90",
    "money": "amount",
    "score": "mean score",
    "stars": "mean, 1 to 5",
    "tokens": "mean tokens",
    "USD": "mean USD",
}


def reference() -> str:
    """Every metric with its meaning, and every way to divide them, in Markdown."""
    metrics = [
        f"| {one.title} `{one.name}` | {one.subject} | {UNITS[one.unit]} | {one.text} |" for one in METRICS.values()
    ]
    ways = [f"| {one.title} `{one.name}` | {', '.join(sorted(one.subjects))} |" for one in DIMENSIONS.values()]
    lines = [HEAD, "| metric | counts | unit | what it means |", "|---|---|---|---|", *metrics]
    lines += ["", "## Ways to divide", "", "| by | divides |", "|---|---|", *ways]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(reference())
