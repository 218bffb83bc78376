"""The commands of the program as functions.

``target`` and ``power`` of the program join them here once the Java bindings have them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Sequence

import pandas as pd

from . import _frame
from ._effects import Effects
from ._errors import translated
from ._java import java, run
from ._tables import data_frame

_WIDTH = 100


def _settings(**options: Any) -> Any:
    """Return settings of Java; an option that is ``None`` has its default."""
    settings = java("Settings").defaults()
    for name, value in options.items():
        if value is None or value is False:
            continue
        if value is True:
            text = "true"
        elif isinstance(value, Sequence) and not isinstance(value, str):
            text = ",".join(str(one) for one in value)
        else:
            text = str(value)
        settings = getattr(settings, "with_")(name, text)
    return settings


def estimate(
    df: Any,
    *,
    unit: str = "unit",
    time: str = "time",
    outcome: str = "outcome",
    treatment: str = "treatment",
    control: Any = None,
    method: str = "factor-model",
    rank: int | str | Sequence[int] = "auto",
    noise: str | None = None,
    effects: str | None = None,
    centring: str | None = None,
    level: float = 0.95,
    covariates: str | Sequence[str] | None = None,
    attributes: str | Sequence[str] | None = None,
    weights: str | None = None,
    group: str | None = None,
    group_base: str | None = None,
    lead: int = 0,
    washout: int = 0,
    calibrate: bool = False,
    cell_errors: bool = True,
    threads: int | None = None,
    backend: str | None = None,
    seed: int = 1,
) -> Effects:
    """Estimate the effect of a treatment on each unit.

    Same input, options and seed give the same numbers as ``rowwise estimate``, to the last digit, whatever the number
    of threads. Ctrl-C cancels a fit.

    Parameters
    ----------
    df
        A data frame in long form, one row per unit and period: of pandas, polars, pyarrow, Spark, or any other with
        ``to_pandas``, ``__arrow_c_stream__`` or ``__dataframe__``, or a mapping from names to columns. Rows may come in
        any order, and those of absent periods may be absent. Levels of a pandas index count as columns.
    unit, time, outcome, treatment
        Names of the columns. Units and periods are numbers, texts, dates or categories; periods are put in the order of
        time. An outcome is a number, NaN where it is missing. A missing outcome is a missing cell, never a zero.
    control
        The level of the treatment that means no treatment. Not needed for 0/1 and true/false. Each other level is an
        arm.
    method
        ``"factor-model"``, or ``"spectral"`` for Algorithm 1 of arXiv:2605.30319.
    rank
        Number of factors. With the factor model ``"auto"`` or a number to start from. With the spectral method also
        ``"sign-flip"``, ``"eigenvalue-ratio"``, ``"spectral-gap"``, ``"held-out"``, or one number per arm, control
        first.
    noise
        Noise of the factor model: ``"ar1"`` (default), ``"iid"`` or ``"block-jackknife"``.
    effects
        How effects may change over time in the factor model: ``"auto"`` (default), ``"constant"``, ``"factors"`` or
        ``"onset"``.
    centring
        Means that the spectral method subtracts first: ``"two-way"`` (default), ``"unit"`` or ``"none"``.
    level
        Confidence level of the intervals.
    covariates
        Columns of numbers that explain the outcome of a row, such as a price. A covariate should not be moved by the
        treatment.
    attributes
        Columns with one number or text per unit, on which effects may depend.
    weights
        Column of the units' weights in averages, numbers above 0.
    group
        Column of the units' groups: averages by group, and intervals that count groups where they decide treatment.
    group_base
        The group that others are compared with, instead of all others together.
    lead, washout
        Number of control periods to leave out before each start and after each end of treatment.
    calibrate
        Widen all intervals by the factor that pretended treatments call for; takes as long as :meth:`Effects.check`.
    cell_errors
        Whether single cells get standard errors, for :meth:`Effects.cells`; they take memory.
    threads
        Number of threads; one per core by default.
    backend
        Linear-algebra backend; the best one by default.
    seed
        Seed of all random numbers.

    Returns
    -------
    Effects
        Effects of the units, averages, warnings, plots and the report.

    Raises
    ------
    InputError
        If the data frame is no panel, or an option is wrong. The message says where, and what to do.
    NotIdentifiedError
        If the data identify no effect, such as where all units are treated in the same periods.
    JavaNotFoundError
        If there is no Java 17 or newer.

    Examples
    --------
    >>> effects = rowwise.estimate(sales, unit="store", time="week", outcome="revenue", treatment="promotion")
    >>> effects.table.sort_values("ate", ascending=False).head()
    """
    frame = _frame.read(df, unit, time, outcome, treatment, control, covariates, attributes, weights, group)
    with translated():
        if lead or washout:
            frame = frame.withoutTransitions(lead, washout)
        settings = _settings(
            method=method,
            rank=rank,
            noise=noise,
            effects=effects,
            centring=centring,
            level=level,
            group_base=group_base,
            calibrate=calibrate,
            cell_errors=cell_errors,
            threads=threads,
            backend=backend,
            seed=seed,
        )
        task = java("Analyses").estimate(frame, settings)
    return Effects(run(task), outcome=outcome, time=time, unit=unit, treatment=treatment)


@dataclass(frozen=True)
class Inspection:
    """A panel before any fit.

    Attributes
    ----------
    units
        One row per unit (and arm, if there are several): periods in each arm, propensity, grade and its reason.
    summary
        What ``rowwise inspect`` prints: shape, missing cells, assignment pattern, grades, spectrum, warnings.
    """

    units: pd.DataFrame
    summary: str

    def __str__(self) -> str:
        return self.summary

    def __repr__(self) -> str:
        return self.summary


def inspect(
    df: Any,
    *,
    unit: str = "unit",
    time: str = "time",
    outcome: str = "outcome",
    treatment: str = "treatment",
    control: Any = None,
    rank: int | str | Sequence[int] = "auto",
    threads: int | None = None,
    seed: int = 1,
) -> Inspection:
    """Describe a panel before any fit, as ``rowwise inspect``.

    Parameters
    ----------
    df, unit, time, outcome, treatment, control, rank, threads, seed
        As for :func:`estimate`.

    Returns
    -------
    Inspection
        Printing it shows the description.
    """
    frame = _frame.read(df, unit, time, outcome, treatment, control)
    with translated():
        settings = _settings(rank=rank, threads=threads, seed=seed)
        units = data_frame(java("Analyses").units(frame))
        task = java("Analyses").inspect(frame, settings, _WIDTH)
    return Inspection(units, str(run(task)))


@dataclass(frozen=True)
class Evaluation:
    """The accuracy of methods on panels like the user's whose effects are known.

    Attributes
    ----------
    table
        One row per arm and method: bias, RMSE, rank correlation, coverage and width of the intervals.
    document
        All of it, as the program writes it to JSON.
    summary
        What ``rowwise evaluate`` prints.
    """

    table: pd.DataFrame
    document: dict[str, Any]
    summary: str

    def __str__(self) -> str:
        return self.summary

    def __repr__(self) -> str:
        return self.summary


def evaluate(
    df: Any,
    *,
    unit: str = "unit",
    time: str = "time",
    outcome: str = "outcome",
    treatment: str = "treatment",
    control: Any = None,
    draws: int = 20,
    method: str = "factor-model",
    rank: int | str | Sequence[int] = "auto",
    noise: str | None = None,
    effects: str | None = None,
    centring: str | None = None,
    level: float = 0.95,
    threads: int | None = None,
    backend: str | None = None,
    seed: int = 1,
) -> Evaluation:
    """Measure how accurate the method is on panels like this one, as ``rowwise evaluate``.

    Keeps the treatment and the missing cells, draws outcomes whose effects are known, and compares.

    Parameters
    ----------
    df, unit, time, outcome, treatment, control, method, rank, noise, effects, centring, level, threads, backend, seed
        As for :func:`estimate`.
    draws
        Number of panels to draw; each is fitted by every method.

    Returns
    -------
    Evaluation
        Printing it shows the summary.
    """
    frame = _frame.read(df, unit, time, outcome, treatment, control)
    with translated():
        settings = _settings(
            method=method,
            rank=rank,
            noise=noise,
            effects=effects,
            centring=centring,
            level=level,
            threads=threads,
            backend=backend,
            seed=seed,
        )
        task = java("Analyses").evaluate(frame, settings, draws)
    result = run(task)
    return Evaluation(data_frame(result.table()), json.loads(str(result.json())), str(result.summary()))


@dataclass(frozen=True)
class Simulation:
    """A simulated panel.

    Attributes
    ----------
    panel
        One row per unit and period: ``unit``, ``time``, ``outcome``, ``treatment``.
    truth
        The true effects, one row per unit: ``unit``, ``ate``, ``att``, ``atu``.
    """

    panel: pd.DataFrame
    truth: pd.DataFrame


def simulate(
    *,
    units: int = 200,
    periods: int = 200,
    rank: int = 3,
    noise: float = 0.5,
    baseline: float = 3.0,
    effect: float = 1.0,
    spread: float = 0.5,
    assignment: str = "by-unit",
    noise_form: str = "iid",
    missing: float = 0.0,
    seed: int = 1,
) -> Simulation:
    """Draw a panel whose true effects are known, as ``rowwise simulate``.

    Parameters
    ----------
    units, periods
        Size of the panel.
    rank
        Number of factors behind the untreated outcomes.
    noise
        Standard deviation of the noise.
    baseline
        Mean of the untreated outcomes.
    effect, spread
        Average effect, and how much effects vary between units and periods.
    assignment
        ``"by-unit"``, ``"rare"``, ``"by-period"``, ``"confounded"``, ``"blocks"`` or ``"staggered"``.
    noise_form
        ``"iid"``, ``"unequal"`` (between units), ``"t3"`` (heavy tails) or ``"ar1"``.
    missing
        Share of outcomes that are missing at random.
    seed
        The seed.

    Returns
    -------
    Simulation
        The panel and its true effects.
    """
    with translated():
        tables = java("Analyses").simulate(
            units,
            periods,
            rank,
            float(noise),
            float(baseline),
            float(effect),
            float(spread),
            assignment,
            noise_form,
            float(missing),
            seed,
        )
    return Simulation(data_frame(tables[0]), data_frame(tables[1]))
