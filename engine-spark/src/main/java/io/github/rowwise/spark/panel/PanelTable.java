package io.github.rowwise.spark.panel;

import io.github.rowwise.internal.text.AlikeUnits;
import io.github.rowwise.internal.text.PlainName;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.PeriodOrder;
import io.github.rowwise.tables.AbsentRows;
import io.github.rowwise.tables.ArmLevels;
import io.github.rowwise.tables.RepeatedRows;
import io.github.rowwise.tables.json.TableReading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
 * A panel that was read from a table in long form. All cells of a unit are in one partition, by a hash of the unit's name;
 * units are sorted by name within it. The blocks are kept in memory, or on the disks if memory is full.
 */
public final class PanelTable implements AutoCloseable {

    private final JavaRDD<UnitBlock> blocks;
    private final PeriodOrder periods;
    private final List<String> arms;
    private final List<String> warnings;
    private final OutcomeStorage storage;
    private final TableReading reading;
    private final PanelFacts facts;

    private PanelTable(
            JavaRDD<UnitBlock> blocks,
            PeriodOrder periods,
            List<String> arms,
            List<String> warnings,
            OutcomeStorage storage,
            TableReading reading,
            PanelFacts facts) {
        this.blocks = blocks;
        this.periods = periods;
        this.arms = arms;
        this.warnings = warnings;
        this.storage = storage;
        this.reading = reading;
        this.facts = facts;
    }

    /**
     * Reads a table, in two passes.
     *
     * @param table one row per unit and period
     * @param columns the columns that make up the panel
     * @param storage how outcomes are kept
     * @param partitions number of partitions of the units, 0 for as many as there are cores
     * @return the panel; the caller closes it
     * @throws InvalidPanelException if the table is not a panel; the message says where, and what to do
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
        PeriodOrder periods = periods(census.times(), columns);
        ArmLevels arms = ArmLevels.of(
                census.levels(),
                columns.control(),
                "column " + Quoted.value(columns.treatment()) + ": ",
                columns.naming().assignment("control"));
        requireTwoPeriods(periods.names());
        int parts = partitions > 0 ? partitions : spark.defaultParallelism();
        CollectionAccumulator<UnitBlocks.Duplicate> duplicates = spark.collectionAccumulator();
        CollectionAccumulator<String> unknown = spark.collectionAccumulator();
        JavaRDD<UnitBlock> blocks =
                blocks(cells, isText, periods, arms, storage, parts, duplicates, columns.absentRows(), unknown);
        blocks.setName("rowwise panel").persist(StorageLevel.MEMORY_AND_DISK());
        try {
            int armCount = arms.names().size();
            PanelFacts facts =
                    JobNames.during(spark, "cells to blocks of units", () -> (PanelFacts) JavaSerialization.read(
                            blocks.mapPartitions(PanelFacts.ofBlocks(armCount)).treeReduce(PanelFacts::merge)));
            rejectDuplicates(duplicates.value(), periods.names(), () -> columns.tellingApart(table));
            requireTwoUnits(facts);
            if (!unknown.value().isEmpty()) {
                String unit = Quoted.value(Collections.min(unknown.value()));
                throw new InvalidPanelException(
                        AbsentRows.unknown(columns.naming().assignment("absent-rows"), unit));
            }
            List<String> warnings = new ArrayList<>(periods.warnings());
            Stream.of(alikeUnits(spark, blocks), arms.warning())
                    .filter(warning -> !warning.isEmpty())
                    .forEach(warnings::add);
            TableReading reading = new TableReading(
                    census.rows(), periods.kind(), columns.missing(), columns.absentRows(), facts.zeroRows());
            return new PanelTable(blocks, periods, arms.names(), List.copyOf(warnings), storage, reading, facts);
        } catch (RuntimeException | Error e) {
            blocks.unpersist(false);
            throw e;
        }
    }

    private static PeriodOrder periods(List<String> times, PanelColumns columns) {
        try {
            return PeriodOrder.of(times);
        } catch (InvalidPanelException e) {
            throw new InvalidPanelException("column " + Quoted.value(columns.time()) + ": " + e.getMessage());
        }
    }

    private static JavaRDD<UnitBlock> blocks(
            Dataset<Row> cells,
            boolean isText,
            PeriodOrder periods,
            ArmLevels arms,
            OutcomeStorage storage,
            int partitions,
            CollectionAccumulator<UnitBlocks.Duplicate> duplicates,
            AbsentRows absentRows,
            CollectionAccumulator<String> unknown) {
        Map<String, Integer> periodCodes = new HashMap<>(periods.codes());
        Map<String, Integer> armCodes = new HashMap<>(arms.codes());
        int periodCount = periods.names().size();
        int armCount = arms.names().size();
        MapPartitionsFunction<Row, Row> runs = rows -> new CellRuns(rows, isText, periodCodes, armCodes);
        return cells.mapPartitions(runs, Encoders.row(CellRuns.SCHEMA))
                .repartition(partitions, functions.col("unit"))
                .sortWithinPartitions("unit")
                .toJavaRDD()
                .mapPartitions(rows -> new UnitBlocks(
                        rows,
                        periodCount,
                        armCount,
                        storage,
                        new FirstOnly<>(duplicates),
                        absentRows,
                        new FirstOnly<>(unknown)));
    }

    /** Records only the first fault of each partition. */
    private static final class FirstOnly<T> implements Consumer<T> {

