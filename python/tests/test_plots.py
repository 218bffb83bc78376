"""Plots show what the tables say."""

from __future__ import annotations

import numpy as np
import pytest

import rowwise

plt = pytest.importorskip("matplotlib.pyplot")


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def test_units(cheese_effects):
    ax = cheese_effects.plot.units()
    shown = np.concatenate([line.get_xdata() for line in ax.lines if line.get_marker() == "o"])
    assert sorted(shown) == sorted(cheese_effects.table["ate"].dropna())
    assert "ATE" in ax.get_xlabel()
    with pytest.raises(rowwise.InputError, match="effect="):
        cheese_effects.plot.units("late")


def test_units_that_adopt(staggered):
    effects = rowwise.estimate(staggered.panel, effects="constant")
    ax = effects.plot.units()
    assert "ATT" in ax.get_xlabel()
    assert [label.get_text() for label in ax.get_yticklabels()] == list(
        effects.table.dropna(subset=["att"]).sort_values("att")["unit"]
    )


def test_time(cheese_effects):
    ax = cheese_effects.plot.time()
    assert list(ax.lines[0].get_ydata()) == list(cheese_effects.by_period["effect"])
    event = cheese_effects.plot.time(event=True)
    assert "since treatment" in event.get_xlabel()


def test_unit(cheese_effects):
    figure, given = plt.subplots()
    ax = cheese_effects.plot.unit("BOSTON - STAR MARKET", ax=given)
    assert ax is given
    assert len(ax.lines) == 4
    assert figure.axes == [given]


def test_several_treatments(three_arms):
    effects = rowwise.estimate(three_arms, control="placebo", method="spectral")
    with pytest.raises(rowwise.InputError, match="high, low"):
        effects.plot.units()
    assert "high" in effects.plot.units(arm="high").get_title()
    assert len(effects.plot.unit(three_arms["unit"].iloc[0]).lines) == 6
