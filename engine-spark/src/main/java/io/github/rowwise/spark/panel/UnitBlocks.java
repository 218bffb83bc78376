package io.github.rowwise.spark.panel;

import io.github.rowwise.engine.ShardRows;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.PanelShard;
import io.github.rowwise.tables.AbsentRows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Combines a partition's {@link CellRuns}, sorted by unit, to blocks of units. The order of a unit's runs does not matter. */
final class UnitBlocks implements Iterator<UnitBlock> {

    private static final byte UNSET = -2;

    private final Iterator<Row> runs;
    private final int periods;
    private final int arms;
    private final OutcomeStorage storage;
    private final Consumer<Duplicate> duplicates;
    private final AbsentRows absentRows;
    private final Consumer<String> unknown;
    private @Nullable Row ahead;

    /** The outcomes of two rows for one cell, NaN if missing. */
    record Duplicate(String unit, int period, double first, double second) implements java.io.Serializable {}

    UnitBlocks(Iterator<Row> runs, int periods, int arms, OutcomeStorage storage, Consumer<Duplicate> duplicates) {
        this(runs, periods, arms, storage, duplicates, AbsentRows.MISSING, unit -> {});
    }

    /**
     * Assembles blocks.
     *
     * @param absentRows what cells without a row mean
     * @param unknown receives the units whose treatment is not known where they have no row
     */
    UnitBlocks(
            Iterator<Row> runs,
            int periods,
            int arms,
            OutcomeStorage storage,
            Consumer<Duplicate> duplicates,
            AbsentRows absentRows,
            Consumer<String> unknown) {
        this.absentRows = absentRows;
        this.unknown = unknown;
        this.runs = runs;
        this.periods = periods;
        this.arms = arms;
        this.storage = storage;
        this.duplicates = duplicates;
        advance();
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public UnitBlock next() {
        if (ahead == null) {
            throw new NoSuchElementException();
        }
        int most = PanelShard.rowsPerBlock(periods);
        List<String> units = new ArrayList<>(most);
        double[] outcomes = new double[Math.multiplyExact(most, periods)];
        byte[] cells = new byte[outcomes.length];
        Arrays.fill(cells, UNSET);
        int zeroRows = 0;
        while (ahead != null && units.size() < most) {
            String unit = ahead.getString(0);
            int first = units.size() * periods;
            units.add(unit);
            while (ahead != null && ahead.getString(0).equals(unit)) {
                fill(unit, ahead.getAs(1), first, outcomes, cells);
                advance();
            }
            int filled = absentRows.fill(cells, outcomes, first, periods, UNSET);
            if (filled == AbsentRows.UNKNOWN) {
                unknown.accept(unit);
            } else {
                zeroRows += filled;
            }
        }
        int size = units.size() * periods;
        for (int cell = 0; cell < size; cell++) {
            cells[cell] = cells[cell] == UNSET ? ShardRows.MISSING : cells[cell];
        }
        String[] names = units.toArray(String[]::new);
        byte[] kept = size == cells.length ? cells : Arrays.copyOf(cells, size);
        if (storage == OutcomeStorage.DOUBLE) {
            double[] doubles = size == outcomes.length ? outcomes : Arrays.copyOf(outcomes, size);
            return UnitBlock.ofDoubles(names, periods, doubles, kept, arms).withZeroRows(zeroRows);
        }
        float[] floats = new float[size];
        for (int cell = 0; cell < size; cell++) {
            floats[cell] = (float) outcomes[cell];
        }
        return UnitBlock.ofFloats(names, periods, floats, kept, arms).withZeroRows(zeroRows);
    }

    private void fill(String unit, byte[] run, int first, double[] outcomes, byte[] cells) {
        ByteBuffer bytes = ByteBuffer.wrap(run);
        while (bytes.hasRemaining()) {
            int period = bytes.getInt();
            byte arm = bytes.get();
            double outcome = bytes.getDouble();
            int cell = first + period;
            if (cells[cell] != UNSET) {
                duplicates.accept(new Duplicate(
                        unit,
                        period,
                        cells[cell] == ShardRows.MISSING ? Double.NaN : outcomes[cell],
                        arm == ShardRows.MISSING ? Double.NaN : outcome));
            }
            cells[cell] = arm;
            outcomes[cell] = outcome;
        }
    }

    private void advance() {
        ahead = runs.hasNext() ? runs.next() : null;
    }
}