        private final CollectionAccumulator<T> all;
        private boolean has;

        FirstOnly(CollectionAccumulator<T> all) {
            this.all = all;
        }

        @Override
        public void accept(T fault) {
            if (!has) {
                all.add(fault);
                has = true;
            }
        }
    }

    private static void rejectDuplicates(
            List<UnitBlocks.Duplicate> duplicates, List<String> periods, Supplier<List<String>> tellingApart) {
        duplicates.stream()
                .min(Comparator.comparing(UnitBlocks.Duplicate::unit).thenComparing(UnitBlocks.Duplicate::period))
                .ifPresent(first -> {
                    // The smaller one first: the order of the rows is random.
                    double low = Math.min(first.first(), first.second());
                    boolean isMissing = Double.isNaN(low);
                    throw new InvalidPanelException("unit " + Quoted.value(first.unit()) + " in period "
                            + Quoted.value(periods.get(first.period())) + ": two rows, "
                            + (isMissing
                                    ? missing(first.first(), first.second())
                                    : "with the outcomes " + low + " and " + Math.max(first.first(), first.second()))
                            + RepeatedRows.remedy(
                                    tellingApart.get(),
                                    column ->
                                            "select one of its values with a filter of the DataFrame, or make one column of"
                                                    + " unit and " + Quoted.value(column)));
                });
    }

    private static String missing(double first, double second) {
        return Double.isNaN(first) && Double.isNaN(second)
                ? "both without an outcome"
                : "one with the outcome " + (Double.isNaN(first) ? second : first) + " and one without";
    }

    /** Returns a warning about units whose names look alike; they may be in different partitions. */
    private static String alikeUnits(SparkContext spark, JavaRDD<UnitBlock> blocks) {
        return JobNames.during(spark, "units whose names look alike", () -> {
            List<String> names = blocks.flatMap(
                            block -> Arrays.asList(block.units()).iterator())
                    .groupBy(PlainName::ofUnit)
                    .values()
                    .filter(alike -> isSeveral(alike.iterator()))
                    .flatMap(Iterable::iterator)
                    .collect();
            List<AlikeUnits.Pair> pairs =
                    AlikeUnits.pairs(names.stream().sorted().toList());
            return AlikeUnits.warning(pairs, pairs.size());
        });
    }

    private static boolean isSeveral(Iterator<String> names) {
        names.next();
        return names.hasNext();
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

    /** Returns how the table was read. */
    public TableReading reading() {
        return reading;
    }

    /** Returns what to look at in the input, each a sentence without a full stop. */
    public List<String> warnings() {
        return warnings;
    }

    public List<String> armNames() {
        return arms;
    }

    public OutcomeStorage storage() {
        return storage;
    }

    /** Returns the number of units. */
    public long units() {
        return facts.units();
    }

    public long[] cellsPerArm() {
        return facts.cellsPerArm().clone();
    }

    /** Returns a hash of the panel, which does not depend on the order of rows and units or on the partitions. */
    public String fingerprint() {
        return facts.hash().of(periods.names(), arms);
    }

    /** Releases the memory. */
    @Override
    public void close() {
        blocks.unpersist(false);
    }
}
