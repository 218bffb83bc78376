package io.github.rowwise.cli.input;

import io.github.rowwise.panel.OutcomeStorage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A panel to be read.
 *
 * @param origin the file or database
 * @param columns the columns that form the panel
 * @param control the level of the treatment that is the control, or {@code null} if the treatment is 0/1 or true/false
 * @param where an SQL condition that selects rows, or {@code null} for all rows
 * @param storage the type in which outcomes are stored; ignored for a panel file, which has a type already
 * @param rules how the values of the table are read
 * @param covariates columns with a number in each cell that explains its outcome
 * @param unitColumns further columns, with one value per unit
 * @param cellConditions SQL conditions whose cells are wanted
 */
public record PanelSource(
        PanelOrigin origin,
        PanelColumns columns,
        @Nullable String control,
        @Nullable String where,
        OutcomeStorage storage,
        TableRules rules,
        List<String> covariates,
        List<UnitColumnSpec> unitColumns,
        List<String> cellConditions) {

    /** Keeps copies of the lists. */
    public PanelSource {
        covariates = List.copyOf(covariates);
        unitColumns = List.copyOf(unitColumns);
        cellConditions = List.copyOf(cellConditions);
    }

    /**
     * Creates a source that is read by the usual rules.
     *
     * @param origin the file or database
     * @param columns the columns that form the panel
     * @param control the control level, or {@code null}
     * @param where an SQL condition that selects rows, or {@code null}
     * @param storage the type in which outcomes are stored
     */
    public PanelSource(
            PanelOrigin origin,
            PanelColumns columns,
            @Nullable String control,
            @Nullable String where,
            OutcomeStorage storage) {
        this(origin, columns, control, where, storage, TableRules.DEFAULT, List.of(), List.of(), List.of());
    }

    /**
     * Returns the name of the origin for messages.
     *
     * @return the name, with control characters escaped
     */
    public String name() {
        return origin.name();
    }
}
