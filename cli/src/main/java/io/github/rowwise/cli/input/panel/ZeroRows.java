package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.tables.AbsentRows;
import java.util.List;

/** Fills cells without a row with outcomes of 0 if the user wants it, and counts them. */
final class ZeroRows {

    private final PanelSource source;
    private final List<String> units;
    private long filled;

    ZeroRows(PanelSource source, List<String> units) {
        this.source = source;
        this.units = units;
    }

    /** Returns whether cells are filled at all. */
    boolean isWanted() {
        return source.rules().absentRows().isZero();
    }

    void fill(int unit, byte[] arms, double[] outcomes, byte absent) {
        if (!isWanted()) {
            return;
        }
        int count = source.rules().absentRows().fill(arms, outcomes, 0, arms.length, absent);
        if (count == AbsentRows.UNKNOWN) {
            throw new UserInputException(
                    source.name() + ": " + AbsentRows.unknown("--absent-rows ", Quoted.value(units.get(unit))));
        }
        filled += count;
    }

    /** Returns the number of cells that were filled. */
    long filled() {
        return filled;
    }
}
