"""The result of an estimate."""

from __future__ import annotations

import html
import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from ._errors import translated
from ._java import java, run
from ._plots import Plots
from ._tables import data_frame

_WIDTH = 100
_CHECKS = {
    "placebo": "placebo",
    "anticipation": "anticipation",
    "carry_over": "carry-over",
    "pretended_adoption": "intervals under pretended treatments",
    "agreement": "agreement of methods",
}


class Effects:
    """Effects of a treatment on each unit, made by :func:`rowwise.estimate`.

    Tables are data frames with the columns of the program; an absent value is NaN. They are made when they are first
    asked for, and kept. What takes another fit (warnings, summary, report, checks) is computed then, too.
    """

    def __init__(self, java_result: Any, *, unit: str, time: str, outcome: str, treatment: str) -> None:
        self._java = java_result
        self.unit_column = unit
        self.time_column = time
        self.outcome_column = outcome
        self.treatment_column = treatment

    @cached_property
    def table(self) -> pd.DataFrame:
        """Effects table: one row per unit (and arm, if there are several treatments).

        The columns and values are those that ``rowwise estimate --output effects.csv`` writes: ``n_treated``,
        ``n_control``, ``n_missing``, ``propensity``; ``ate``, ``att`` and ``atu``, each with ``_se``, ``_ci_lo`` and
        ``_ci_hi``; ``p_value``, ``q_value``, ``prob_positive``, ``prob_top_decile``, ``grade`` and ``reason``.
        """
        return data_frame(self._java.table(False))

    def predictions(self) -> pd.DataFrame:
        """Return the effects table with predictions for units that lack an arm.

        Returns
        -------
        pandas.DataFrame
            :attr:`table` with the columns ``predicted_ate`` and its standard error and interval. A prediction comes
            from the unit's other outcomes and from other units; it is not an estimate.
        """
        with translated():
            return data_frame(self._java.table(True))

    @cached_property
    def averages(self) -> pd.DataFrame:
        """Averages over units, one row per treatment: ``ate``, ``att``, ``atu`` and ``att_over_cells``."""
        with translated():
            return data_frame(self._java.averages())

    @cached_property
    def by_group(self) -> pd.DataFrame:
        """Averages by group, and how each differs from the others (``contrast_``), one row per treatment and group."""
        with translated():
            return data_frame(self._java.byGroup())

    @cached_property
    def by_period(self) -> pd.DataFrame:
        """Average effect on the treated units of each period."""
        with translated():
            return data_frame(self._java.byPeriod())

    @cached_property
    def by_event_time(self) -> pd.DataFrame:
        """Average effect by the number of periods since treatment started, 0 for the first treated period."""
        with translated():
            return data_frame(self._java.byEventTime())

    @cached_property
    def pre_trends(self) -> pd.DataFrame:
        """Average gap between outcomes and model before treatment starts; near 0 if the model holds."""
        with translated():
            return data_frame(self._java.preTrends())

    def cells(self, unit: Any = None) -> pd.DataFrame:
        """Return the cells: observed outcome, arm, completed outcome in each arm, effect and its standard error.

        Parameters
        ----------
        unit
            The name of a unit, or ``None`` for all units.

        Returns
        -------
        pandas.DataFrame
            One row per unit and period, as ``rowwise estimate --cells`` writes it.
        """
        with translated():
            return data_frame(self._java.cells() if unit is None else self._java.cells(str(unit)))

    @cached_property
    def warnings(self) -> list[str]:
        """What makes the numbers doubtful, a sentence per warning; the guide explains each."""
        return [str(warning) for warning in run(self._java.warnings())]

    @property
    def level(self) -> float:
        """Confidence level of the intervals."""
        return float(self._java.effects().confidenceLevel())

    @property
    def arms(self) -> list[str]:
        """Names of the arms, control first."""
        return [str(name) for name in self._java.effects().panel().armNames()]

    @property
    def seconds(self) -> float:
        """Duration of the fit."""
        return float(self._java.seconds())

    @property
    def provenance(self) -> dict[str, Any]:
        """What the numbers follow from: version, method, options, seed, backend and the hash of the data."""
        made = self._java.effects().provenance()
        return {
            "version": str(made.version()),
            "method": str(made.method()),
            "options": {str(name): str(value) for name, value in made.options().items()},
            "seed": int(made.seed()),
            "backend": str(made.backend()),
            "backend_version": str(made.backendVersion()),
            "data_hash": str(made.dataHash()),
        }

    def summary(self, width: int = _WIDTH) -> str:
        """Return the summary that ``rowwise estimate`` prints.

        Parameters
        ----------
        width
            Maximum width of lines.
        """
        return str(run(self._java.summary(width)))

    def check(self, *, horizons: int = 3, bound: float = 0.36, draws: int = 10) -> Checks:
        """Check whether the effects can be believed, as ``rowwise check``.

        Hides outcomes that are known, predicts them from the rest, and compares: before treatment starts, after it
        ends, and under pretended treatments. A report that is written afterwards has the checks.

        Parameters
        ----------
        horizons
            Number of control periods to hide before each start of treatment and after each end.
        bound
            Gap that would not matter, in standard deviations of what unit and period effects leave of control outcomes.
        draws
            Number of panels with pretended treatments; each is fitted.

        Returns
        -------
        Checks
            A verdict for each check and one in all.
        """
        with translated():
            task = self._java.check(horizons, float(bound), draws)
        return Checks(json.loads(str(run(task))))

    def report(self, path: str | os.PathLike[str], *, predict: bool = False) -> Path:
        """Write a report: one HTML file that opens in a browser and loads nothing.

        Parameters
        ----------
        path
            A file that ends in ``.html``.
        predict
            Whether its table has predictions for units that lack an arm.

        Returns
        -------
        pathlib.Path
            The file. It is written completely or not at all.
        """
        return self._write(self._java.report, path, predict)

    def to_json(self, path: str | os.PathLike[str], *, predict: bool = False) -> Path:
        """Write the whole result as one JSON document, as the program does.

        Parameters
        ----------
        path
            A file that ends in ``.json``.
        predict
            Whether units have their predictions.

        Returns
        -------
        pathlib.Path
            The file. It is written completely or not at all.
        """
        return self._write(self._java.json, path, predict)

    def _write(self, write: Any, path: str | os.PathLike[str], predict: bool) -> Path:
        # Java has its own working folder, that of its start.
        file = Path(path).expanduser().absolute()
        with translated():
            task = write(_java_path(file), predict)
        run(task)
        return file

    @property
    def plot(self) -> Plots:
        """Plots of the result: ``plot.units()``, ``plot.time()`` and ``plot.unit(name)``."""
        return Plots(self)

    def _is_extrapolated(self, arm: str | None) -> bool:
        """Return whether most ATEs rest on periods without a comparison, so that the ATT is the effect to read."""
        table = self.table if arm is None else self.table[self.table["arm"] == arm]
        return bool((table["grade"] == "extrapolated").sum() * 2 > table["ate"].notna().sum())

    def _shown(self, row: pd.Series) -> list[str]:
        """Return the averages of a treatment in words, the one to read first."""
        if self._is_extrapolated(row.get("arm")):
            return [_estimate(row, "att"), _estimate(row, "ate") + " (extrapolated)"]
        return [_estimate(row, "ate"), _estimate(row, "att")]

    def __str__(self) -> str:
        return self.summary()

    def __repr__(self) -> str:
        lines = [f"Effects of {self.treatment_column} on {self.outcome_column}: {len(self.table)} rows in .table"]
        for _, row in self.averages.iterrows():
            arm = f"{row['arm']}: " if "arm" in row else ""
            lines.append(f"  {arm}{', '.join(self._shown(row))}, over {row['units']:.0f} units")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        averages = "".join(
            "<tr>"
            + (f"<th>{html.escape(str(row['arm']))}</th>" if "arm" in row else "")
            + "".join(f"<td>{shown}</td>" for shown in self._shown(row))
            + f"<td>{row['units']:.0f} units</td></tr>"
            for _, row in self.averages.iterrows()
        )
        grades = ", ".join(f"{count} {grade}" for grade, count in self.table["grade"].value_counts().items())
        columns = ("unit", "arm", "ate", "ate_ci_lo", "ate_ci_hi", "att", "grade")
        shown = [name for name in columns if name in self.table]
        by = "att" if self._is_extrapolated(None) else "ate"
        table = self.table[shown].sort_values(by, ascending=False, na_position="last")
        rows = table if len(table) <= 10 else pd.concat([table.head(5), table.dropna(subset=[by]).iloc[5:].tail(5)])
        few = "" if len(rows) == len(table) else f" of {len(table)}, those with the highest and lowest effects"
        return (
            f"<p><b>Effect of {html.escape(self.treatment_column)} on {html.escape(self.outcome_column)}</b>,"
            f" {self.level:.0%} intervals</p><table>{averages}</table><p>{grades}</p>"
            f"{rows.to_html(index=False, float_format='{:.4g}'.format, na_rep='')}"
            f"<p>{len(rows)} rows{few}. <code>.table</code> has all, <code>.warnings</code> what makes them doubtful,"
            " <code>.report(path)</code> writes the report.</p>"
        )


