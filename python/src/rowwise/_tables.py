"""Tables of Java as data frames."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

_ABSENT = -(1 << 31)


def data_frame(table: Any) -> pd.DataFrame:
    """Return a table as a data frame; an absent value is NaN."""
    columns: dict[str, Any] = {}
    for index, name in enumerate(table.names()):
        kind = str(table.kind(index))
        if kind == "number":
            columns[str(name)] = np.array(table.numbers(index), dtype=np.float64)
        elif kind == "whole":
            columns[str(name)] = _wholes(np.array(table.wholes(index), dtype=np.int64))
        else:
            # The last text is that of the code -1.
            joined = str(table.joinedTexts(index))
            texts = np.array([*(joined.split("\0") if joined else []), np.nan], dtype=object)
            columns[str(name)] = texts[np.array(table.codes(index), dtype=np.int64)]
    return pd.DataFrame(columns)


def _wholes(values: np.ndarray[Any, np.dtype[np.int64]]) -> Any:
    absent = values == _ABSENT
    return pd.arrays.IntegerArray(values, absent) if absent.any() else values
