"""Numbers from Python are those of the program, to the last digit."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from conftest import CHEESE, ROOT

import rowwise


def options(columns):
    return [part for name, column in columns.items() for part in (f"--{name}", column)]


def same(ours: pd.DataFrame, file) -> None:
    """Compare with a CSV, whose digits read back as the same doubles."""
    theirs = pd.read_csv(file, dtype={"unit": str, "time": str, "arm": str}, float_precision="round_trip")
    assert list(ours.columns) == list(theirs.columns)
    for name in theirs:
        if theirs[name].isna().all():
            assert ours[name].isna().all(), name
        else:
            values = ours[name].astype(theirs[name].dtype)
            pd.testing.assert_series_equal(values, theirs[name], check_exact=True, check_dtype=False)


def test_cheese(program, cheese_effects, tmp_path):
    table, cells, document = tmp_path / "effects.csv", tmp_path / "cells.csv", tmp_path / "effects.json"
    columns = options(CHEESE)
    program("estimate", ROOT / "examples/cheese-display.csv", *columns, "--output", table, "--cells", cells, "--quiet")
    same(cheese_effects.table, table)
    same(cheese_effects.cells(), cells)

    program("estimate", ROOT / "examples/cheese-display.csv", *columns, "--output", document, "--quiet")
    theirs = json.loads(document.read_text())
    ours = json.loads(cheese_effects.to_json(tmp_path / "ours.json").read_text())
    del theirs["seconds"], ours["seconds"], theirs["panel"]["file"], ours["panel"]["file"]
    assert ours == theirs
    assert cheese_effects.warnings == theirs["warnings"]
    average = theirs["averages"][0]["ate"]
    assert cheese_effects.averages.loc[0, ["ate", "ate_se", "ate_ci_lo", "ate_ci_hi"]].tolist() == list(average.values())
    for ours_table, name in (
        (cheese_effects.by_period, "effect_by_period"),
        (cheese_effects.by_event_time, "by_event_time"),
        (cheese_effects.pre_trends, "pre_trends"),
    ):
        expected = pd.DataFrame(theirs[name]).drop(columns="arm")
        pd.testing.assert_frame_equal(ours_table, expected, check_exact=True, check_like=True, check_dtype=False)


@pytest.mark.parametrize("method", ["factor-model", "spectral"])
def test_three_arms(program, three_arms, tmp_path, method):
    source, table = tmp_path / "panel.csv", tmp_path / "effects.csv"
    three_arms.to_csv(source, index=False)
    program("estimate", source, "--control", "placebo", "--method", method, "--seed", 9, "--output", table, "--quiet")

    effects = rowwise.estimate(three_arms, control="placebo", method=method, seed=9, threads=1)

    assert effects.arms == ["placebo", "high", "low"]
    same(effects.table, table)


def test_staggered(program, tmp_path):
    source, truth, table = tmp_path / "panel.csv", tmp_path / "truth.csv", tmp_path / "effects.csv"
    size = ["--units", 40, "--periods", 30, "--rank", 2, "--missing", 0.05]
    program("simulate", *size, "--assignment", "staggered", "--seed", 4, "--output", source, "--truth", truth)
    program("estimate", source, "--output", table, "--predict", "--quiet", "--confidence-level", 0.9)

    simulated = rowwise.simulate(units=40, periods=30, rank=2, missing=0.05, assignment="staggered", seed=4)
    same(simulated.panel, source)
    same(simulated.truth, truth)
    effects = rowwise.estimate(simulated.panel, level=0.9)
    same(effects.predictions(), table)


def test_evaluation(program, staggered, tmp_path):
    source, table = tmp_path / "panel.csv", tmp_path / "evaluation.csv"
    staggered.panel.to_csv(source, index=False)
    program("evaluate", source, "--draws", 1, "--method", "spectral", "--output", table, "--quiet")

    same(rowwise.evaluate(staggered.panel, draws=1, method="spectral").table, table)
