"""Plots by matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ._errors import InputError

if TYPE_CHECKING:
    from ._effects import Effects

_BLUE, _ORANGE, _GREEN, _GREY = "#1f77b4", "#d95f02", "#1b9e77", "#888888"
_COLOURS = (_ORANGE, _BLUE, _GREEN, "#7570b3", "#e7298a", "#66a61e")
_MOST_NAMES = 40
_MOST_TICKS = 12


def _axes(ax: Any, figsize: tuple[float, float]) -> Any:
    if ax is not None:
        return ax
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        raise ImportError("plots need matplotlib; install it, such as with pip install rowwise[plot]") from None
    return plt.subplots(figsize=figsize, layout="constrained")[1]


class Plots:
    """Plots of a result. Each returns the matplotlib axes it drew on."""

    def __init__(self, effects: Effects) -> None:
        self._effects = effects

    def _arm(self, arm: str | None) -> str:
        treatments = self._effects.arms[1:]
        if arm is None:
            if len(treatments) > 1:
                raise InputError(f"there are several treatments; name one with arm=: {', '.join(treatments)}")
            return treatments[0]
        if str(arm) not in treatments:
            raise InputError(f'no treatment "{arm}"; there are {", ".join(treatments)}')
        return str(arm)

    def _of_arm(self, table: pd.DataFrame, arm: str) -> pd.DataFrame:
        return table[table["arm"] == arm] if "arm" in table else table

    def _is_extrapolated(self, arm: str) -> bool:
        return self._effects._is_extrapolated(arm if len(self._effects.arms) > 2 else None)

    def _title(self, arm: str) -> str:
        name = arm if len(self._effects.arms) > 2 else self._effects.treatment_column
        return f"Effect of {name} on {self._effects.outcome_column}"

    def units(self, effect: str | None = None, *, arm: str | None = None, ax: Any = None) -> Any:
        """Draw the effect on each unit with its interval, from the lowest to the highest.

        Units whose estimate rests on few periods or is extrapolated are paler.

        Parameters
        ----------
        effect
            ``"ate"``, ``"att"`` or ``"atu"``. By default the ATE, or the ATT where most ATEs are extrapolated, as where
            units adopt and stay.
        arm
            The treatment, if there are several.
        ax
            Axes to draw on; new ones by default.

        Returns
        -------
        matplotlib.axes.Axes
            The axes.
        """
        arm = self._arm(arm)
        table = self._of_arm(self._effects.table, arm)
        if effect is None:
            effect = "att" if self._is_extrapolated(arm) else "ate"
        if effect not in ("ate", "att", "atu"):
            raise InputError(f'effect="{effect}": "ate", "att" or "atu"')
        table = table.dropna(subset=[effect]).sort_values(effect)
        named = len(table) <= _MOST_NAMES
        ax = _axes(ax, (7, max(2.5, 0.22 * len(table) + 1)) if named else (7, 5))
        where = np.arange(len(table))
        strong = (table["grade"] == "ok").to_numpy() | (effect == "att") & (table["grade"] == "extrapolated").to_numpy()
        for chosen, colour, label in ((strong, _BLUE, None), (~strong, "#9ecae1", "weak or extrapolated")):
            if chosen.any():
                some = table[chosen]
                ax.hlines(where[chosen], some[f"{effect}_ci_lo"], some[f"{effect}_ci_hi"], color=colour, lw=1)
                ax.plot(some[effect], where[chosen], "o", ms=4 if named else 2, color=colour, label=label)
        ax.axvline(0, color=_GREY, lw=0.8, zorder=0)
        average = self._of_arm(self._effects.averages, arm)[effect].iloc[0]
        if np.isfinite(average):
            ax.axvline(average, color=_ORANGE, lw=1, ls="--", zorder=0, label=f"average {effect.upper()} {average:.3g}")
        if named:
            ax.set_yticks(where, table["unit"], fontsize="small")
        else:
            ax.set_yticks([])
            ax.set_ylabel(f"{len(table)} units, by effect")
        ax.margins(y=0.02)
        ax.set_xlabel(f"{effect.upper()}, {self._effects.level:.0%} interval")
        ax.set_title(self._title(arm))
        ax.legend(loc="lower right", frameon=False, fontsize="small")
        return ax

    def time(self, *, event: bool | None = None, arm: str | None = None, ax: Any = None) -> Any:
        """Draw the average effect over time with its interval.

        Parameters
        ----------
        event
            True for the time since the start of treatment, with the gaps before it; false for periods. By default true
            where most units are treated from one period on, to the end.
        arm
            The treatment, if there are several.
        ax
            Axes to draw on; new ones by default.

        Returns
        -------
        matplotlib.axes.Axes
            The axes.
        """
        arm = self._arm(arm)
        ax = _axes(ax, (7, 4))
        if event is None:
            event = self._is_extrapolated(arm)
        if event:
            self._event_time(ax, arm)
        else:
            table = self._of_arm(self._effects.by_period, arm).reset_index(drop=True)
            self._band(ax, table.index.to_numpy(), table, "effect", _BLUE, None)
            ticks = np.unique(np.linspace(0, len(table) - 1, min(_MOST_TICKS, len(table))).astype(int))
            ax.set_xticks(ticks, table["period"].iloc[ticks])
            if table["period"].str.len().max() > 6:
                ax.tick_params(axis="x", labelrotation=45)
            ax.set_xlabel(self._effects.time_column)
        ax.axhline(0, color=_GREY, lw=0.8, zorder=0)
        ax.set_ylabel(f"effect on the treated, {self._effects.level:.0%} interval")
        ax.set_title(self._title(arm))
        return ax

    def _event_time(self, ax: Any, arm: str) -> None:
        before = self._of_arm(self._effects.pre_trends, arm).sort_values("event_time")
        after = self._of_arm(self._effects.by_event_time, arm).sort_values("event_time")
        if len(before):
            self._band(ax, before["event_time"].to_numpy(), before, "residual", _GREY, "gap before treatment")
        self._band(ax, after["event_time"].to_numpy(), after, "effect", _BLUE, "effect")
        ax.axvline(-0.5, color=_GREY, lw=0.8, ls=":", zorder=0)
        # Times with few units have intervals that would flatten all others.
        shown = [
            some.loc[some["units"] * 5 >= some["units"].max(), [f"{name}_ci_lo", f"{name}_ci_hi"]].to_numpy()
            for some, name in ((before, "residual"), (after, "effect"))
        ]
        limits = np.concatenate([values.ravel() for values in shown])
        limits = np.append(limits[np.isfinite(limits)], 0)
        if len(limits) > 1:
            room = 0.05 * (limits.max() - limits.min())
            ax.set_ylim(limits.min() - room, limits.max() + room)
        ax.set_xlabel("periods since treatment started")
        ax.legend(frameon=False, fontsize="small")

    @staticmethod
    def _band(ax: Any, x: Any, table: pd.DataFrame, name: str, colour: str, label: str | None) -> None:
        ax.fill_between(x, table[f"{name}_ci_lo"], table[f"{name}_ci_hi"], color=colour, alpha=0.2, lw=0)
        ax.plot(x, table[name], marker="o" if len(table) <= 60 else None, ms=3, color=colour, lw=1.2, label=label)

    def unit(self, name: Any, *, ax: Any = None) -> Any:
        """Draw a unit's observed outcomes next to its completed outcomes in each arm.

        Parameters
        ----------
        name
            The unit.
        ax
            Axes to draw on; new ones by default.

        Returns
        -------
        matplotlib.axes.Axes
            The axes.
        """
        cells = self._effects.cells(name)
        arms = self._effects.arms
        ax = _axes(ax, (8, 4))
        where = np.arange(len(cells))
        labels = ("control", "treated") if len(arms) == 2 else tuple(arms)
        for number, arm in enumerate(arms):
            colour = _GREY if number == 0 else _COLOURS[(number - 1) % len(_COLOURS)]
            completed = cells[f"outcome_{arm}"]
            if completed.notna().any():
                ax.plot(where, completed, color=colour, lw=1.2, label=f"completed, {labels[number]}")
            chosen = (cells["arm"] == arm).to_numpy()
            if chosen.any():
                label = f"observed, {labels[number]}"
                ax.plot(where[chosen], cells["observed"][chosen], "o", ms=4, color=colour, label=label)
        ticks = np.unique(np.linspace(0, len(cells) - 1, min(_MOST_TICKS, len(cells))).astype(int))
        ax.set_xticks(ticks, cells["time"].iloc[ticks])
        if cells["time"].str.len().max() > 6:
            ax.tick_params(axis="x", labelrotation=45)
        ax.set_xlabel(self._effects.time_column)
        ax.set_ylabel(self._effects.outcome_column)
        ax.set_title(str(name))
        low, high = ax.get_ylim()
        ax.set_ylim(low, high + 0.22 * (high - low))
        ax.legend(frameon=False, fontsize="small", ncols=2, loc="upper left")
        return ax
