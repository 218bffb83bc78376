package io.github.rowwise.bindings;

import io.github.rowwise.cli.input.PanelColumns;
import io.github.rowwise.cli.input.PanelOrigin;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.TableRules;
import io.github.rowwise.cli.input.panel.MissingCells;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.internal.text.AlikeUnits;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.panel.PeriodOrder;
import io.github.rowwise.tables.ArmLevels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns the columns of a data frame into a panel, by the rules by which the program reads a table. */
final class FrameReader {

    private static final int MAX_LEVELS = 1000;
    private static final int MAX_REASONS = 1000;
    private static final String NAN = "outcome NaN";
    private static final String NO_COVARIATE = "covariate missing";

    private final long start = System.nanoTime();
    private final double[] outcomes;
    private final String outcomeName;
    private final Codes units;
    private final Codes periods;
    private final boolean isOrdered;
    private final Codes arms;
    private final @Nullable String control;
    private final List<String> covariateNames;
    private final double[][] covariates;
    private final List<FrameUnitColumn> unitColumns;
    private final FramePlaces places;
    private final TreeMap<Long, String> reasons = new TreeMap<>();
    private long nan;
    private long noCovariate;

    FrameReader(
            double[] outcomes,
            String outcomeName,
            int firstRow,
            Codes units,
            Codes periods,
            boolean isOrdered,
            Codes arms,
            @Nullable String control,
            Map<String, double[]> covariates,
            List<FrameUnitColumn> unitColumns) {
        this.outcomes = outcomes;
        this.outcomeName = outcomeName;
        this.units = units.inOrderOfRows();
        this.periods = isOrdered ? periods : periods.inOrderOfRows();
        this.isOrdered = isOrdered;
        this.arms = arms;
        this.control = control;
        this.covariateNames = List.copyOf(covariates.keySet());
        this.covariates = covariates.values().toArray(new double[0][]);
        this.unitColumns = List.copyOf(unitColumns);
        this.places = new FramePlaces(this.units, this.periods, firstRow);
    }

    FramePanel read() {
        if (outcomes.length == 0) {
            throw new InvalidPanelException(FramePlaces.TABLE + ": no rows; it needs one row for each unit and period");
        }
        checkNames(units, "no unit; every row needs the name of its unit");
        checkNames(periods, "no time; every row needs its period");
        PeriodOrder order = order();
        ArmLevels levels = levels();
        int[] periodOf = periods.texts().stream()
                .mapToInt(text -> order.codes().getOrDefault(text, Codes.NONE))
                .toArray();
        int[] armOf = arms.texts().stream()
                .mapToInt(text -> levels.codes().getOrDefault(text, Codes.NONE))
                .toArray();
        Panel panel = panel(order, levels, periodOf, armOf);
        long cells = (long) panel.units() * panel.periods();
        List<String> warnings = new ArrayList<>(isGivenOrder(order) ? List.of() : order.warnings());
        List<AlikeUnits.Pair> alike = AlikeUnits.pairs(units.texts());
        warnings.add(AlikeUnits.warning(alike, alike.size()));
        warnings.add(levels.warning());
        warnings.removeIf(String::isEmpty);
        PanelSource source = new PanelSource(
                PanelOrigin.dataFrame(),
                new PanelColumns(units.name(), periods.name(), outcomeName, arms.name()),
                control,
                null,
                OutcomeStorage.DOUBLE,
                TableRules.DEFAULT,
                covariateNames,
                unitColumns.stream().map(FrameUnitColumn::spec).toList(),
                List.of());
        return new FramePanel(new PanelInput(
                panel,
                null,
                source,
                outcomes.length,
                isGivenOrder(order) ? "text, in the given order" : order.kind(),
                new MissingCells(cells - outcomes.length, 0, 0, nan, 0, 0, noCovariate, 0, 0, 0, reasons),
                warnings,
                unitColumns.stream().map(column -> column.read(places)).toList(),
                List.of(),
                (System.nanoTime() - start) / 1e9));
    }

    private void checkNames(Codes column, String message) {
        int empty = column.texts().indexOf("");
        int[] codes = column.codes();
        for (int row = 0; row < codes.length; row++) {
            if (codes[row] == Codes.NONE || codes[row] == empty) {
                throw new InvalidPanelException(places.of(column.name(), row) + message);
            }
        }
    }

