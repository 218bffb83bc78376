"""Data frames as panels of Java. Whole columns are handed over as arrays."""

from __future__ import annotations

import datetime
import math
from typing import Any, Mapping, Sequence

import jpype
import numpy as np
import pandas as pd
import pandas.api.types as types

from ._errors import InputError, translated
from ._java import java, texts

_MOST_SHOWN = 3


def to_pandas(data: Any) -> pd.DataFrame:
    """Return any kind of data frame as one of pandas."""
    if isinstance(data, pd.DataFrame):
        return data
    if isinstance(data, pd.Series):
        return data.to_frame()
    if hasattr(data, "to_pandas"):
        return to_pandas(data.to_pandas())
    if hasattr(data, "toPandas"):
        return to_pandas(data.toPandas())
    if hasattr(data, "__arrow_c_stream__"):
        import pyarrow

        return pyarrow.table(data).to_pandas()
    if hasattr(data, "__dataframe__"):
        from pandas.api.interchange import from_dataframe

        return from_dataframe(data)
    if isinstance(data, Mapping):
        return pd.DataFrame(data)
    hint = "; read the file first, such as with pandas.read_csv" if isinstance(data, (str, bytes)) else ""
    raise InputError(f"{type(data).__name__} is not a data frame{hint}")


def listed(columns: str | Sequence[str] | None) -> list[str]:
    """Return columns that may be given as one name, as a list or not at all."""
    if columns is None:
        return []
    return [columns] if isinstance(columns, str) else list(dict.fromkeys(columns))


def read(
    data: Any,
    unit: str,
    time: str,
    outcome: str,
    treatment: str,
    control: Any,
    covariates: str | Sequence[str] | None = None,
    attributes: str | Sequence[str] | None = None,
    weights: str | None = None,
    group: str | None = None,
) -> Any:
    """Return the panel of a data frame, as a ``FramePanel`` of Java."""
    frame = to_pandas(data)
    wanted: list[tuple[str, str]] = [("unit", unit), ("time", time), ("outcome", outcome), ("treatment", treatment)]
    wanted += [("covariates", name) for name in listed(covariates)]
    wanted += [("attributes", name) for name in listed(attributes)]
    wanted += [(argument, name) for argument, name in (("weights", weights), ("group", group)) if name is not None]
    frame = _with_index(frame, [name for _, name in wanted])
    columns = java("FrameColumns")
    with translated():
        names = texts([str(name) for name in frame.columns])
        for argument, name in wanted:
            columns.requireColumn(names, argument, str(name))
        _require_different(wanted[:4])
        built = columns(_numbers(frame[outcome], outcome), str(outcome), 0)
        built.units(str(unit), *_codes(frame[unit], unit))
        is_ordered = isinstance(frame[time].dtype, pd.CategoricalDtype) and frame[time].cat.ordered
        built.periods(str(time), *_codes(frame[time], time), bool(is_ordered))
        built.arms(str(treatment), *_codes(frame[treatment], treatment), None if control is None else _text(control))
        for name in listed(covariates):
            built.covariate(str(name), _numbers(frame[name], name))
        if weights is not None:
            built.weights(str(weights), _numbers(frame[weights], weights))
        if group is not None:
            built.group(str(group), *_codes(frame[group], group))
        for name in listed(attributes):
            if types.is_numeric_dtype(frame[name].dtype) and not types.is_bool_dtype(frame[name].dtype):
                built.attribute(str(name), _numbers(frame[name], name))
            else:
                built.attribute(str(name), *_codes(frame[name], name))
        return built.read()


def _with_index(frame: pd.DataFrame, wanted: list[str]) -> pd.DataFrame:
    """Make columns of the levels of the index that are wanted, as panels often have units and periods there."""
    levels = [name for name in frame.index.names if name is not None and name in wanted and name not in frame.columns]
    return frame.reset_index(level=levels) if levels else frame


def _require_different(wanted: list[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for argument, name in wanted:
        if name in seen:
            raise InputError(
                f'{seen[name]} and {argument} both name the column "{name}"; each needs a column of its own'
            )
        seen[name] = argument


def _numbers(series: pd.Series, name: str) -> Any:
    """Return a column as an array of doubles, NaN where a value is missing."""
    if not (types.is_numeric_dtype(series.dtype) or types.is_bool_dtype(series.dtype)):
        numbers = pd.to_numeric(series, errors="coerce")
        wrong = np.flatnonzero(numbers.isna().to_numpy() & ~_is_missing(series))
        if len(wrong):
            shown = ", ".join(f'"{series.iloc[row]}" (row {row})' for row in wrong[:_MOST_SHOWN])
            more = f" (and {len(wrong) - _MOST_SHOWN} more)" if len(wrong) > _MOST_SHOWN else ""
            raise InputError(
                f'data frame, column "{name}": {shown}{more}: not a number; make the column numeric, with NaN where a'
                " value is missing"
            )
        series = numbers
    if types.is_complex_dtype(series.dtype):
        raise InputError(f'data frame, column "{name}": complex numbers; give a column of real ones')
    return jpype.JArray(jpype.JDouble)(np.ascontiguousarray(series.to_numpy(dtype=np.float64, na_value=np.nan)))


def _is_missing(series: pd.Series) -> np.ndarray[Any, np.dtype[np.bool_]]:
    blank = series.map(lambda value: isinstance(value, str) and not value.strip()).astype(bool)
    return np.asarray(series.isna() | blank, dtype=bool)


def _codes(series: pd.Series, name: str) -> tuple[Any, Any]:
    """Return a column as codes and texts of Java, -1 where a value is missing. Loops over different values only."""
    if isinstance(series.dtype, pd.CategoricalDtype):
        codes = series.cat.codes.to_numpy()
        values = series.cat.categories
    else:
        codes, values = pd.factorize(series)
    labels = _labels(values)
    # Values that are written alike, such as 1 and "1", are one; an empty text is missing.
    known: dict[str, int] = {}
    new = [known.setdefault(label, len(known)) if label else -1 for label in labels]
    recoded = np.array([*new, -1], dtype=np.int32)
    if len(known) < len(labels):
        codes = recoded[codes]
    for label in known:
        if "\0" in label:
            raise InputError(f'data frame, column "{name}": a NUL character in {label!r}; remove it')
    return jpype.JArray(jpype.JInt)(np.ascontiguousarray(codes, dtype=np.int32)), texts(list(known))


def _labels(values: Any) -> list[str]:
    if types.is_datetime64_any_dtype(values.dtype):
        index = pd.DatetimeIndex(values)
        is_date = index.tz is None and bool((index == index.normalize()).all())
        return [str(value.date()) if is_date else str(value) for value in index]
    return [_text(value) for value in values]


def _text(value: Any) -> str:
    """Return a value as a table of text would have it."""
    if isinstance(value, str):
        return value.strip() and value
    if isinstance(value, (float, np.floating)) and math.isfinite(value) and value == int(value):
        # Whole numbers become floats where pandas has a missing value between them.
        return str(int(value))
    if isinstance(value, pd.Period) and value.freqstr.startswith("W"):
        return str(value.start_time.date())
    if isinstance(value, datetime.datetime) and value.tzinfo is None and value == datetime.datetime.combine(
        value.date(), datetime.time()
    ):
        return str(value.date())
    return str(value)
