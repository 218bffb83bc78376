package io.github.rowwise.spark.panel;

import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.PeriodOrder;
import io.github.rowwise.tables.ArmLevels;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;

/**
 * A table in long form that was read as a panel: all cells of a unit in one partition, by a hash of its name, units by name
 * within it, kept in memory and on the disks where that is full.
 */
public final class PanelTable implements AutoCloseable {

    private final JavaRDD<UnitBlock> blocks;
    private final PeriodOrder periods;
    private final List<String> arms;
    private final OutcomeStorage storage;
    private final long rows;
    private final PanelFacts facts;

    private PanelTable(
            JavaRDD<UnitBlock> blocks,
            PeriodOrder periods,
            List<String> arms,
            OutcomeStorage storage,
            long rows,
            PanelFacts facts) {
        this.blocks = blocks;
        this.periods = periods;
        this.arms = arms;
        this.storage = storage;
        this.rows = rows;
        this.facts = facts;
    }

    /**
     * Reads a table, twice.
     *
     * @param table one row a unit and period
     * @param columns which of its columns make the panel
     * @param storage how outcomes are kept
     * @param partitions over how many the units are spread, 0 for as many as there are cores
     * @return to be closed
     * @throws InvalidPanelException where it is not a panel, with the place and what to do
     */
    public static PanelTable read(Dataset<?> table, PanelColumns columns, OutcomeStorage storage, int partitions) {
        columns.check(table.schema());
        Dataset<Row> cells = columns.select(table);
        boolean isText = cells.schema().fields()[2].dataType() instanceof StringType;
        SparkContext spark = table.sparkSession().sparkContext();
        TableProfile census = JobNames.during(
                spark, "which periods and arms there are", () -> (TableProfile) JavaSerialization.read(cells.toJavaRDD()
                        .mapPartitions(TableProfile.ofRows(isText, storage))
                        .treeAggregate(TableProfile.NOTHING, TableProfile::merge, TableProfile::merge)));
        census.check(columns);
        PeriodOrder periods = PeriodOrder.of(census.times());
        ArmLevels arms = ArmLevels.of(
                census.levels(),
                columns.control(),
                "column " + Quoted.value(columns.treatment()) + ": ",
                columns.naming().assignment("control"));
        requireTwoPeriods(periods.names());
        int parts = partitions > 0 ? partitions : spark.defaultParallelism();
        CollectionAccumulator<UnitBlocks.Duplicate> duplicates = spark.collectionAccumulator();
        JavaRDD<UnitBlock> blocks = blocks(cells, isText, periods, arms, storage, parts, duplicates);
        blocks.setName("rowwise panel").persist(StorageLevel.MEMORY_AND_DISK());
        try {
            int armCount = arms.names().size();
            PanelFacts facts =
                    JobNames.during(spark, "cells to blocks of units", () -> (PanelFacts) JavaSerialization.read(
                            blocks.mapPartitions(PanelFacts.ofBlocks(armCount)).treeReduce(PanelFacts::merge)));
            rejectDuplicates(duplicates.value(), periods.names());
            requireTwoUnits(facts);
            return new PanelTable(blocks, periods, arms.names(), storage, census.rows(), facts);
        } catch (RuntimeException | Error e) {
            blocks.unpersist(false);
            throw e;
        }
    }

    private static JavaRDD<UnitBlock> blocks(
            Dataset<Row> cells,
            boolean isText,
            PeriodOrder periods,
            ArmLevels arms,
            OutcomeStorage storage,
            int partitions,
            CollectionAccumulator<UnitBlocks.Duplicate> duplicates) {
        Map<String, Integer> periodCodes = new HashMap<>(periods.codes());
        Map<String, Integer> armCodes = new HashMap<>(arms.codes());
        int periodCount = periods.names().size();
        int armCount = arms.names().size();
        MapPartitionsFunction<Row, Row> runs = rows -> new CellRuns(rows, isText, periodCodes, armCodes);
        return cells.mapPartitions(runs, Encoders.row(CellRuns.SCHEMA))
                .repartition(partitions, functions.col("unit"))
                .sortWithinPartitions("unit")
                .toJavaRDD()
                .mapPartitions(rows -> new UnitBlocks(rows, periodCount, armCount, storage, new FirstOnly(duplicates)));
    }

    /** Where each partition notes its first duplicate and how many there are, not all of them. */
    private static final class FirstOnly implements java.util.function.Consumer<UnitBlocks.Duplicate> {

        private final CollectionAccumulator<UnitBlocks.Duplicate> all;
        private boolean has;

        FirstOnly(CollectionAccumulator<UnitBlocks.Duplicate> all) {
            this.all = all;
        }

        @Override
        public void accept(UnitBlocks.Duplicate duplicate) {
            if (!has) {
                all.add(duplicate);
                has = true;
            }
        }
    }

    private static void rejectDuplicates(List<UnitBlocks.Duplicate> duplicates, List<String> periods) {
        duplicates.stream()
                .min(Comparator.comparing(UnitBlocks.Duplicate::unit).thenComparing(UnitBlocks.Duplicate::period))
                .ifPresent(first -> {
                    // The lesser first: which row came first is chance.
                    double low = Math.min(first.first(), first.second());
                    boolean isMissing = Double.isNaN(low);
                    throw new InvalidPanelException("unit " + Quoted.value(first.unit()) + " in period "
                            + Quoted.value(periods.get(first.period())) + ": two rows, "
                            + (isMissing
                                    ? missing(first.first(), first.second())
                                    : "with the outcomes " + low + " and " + Math.max(first.first(), first.second()))
                            + "; keep one of them");
                });
    }

    private static String missing(double first, double second) {
        return Double.isNaN(first) && Double.isNaN(second)
                ? "both without an outcome"
                : "one with the outcome " + (Double.isNaN(first) ? second : first) + " and one without";
    }

    private static void requireTwoPeriods(List<String> periods) {
        if (periods.size() < 2) {
            throw new InvalidPanelException(
                    "only one period, '" + periods.get(0)
                            + "': a panel has at least two periods, because one period shows no unit both treated and untreated");
        }
    }

    private static void requireTwoUnits(PanelFacts facts) {
        if (facts.units() < 2) {
            throw new InvalidPanelException("only one unit, '" + facts.someUnit()
                    + "': a panel has at least two units, because one unit has nothing to be compared with");
        }
    }

    public JavaRDD<UnitBlock> blocks() {
        return blocks;
    }

    public List<String> periodNames() {
        return periods.names();
    }

    /** What the times are, in words. */
    public String timeKind() {
        return periods.kind();
    }

    /** What to look at when times are sorted as text, or nothing. */
    public String warning() {
        return periods.warning();
    }

    public List<String> armNames() {
        return arms;
    }

    public OutcomeStorage storage() {
        return storage;
    }

    /** Rows of the table. */
    public long rows() {
        return rows;
    }

    /** n. */
    public long units() {
        return facts.units();
    }

    public long[] cellsPerArm() {
        return facts.cellsPerArm().clone();
    }

    /** A hash of the panel, which does not depend on the order of rows or units, nor on the partitions. */
    public String fingerprint() {
        return facts.hash().of(periods.names(), arms);
    }

    /** Lets go of the memory. */
    @Override
    public void close() {
        blocks.unpersist(false);
    }
}
