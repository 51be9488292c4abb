"""From a match to the probability that the article answers the question."""

from collections.abc import Sequence

import numpy as np

from agent.model import Value

LEAST_LEAD = 0.01
"""Added to a lead before its logarithm is taken: a tie is no infinite doubt."""


class Relevance(Value):
    """A logistic curve over an article's score and the logarithm of its lead over the best other article.

    With the lead itself the curve was too sure in the middle: the expected calibration error on held-out questions was
    0.065 instead of 0.035.
    """

    intercept: float
    per_score: float
    per_lead: float

    def of(self, score: float, lead: float) -> float:
        """The probability, 0..1."""
        raised = self.intercept + self.per_score * score + self.per_lead * _log_lead(lead)
        return float(1 / (1 + np.exp(-raised)))


def _log_lead(lead: float) -> float:
    return float(np.log(max(lead, 0.0) + LEAST_LEAD))


def calibrate(observed: Sequence[tuple[float, float, bool]]) -> Relevance:
    """The curve that fits what was observed: score, lead, and whether the article does answer the question."""
    # half of the start-up time of a command, and only needed when something has changed
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    features = np.array([[score, _log_lead(lead)] for score, lead, _ in observed])
    answers = np.array([answered for _, _, answered in observed])
    curve = LogisticRegression(C=1e3).fit(features, answers)
    per_score, per_lead = curve.coef_[0]
    return Relevance(intercept=float(curve.intercept_[0]), per_score=float(per_score), per_lead=float(per_lead))


UNCALIBRATED = Relevance(intercept=1.0, per_score=7.5, per_lead=1.0)
"""For an index without questions to calibrate on; orders as a calibrated one does, but its figures mean little."""