    private PeriodOrder order() {
        BitSet used = new BitSet();
        Arrays.stream(periods.codes()).forEach(used::set);
        List<String> texts = used.stream().mapToObj(periods.texts()::get).toList();
        try {
            return isOrdered ? PeriodOrder.ofColumns(texts) : PeriodOrder.of(texts);
        } catch (InvalidPanelException e) {
            throw new InvalidPanelException(places.of(periods.name()) + e.getMessage());
        }
    }

    /** The user has said the order, so that there is nothing to warn of. */
    private boolean isGivenOrder(PeriodOrder order) {
        return isOrdered && order.kind().startsWith("text");
    }

    /** Only rows with an outcome count. */
    private ArmLevels levels() {
        int[] observed = arms.codes().clone();
        int count = 0;
        for (int row = 0; row < observed.length; row++) {
            if (Double.isNaN(outcomes[row])) {
                observed[row] = Codes.NONE;
            } else if (observed[row] == Codes.NONE) {
                throw new InvalidPanelException(places.of(arms.name(), row)
                        + "no treatment although there is an outcome; fill it in, make the outcome NaN too, or leave such"
                        + " rows out");
            } else {
                count++;
            }
        }
        if (count == 0) {
            throw new InvalidPanelException(
                    places.of(outcomeName) + "every outcome is missing; name the column of the outcomes with outcome=");
        }
        List<String> levels =
                new Codes(arms.name(), observed, arms.texts()).inOrderOfRows().texts();
        if (levels.size() > MAX_LEVELS) {
            throw new InvalidPanelException(places.of(arms.name()) + "more than " + MAX_LEVELS + " levels, such as "
                    + Quoted.list(levels.subList(0, 3)) + "; name the column of the treatment with treatment=");
        }
        return ArmLevels.of(levels, control, places.of(arms.name()), "control=");
    }

    private Panel panel(PeriodOrder order, ArmLevels levels, int[] periodOf, int[] armOf) {
        PanelCells cells =
                Panel.cells(units.texts(), order.names(), levels.names(), covariateNames, OutcomeStorage.DOUBLE);
        int[] unitCodes = units.codes();
        int[] periodCodes = periods.codes();
        int[] armCodes = arms.codes();
        double[] explaining = new double[covariates.length];
        int row = 0;
        try {
            for (; row < outcomes.length; row++) {
                int unit = unitCodes[row];
                int period = periodOf[periodCodes[row]];
                boolean lacksCovariate = false;
                for (int k = 0; k < explaining.length; k++) {
                    explaining[k] = covariates[k][row];
                    lacksCovariate |= Double.isNaN(explaining[k]);
                }
                boolean isMissing = Double.isNaN(outcomes[row]);
                if (isMissing || lacksCovariate) {
                    addReason((long) unit * order.names().size() + period, isMissing ? NAN : NO_COVARIATE);
                }
                cells.set(unit, period, isMissing ? 0 : armOf[armCodes[row]], outcomes[row], explaining);
            }
            return cells.build();
        } catch (InvalidPanelException e) {
            throw rejected(e, row, periodOf);
        }
    }

    /** Names the rows of a cell that is given twice, which the panel does not know. */
    private InvalidPanelException rejected(InvalidPanelException e, int row, int[] periodOf) {
        for (int first = 0; first < row && row < outcomes.length; first++) {
            if (units.codes()[first] == units.codes()[row]
                    && periodOf[periods.codes()[first]] == periodOf[periods.codes()[row]]) {
                return new InvalidPanelException(places.rows(first, row) + ": unit "
                        + Quoted.value(units.text(row)) + ", period " + Quoted.value(periods.text(row))
                        + " is given twice: a unit has one outcome per period; aggregate or remove one, or make unit= a"
                        + " column that tells them apart");
            }
        }
        return new InvalidPanelException(FramePlaces.TABLE + ": " + Quoted.line(String.valueOf(e.getMessage())));
    }

    /** Keeps the reasons of the first cells. */
    private void addReason(long cell, String reason) {
        if (reason.equals(NAN)) {
            nan++;
        } else {
            noCovariate++;
        }
        if (reasons.size() < MAX_REASONS || cell < reasons.lastKey()) {
            reasons.put(cell, reason);
            if (reasons.size() > MAX_REASONS) {
                reasons.pollLastEntry();
            }
        }
    }
}
