"""Data frames of all kinds are the same panel."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import rowwise
from rowwise import _frame

NAMES = ("unit", "time", "outcome", "treatment", None)


def panel_of(frame, names=NAMES, **more):
    panel = _frame.read(frame, *names, **more).panel()
    rows = [[float(panel.outcome(i, j)) for j in range(panel.periods())] for i in range(panel.units())]
    return [str(n) for n in panel.unitNames()], [str(n) for n in panel.periodNames()], rows


@pytest.fixture
def frame():
    return pd.DataFrame(
        {
            "unit": ["b", "b", "b", "a", "a", "a"],
            "time": [9, 10, 11, 9, 10, 11],
            "outcome": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
            "treatment": [0, 1, 0, 0, 0, 1],
        }
    )


EXPECTED = (["b", "a"], ["9", "10", "11"], [[1, 2, 3], [4, 5, 6]])


def test_plain(frame):
    assert panel_of(frame) == EXPECTED


def test_rows_in_any_order(frame):
    assert panel_of(frame.iloc[[0, 3, 2, 5, 4, 1]].reset_index(drop=True)) == EXPECTED


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f.assign(unit=f["unit"].astype("category")),
        lambda f: f.assign(time=f["time"].astype(str)),
        lambda f: f.assign(time=f["time"].astype(float)),
        lambda f: f.assign(time=f["time"].astype("Int64")),
        lambda f: f.assign(treatment=f["treatment"].astype(bool)),
        lambda f: f.assign(treatment=f["treatment"].astype(float)),
        lambda f: f.assign(outcome=f["outcome"].astype("Float64")),
        lambda f: f.assign(outcome=f["outcome"].astype(int).astype(str)),
        lambda f: f.assign(unit=f["unit"].astype("string")),
        lambda f: f.set_index(["unit", "time"]),
        lambda f: f.to_dict("list"),
        lambda f: f.set_index(pd.Index([7, 7, 7, 7, 7, 7])),
    ],
)
def test_types(frame, change):
    assert panel_of(change(frame)) == EXPECTED


def test_other_data_frames(frame):
    class Other:
        """As that of polars or Arrow."""

        def to_pandas(self):
            return frame

    class Interchange:
        def __dataframe__(self, **options):
            return frame.__dataframe__(**options)

    assert panel_of(Other()) == EXPECTED
    assert panel_of(Interchange()) == EXPECTED


def test_polars_and_arrow(frame):
    pyarrow = pytest.importorskip("pyarrow")
    assert panel_of(pyarrow.Table.from_pandas(frame)) == EXPECTED


@pytest.mark.parametrize(
    ("times", "names"),
    [
        (pd.to_datetime(["2020-09-07", "2020-10-01", "2020-11-02"]), ["2020-09-07", "2020-10-01", "2020-11-02"]),
        (pd.to_datetime(["2020-09-07 01:00", "2020-09-07 02:00", "2020-09-08 01:00"]), None),
        (pd.PeriodIndex(["2019Q4", "2020Q1", "2020Q2"], freq="Q"), ["2019Q4", "2020Q1", "2020Q2"]),
        (pd.PeriodIndex(["2020-09", "2020-10", "2020-11"], freq="M"), ["2020-09", "2020-10", "2020-11"]),
        (pd.PeriodIndex(["2020-09-07", "2020-09-14", "2020-09-21"], freq="W"), ["2020-09-07", "2020-09-14", "2020-09-21"]),
        (["Q3 2012", "Q1 2013", "Q2 2013"], ["Q3 2012", "Q1 2013", "Q2 2013"]),
        (pd.Categorical(["low", "mid", "end"], categories=["low", "mid", "end"], ordered=True), ["low", "mid", "end"]),
    ],
)
def test_times(frame, times, names):
    frame["time"] = list(times) * 2
    if isinstance(times, pd.Categorical):
        frame["time"] = pd.Categorical(list(times) * 2, categories=times.categories, ordered=True)
    _, found, rows = panel_of(frame.iloc[::-1])
    assert len(found) == 3
    assert names is None or found == names
    assert rows == [[4, 5, 6], [1, 2, 3]]


def test_missing_values(frame):
    frame.loc[1, "outcome"] = np.nan
    frame["treatment"] = frame["treatment"].astype(float)
    frame.loc[1, "treatment"] = np.nan
    _, _, rows = panel_of(frame.drop(index=3))
    assert np.isnan(rows[0][1])
    assert np.isnan(rows[1][0])


def test_covariates_may_be_missing(frame):
    frame["price"] = [1, 2, np.nan, 4, 5, 6]
    _, _, rows = panel_of(frame, covariates="price")
    assert np.isnan(rows[0][2])


def message(frame, names=NAMES, **more):
    with pytest.raises(rowwise.InputError) as failure:
        _frame.read(frame, *names, **more)
    return str(failure.value)


def test_rejected_frames(frame):
    assert message(frame, ("unti", *NAMES[1:])).startswith(
        'data frame: no column "unti"; name it with unit=. Columns: unit'
    )
    assert "both name the column" in message(frame, ("unit", "unit", *NAMES[2:]))
    assert message("sales.csv").endswith("read the file first, such as with pandas.read_csv")
    assert message(frame.iloc[:0]).startswith("data frame: no rows")
    assert message(pd.concat([frame, frame.iloc[[4]]])).startswith(
        'data frame, rows 4 and 6: unit "a", period "10" is given twice'
    )
    assert message(frame.assign(unit=["b", None, "b", "a", "a", "a"])) == (
        'data frame, row 1, column "unit": no unit; every row needs the name of its unit'
    )
    assert '"many" (row 2)' in message(frame.assign(outcome=["1", "2", "many", "4", "5", "6"]))
    assert "has the outcome Infinity" in message(frame.assign(outcome=[1, 2, np.inf, 4, 5, 6]))
    assert "no treatment although" in message(frame.assign(treatment=[0, 1, None, 0, 0, 1]))
    assert 'control="high"' in message(frame.assign(treatment=["no", "high", "no", "no", "low", "high"]))
    assert "NUL" in message(frame.assign(unit=["b\0", "b\0", "b\0", "a", "a", "a"]))
    assert "one value per unit" in message(frame.assign(people=[1, 1, 2, 1, 1, 1]), weights="people")


def test_the_frame_is_not_changed(frame):
    before = frame.copy(deep=True)
    _frame.read(frame, *NAMES)
    pd.testing.assert_frame_equal(frame, before)
