package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelFile;
import io.github.rowwise.panel.UnitColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A panel and how it was read.
 *
 * @param panel the panel
 * @param file the panel file that stores its cells, or {@code null} if they are in memory
 * @param source the input
 * @param rows number of rows used; for a panel file, number of observed cells
 * @param timeKind kind of the periods, for example dates
 * @param missingCells counts of the cells without an outcome
 * @param warnings warnings about the input
 * @param unitColumns further columns with one value per unit, parallel to those of the source
 * @param conditions the cells of the source's conditions
 * @param seconds time taken to read, in seconds
 */
public record PanelInput(
        Panel panel,
        @Nullable PanelFile file,
        PanelSource source,
        long rows,
        String timeKind,
        MissingCells missingCells,
        List<String> warnings,
        List<UnitColumn> unitColumns,
        List<ConditionCells> conditions,
        double seconds)
        implements AutoCloseable {

    /** Keeps copies of the lists. */
    public PanelInput {
        warnings = List.copyOf(warnings);
        unitColumns = List.copyOf(unitColumns);
        conditions = List.copyOf(conditions);
    }

    /**
     * Returns the column that an option names.
     *
     * @param option the option
     * @return the column, or {@code null} if the option was not given
     */
    public @Nullable UnitColumn unitColumn(String option) {
        for (int k = 0; k < unitColumns.size(); k++) {
            if (source.unitColumns().get(k).option().equals(option)) {
                return unitColumns.get(k);
            }
        }
        return null;
    }

    /** Closes the panel file, if there is one. */
    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