@dataclass(frozen=True)
class Checks:
    """Checks of a result.

    Attributes
    ----------
    document
        All of it, as the program writes it to JSON.
    """

    document: dict[str, Any]

    @property
    def verdict(self) -> str:
        """The worst of the verdicts."""
        return str(self.document["verdict"])

    @property
    def conclusion(self) -> str:
        """All checks in a sentence or two; says what to leave out or to widen."""
        return str(self.document["conclusion"])

    @property
    def lead(self) -> int:
        """Number of control periods before treatment to leave out, for ``estimate(..., lead=)``."""
        return int(self.document["lead"])

    @property
    def washout(self) -> int:
        """Number of control periods after treatment to leave out, for ``estimate(..., washout=)``."""
        return int(self.document["washout"])

    @property
    def widening(self) -> float:
        """Factor by which intervals have to be wider; ``estimate(..., calibrate=True)`` widens them."""
        return float(self.document["widening"])

    @property
    def table(self) -> pd.DataFrame:
        """One row per check: its verdict and its conclusion."""
        return pd.DataFrame(
            [
                {"check": label, **{key: self.document[name][key] for key in ("verdict", "conclusion")}}
                for name, label in _CHECKS.items()
            ]
        )

    def __str__(self) -> str:
        lines = [f"{self.verdict}: {self.conclusion}"]
        lines += [f"  {row.check}: {row.verdict}: {row.conclusion}" for row in self.table.itertuples()]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return str(self)


def _estimate(row: pd.Series, name: str) -> str:
    value, low, high = row[name], row[f"{name}_ci_lo"], row[f"{name}_ci_hi"]
    if pd.isna(value):
        return f"{name.upper()} not estimable"
    interval = "" if pd.isna(low) else f" [{low:.4g}, {high:.4g}]"
    return f"{name.upper()} {value:.4g}{interval}"


def _java_path(file: Path) -> Any:
    java("Analyses")
    import jpype

    return jpype.JClass("java.nio.file.Path").of(str(file))
