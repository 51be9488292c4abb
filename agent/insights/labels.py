"""Labels as a data frame beside the facts."""

from collections.abc import Sequence
from typing import get_args

import numpy as np
import pandas as pd

from agent.model import LabelVerdict, Sample


def labels_frame(rows: Sequence[tuple[int, str, str]], turns: pd.DataFrame) -> pd.DataFrame:
    """Rows of the turn's seq, sample and verdict as a frame whose `turn` is the row in `turns`, -1 if it has none."""
    known = turns.seq.to_numpy()
    seqs = np.array([seq for seq, _sample, _verdict in rows], dtype=np.int64)
    places = np.minimum(np.searchsorted(known, seqs), max(len(known) - 1, 0))
    found = known[places] == seqs if len(known) else np.zeros(len(seqs), dtype=bool)
    return pd.DataFrame(
        {
            "turn": np.where(found, places, -1),
            "sample": pd.Categorical([sample for _seq, sample, _verdict in rows], categories=get_args(Sample)),
            "verdict": pd.Categorical([verdict for *_others, verdict in rows], categories=get_args(LabelVerdict)),
        }
    )
