"""Panels of the tests, and the program to compare with."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import rowwise

ROOT = Path(__file__).resolve().parents[2]
CHEESE = {"unit": "retailer", "time": "week", "outcome": "log_volume", "treatment": "display"}


@pytest.fixture(scope="session")
def cheese() -> pd.DataFrame:
    # By default pandas reads some numbers as the neighbouring double.
    return pd.read_csv(ROOT / "examples/cheese-display.csv", float_precision="round_trip")


@pytest.fixture(scope="session")
def cheese_effects(cheese: pd.DataFrame) -> rowwise.Effects:
    return rowwise.estimate(cheese, **CHEESE)


@pytest.fixture(scope="session")
def staggered() -> rowwise.Simulation:
    return rowwise.simulate(units=40, periods=30, assignment="staggered", rank=2, missing=0.05, seed=4)


@pytest.fixture(scope="session")
def three_arms() -> pd.DataFrame:
    """A panel with two treatments, texts as arms and dates as periods."""
    panel = rowwise.simulate(units=36, periods=40, rank=2, seed=6).panel
    treated = panel["treatment"].astype(int)
    odd = panel["unit"].str.extract(r"(\d+)$")[0].astype(int) % 2 + panel["time"].astype(int) % 2 == 1
    panel["treatment"] = np.where(treated == 0, "placebo", np.where(odd, "high", "low"))
    panel["outcome"] += np.where((treated == 1) & odd, 0.7, 0)
    panel["time"] = (pd.Timestamp("2020-01-06") + pd.to_timedelta(7 * panel["time"].astype(int), "D")).astype(str)
    return panel


@pytest.fixture(scope="session")
def program():
    """The program, to be called with options."""
    main = ROOT / "cli/target"
    jars = [*main.glob("rowwise-cli-*.jar"), *(main / "lib").glob("*.jar")]
    if not (main / "lib").is_dir():
        pytest.fail("the program is not built; mvn package builds it")
    java = Path(os.environ["JAVA_HOME"], "bin/java") if os.environ.get("JAVA_HOME") else "java"

    def run(*options: object) -> str:
        command = [java, "-cp", os.pathsep.join(map(str, jars)), "io.github.rowwise.cli.Rowwise", *map(str, options)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
