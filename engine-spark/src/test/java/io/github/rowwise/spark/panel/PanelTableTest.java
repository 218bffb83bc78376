package io.github.rowwise.spark.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.engine.ShardRows;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.spark.LocalSession;
import io.github.rowwise.tables.AbsentRows;
import io.github.rowwise.tables.MissingCodes;
import io.github.rowwise.tables.OptionNaming;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("slow")
@ExtendWith(LocalSession.class)
class PanelTableTest {

    private static final double NONE = Double.NaN;

    @Test
    void cellsComeOutAsTheyWentInWhateverTheOrderOfRowsAndThePartitions() {
        Random random = new Random(1);
        Map<String, double[]> outcomes = new HashMap<>();
        Map<String, int[]> arms = new HashMap<>();
        List<Object[]> rows = new ArrayList<>();
        for (int unit = 0; unit < 60; unit++) {
            String name = "unit " + unit;
            outcomes.put(name, new double[7]);
            arms.put(name, new int[7]);
            for (int period = 0; period < 7; period++) {
                boolean isThere = random.nextInt(5) > 0;
                double outcome = random.nextInt(6) > 0 && isThere ? random.nextGaussian() : NONE;
                int arm = random.nextInt(2);
                outcomes.get(name)[period] = outcome;
                arms.get(name)[period] = arm;
                if (isThere) {
                    rows.add(new Object[] {name, period * 5 + 1, outcome, arm});
                }
            }
        }
        Set<String> prints = new HashSet<>();
        for (int partitions : new int[] {1, 3, 30}) {
            java.util.Collections.shuffle(rows, random);
            try (PanelTable panel = read(LocalSession.numbers(rows.toArray(Object[][]::new)), null, partitions)) {
                assertThat(panel.periodNames()).containsExactly("1", "6", "11", "16", "21", "26", "31");
                assertThat(panel.blocks().getNumPartitions()).isEqualTo(partitions);
                prints.add(panel.fingerprint());
                Set<String> seen = new HashSet<>();
                for (UnitBlock block : panel.blocks().collect()) {
                    assertThat(block.units()).isSorted();
                    ShardRows cells = block.rows(new UnitBlock.Room());
                    for (int row = 0; row < block.units().length; row++) {
                        String unit = block.units()[row];
                        assertThat(seen.add(unit)).isTrue();
                        for (int period = 0; period < 7; period++) {
                            double outcome = java.util.Objects.requireNonNull(outcomes.get(unit))[period];
                            boolean isMissing = Double.isNaN(outcome);
                            assertThat(cells.outcomes()[row * 7 + period]).isEqualTo(isMissing ? 0 : outcome);
                            assertThat(cells.arms()[row * 7 + period]).isEqualTo((byte)
                                    (isMissing
                                            ? ShardRows.MISSING
                                            : java.util.Objects.requireNonNull(arms.get(unit))[period]));
                        }
                    }
                }
                // A unit of which no cell was seen has no row.
                assertThat(seen).hasSize((int) panel.units());
            }
        }
        assertThat(prints).hasSize(1);
    }

    @Test
    void theFingerprintIsThatOfThePanel() {
        Object[][] rows = {{"a", 1, 1.5, 0}, {"a", 2, 2.5, 1}, {"b", 1, 3.5, 0}, {"b", 2, 4.5, 0}};
        String print = fingerprint(rows);
        assertThat(print).hasSize(64);
        for (int row : new int[] {1}) {
            for (Object[] other : new Object[][] {
                {"c", rows[row][1], rows[row][2], rows[row][3]},
                {rows[row][0], 9, rows[row][2], rows[row][3]},
                {rows[row][0], rows[row][1], 9.5, rows[row][3]},
                {rows[row][0], rows[row][1], rows[row][2], 1 - (int) rows[row][3]}
            }) {
                Object[][] changed = rows.clone();
                changed[row] = other;
                if (Arrays.stream(changed).map(r -> r[3]).distinct().count() == 2) {
                    assertThat(fingerprint(changed)).isNotEqualTo(print);
                }
            }
        }
        Object[][] swapped = {{"b", 1, 1.5, 0}, {"b", 2, 2.5, 1}, {"a", 1, 3.5, 0}, {"a", 2, 4.5, 0}};
        assertThat(fingerprint(swapped)).isNotEqualTo(print);
    }

    @Test
    void outcomesAreMissingInTheWaysOfTheProgram() {
        try (PanelTable panel = read(
                LocalSession.texts(
                        new Object[] {"a", "10", " 1e1", "1.0"},
                        new Object[] {"a", "9", "NA", null},
                        new Object[] {"a", "8", "NaN", "what"},
                        new Object[] {"b", "10", "null", ""},
                        new Object[] {"b", "9", "", "0"},
                        new Object[] {"b", "8", "-.5", "0"},
                        new Object[] {"c", "7", null, "0"}),
                null,
                1)) {
            assertThat(panel.periodNames()).containsExactly("7", "8", "9", "10");
            assertThat(panel.armNames()).containsExactly("0", "1");
            assertThat(panel.units()).isEqualTo(3);
            assertThat(panel.cellsPerArm()).containsExactly(1, 1);
            UnitBlock block = panel.blocks().collect().get(0);
            assertThat(block.rows(new UnitBlock.Room()).outcomes())
                    .containsExactly(0, 0, 0, 10, 0, -.5, 0, 0, 0, 0, 0, 0);
            assertThat(block.rows(new UnitBlock.Room()).arms())
                    .containsExactly(-1, -1, -1, 1, -1, 0, -1, -1, -1, -1, -1, -1);
        }
    }

    @Test
    void codesMeanMissing() {
        MissingCodes codes = MissingCodes.of("missing", List.of("-999,None"));
        PanelColumns columns = new PanelColumns(
                "unit", "time", "outcome", "treatment", null, codes, AbsentRows.MISSING, OptionNaming.PARAMETER);
        Dataset<Row> texts = LocalSession.texts(
                new Object[] {"a", "1", "1", "1"},
                new Object[] {"a", "2", ".", "0"},
                new Object[] {"a", "3", "-999.0", "0"},
                new Object[] {"b", "1", " none", "0"},
                new Object[] {"b", "2", "2", "0"});
        try (PanelTable panel = PanelTable.read(texts, columns, OutcomeStorage.DOUBLE, 2)) {
            assertThat(panel.cellsPerArm()).containsExactly(1, 1);
        }
        Dataset<Row> numbers = LocalSession.numbers(
                new Object[] {"a", 1, 1.0, 1}, new Object[] {"a", 2, -999.0, 0}, new Object[] {"b", 2, 2.0, 0});
        try (PanelTable panel = PanelTable.read(numbers, columns, OutcomeStorage.DOUBLE, 2)) {
            assertThat(panel.cellsPerArm()).containsExactly(1, 1);
        }
        assertThatThrownBy(() -> read(texts, null, 2))
                .hasMessageContaining("\" none\" is not a number")
                .hasMessageContaining("name what means missing: missing = \"none\"");
    }

    @Test
    void theColumnThatTellsRowsApartIsNamed() {
        StructType schema = new StructType()
                .add("unit", "string")
                .add("time", "int")
                .add("note", "string")
                .add("outcome", "double")
                .add("treatment", "int")
                .add("product", "string");
        List<Row> rows = List.of(
                RowFactory.create("a", 1, "x", 1.0, 0, "p"),
                RowFactory.create("a", 1, "x", 2.0, 0, "q"),
                RowFactory.create("b", 2, "x", 2.0, 1, "p"),
                RowFactory.create("b", 2, "x", 2.0, 1, "q"));
        assertThatThrownBy(() -> read(LocalSession.session().createDataFrame(rows, schema), null, 2))
                .hasMessageContaining("the rows differ in column \"product\": select one of its values");
    }

    @Test
    void absentRowsCountAsZero() {
        PanelColumns columns = new PanelColumns(
                "unit",
                "time",
                "outcome",
                "treatment",
                null,
                MissingCodes.NONE,
                AbsentRows.ZERO,
                OptionNaming.PARAMETER);
        Object[][] rows = {{"a", 1, 1.0, 0}, {"a", 3, 2.0, 1}, {"b", 2, 3.0, 0}, {"b", 4, NONE, 0}, {"c", 3, 1.0, 1}};
        try (PanelTable panel = PanelTable.read(LocalSession.numbers(rows), columns, OutcomeStorage.DOUBLE, 2)) {
            // a: 0 . 1 1, b: 0 0 0 x, c: 1 1 1 1
            assertThat(panel.cellsPerArm()).containsExactly(4, 6);
            assertThat(panel.reading().zeroRows()).isEqualTo(6);
        }
        Object[][] switching = {{"a", 1, 1.0, 0}, {"a", 2, 2.0, 1}, {"a", 3, 3.0, 0}, {"b", 1, 1.0, 0}};
        assertThatThrownBy(() -> PanelTable.read(LocalSession.numbers(switching), columns, OutcomeStorage.DOUBLE, 2))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageStartingWith("absentRows = zero: unit \"a\" changes its treatment more than once");
    }

    @Test
    void periodsStandInOrderOfWhatTheyAre() {
        assertThat(periods(DataTypes.LongType, 10L, 9L, -1L)).containsExactly("-1", "9", "10");
        assertThat(periods(DataTypes.StringType, "week 2", "week 1")).containsExactly("week 1", "week 2");
        assertThat(periods(DataTypes.StringType, "2024-01-31", "2023-1-5")).containsExactly("2023-1-5", "2024-01-31");
        assertThat(periods(DataTypes.DateType, Date.valueOf("2024-01-31"), Date.valueOf("2023-12-01")))
                .containsExactly("2023-12-01", "2024-01-31");
        assertThat(periods(
                        DataTypes.TimestampType,
                        Timestamp.from(java.time.Instant.parse("2024-10-27T01:30:00Z")),
                        Timestamp.from(java.time.Instant.parse("2024-10-27T00:30:00Z"))))
                .containsExactly("2024-10-27 00:30:00", "2024-10-27 01:30:00");
        assertThat(periods(DataTypes.DoubleType, 10.5, 9.5)).containsExactly("9.5", "10.5");
    }

    @Test
    void anHourThatComesTwiceIsTwoPeriods() {
        LocalSession.session().conf().set("spark.sql.session.timeZone", "Europe/Berlin");
        try {
            assertThat(periods(
                            DataTypes.TimestampType,
                            Timestamp.from(java.time.Instant.parse("2024-10-27T01:30:00Z")),
                            Timestamp.from(java.time.Instant.parse("2024-10-27T00:30:00Z"))))
                    .containsExactly("2024-10-27 02:30:00+02:00", "2024-10-27 02:30:00+01:00");
        } finally {
            LocalSession.session().conf().set("spark.sql.session.timeZone", "UTC");
        }
    }

    @Test
    void twoTextsForOneTimeAreOnePeriod() {
        assertRejected(
                LocalSession.texts(new Object[] {"a", "7", "1", "0"}, new Object[] {"a", "07", "2", "1"}, new Object[] {
                    "b", "8", "2", "1"
                }),
                null,
                "unit \"a\" in period \"7\": two rows, with the outcomes 1.0 and 2.0; keep one of them");
    }

    @Test
    void whatIsInDoubtIsSaidAsByTheProgram() {
        Object[][] rows = {
            {"s1", "Q1 2012", "1", "no"},
            {"s1 ", "Q4 2011", "1", "No "},
            {"S1", "Q3 2011", "1", "yes"},
            {"t", "Q2 2010", "2", "Yes"}
        };
        try (PanelTable panel = read(LocalSession.texts(rows), "no", 3)) {
            assertThat(panel.periodNames()).containsExactly("Q2 2010", "Q3 2011", "Q4 2011", "Q1 2012");
            assertThat(panel.reading().timeKind()).isEqualTo("quarters");
            assertThat(panel.armNames()).containsExactly("no", "yes");
            assertThat(String.join("; ", panel.warnings()))
                    .contains("between \"Q2 2010\" and \"Q3 2011\": 4 quarters are absent")
                    .contains("\"S1\" and \"s1\" differ only in upper and lower case, \"S1\" and \"s1 \" differ")
                    .contains("column \"treatment\": levels", "\"yes\" is also written \"Yes\"");
        }
    }

    @Test
    void armsAreThoseOfTheProgram() {
        Object[][] rows = {{"a", "1", "1", "drug"}, {"a", "2", "1", "none"}, {"b", "1", "1", "care"}};
        try (PanelTable panel = read(LocalSession.texts(rows), "none", 2)) {
            assertThat(panel.armNames()).containsExactly("none", "care", "drug");
            assertThat(panel.cellsPerArm()).containsExactly(1, 1, 1);
        }
        assertRejected(
                LocalSession.texts(rows),
                null,
                "column \"treatment\": neither 0/1 nor true/false but care, drug, none; say which level is the control:"
                        + " control = LEVEL, such as control = \"care\"");
        assertRejected(
                LocalSession.texts(rows),
                "nome",
                "column \"treatment\": no level \"nome\" (control); did you mean \"none\"?; levels: none, care, drug");
        try (PanelTable panel = read(
                LocalSession.table(
                        new DataType[] {
                            DataTypes.IntegerType, DataTypes.IntegerType, DataTypes.FloatType, DataTypes.BooleanType
                        },
                        new Object[] {1, 1, 1f, true},
                        new Object[] {2, 2, 1f, false}),
                null,
                2)) {
            assertThat(panel.armNames()).containsExactly("false", "true");
        }
    }

    @Test
    void duplicatesAreRejectedTheFirstByName() {
        assertRejected(
                LocalSession.numbers(
                        new Object[] {"b", 1, 1.0, 0},
                        new Object[] {"b", 1, 1.0, 0},
                        new Object[] {"a", 2, NONE, 0},
                        new Object[] {"a", 2, 3.0, 1},
                        new Object[] {"c", 1, 3.0, 1}),
                null,
                "unit \"a\" in period \"2\": two rows, one with the outcome 3.0 and one without; keep one of them");
    }

    @Test
    void rowsThatAreNoCellsAreRejectedWithTheirPlaces() {
        assertRejected(
                LocalSession.texts(new Object[] {null, "1", "1", "0"}, new Object[] {"", "2", "1", "0"}),
                null,
                "a row without a unit in period \"1\", a row without a unit in period \"2\", column \"unit\": no unit;"
                        + " every row needs the name of its unit");
        assertRejected(
                LocalSession.texts(new Object[] {"a", " na", "1", "0"}, new Object[] {"b", "2", "1", "0"}),
                null,
                "unit \"a\", column \"time\": no time; every row needs its period");
        assertRejected(
                LocalSession.texts(
                        new Object[] {"a", "1", "x", "0"},
                        new Object[] {"b", "2", "1d", "0"},
                        new Object[] {"c", "2", "1_0", "0"},
                        new Object[] {"d", "2", "0x10", "0"}),
                null,
                "unit \"a\" in period \"1\", unit \"b\" in period \"2\", unit \"c\" in period \"2\", column \"outcome\":"
                        + " \"x\", \"1d\", \"1_0\" are not numbers; write a number with a decimal point, or leave it"
                        + " empty (and 1 more)");
        assertRejected(
                LocalSession.numbers(new Object[] {"a", 1, Double.NEGATIVE_INFINITY, 0}, new Object[] {"b", 2, 1.0, 1}),
                null,
                "unit \"a\" in period \"1\", column \"outcome\": \"-Infinity\" is infinite or beyond 1e290 in size;"
                        + " write a number in another unit, or leave it empty if it is missing");
        assertRejected(
                LocalSession.numbers(new Object[] {"a", 1, 1.0, null}, new Object[] {"b", 2, 1.0, 1}),
                null,
                "unit \"a\" in period \"1\", column \"treatment\": no treatment although there is an outcome; fill it in,"
                        + " empty the outcome too, or leave such rows out with a filter of the DataFrame");
    }

    @Test
    void whatIsNoPanelIsRejected() {
        Object[] one = {"a", 1, 1.0, 0};
        assertRejected(LocalSession.numbers(), null, "no row at all: a panel has one row per unit and period");
        assertRejected(
                LocalSession.session()
                        .createDataFrame(List.of(), LocalSession.numbers().schema()),
                null,
                "no row at all: a panel has one row per unit and period");
        assertRejected(
                LocalSession.numbers(one, new Object[] {"a", 2, 1.0, 1}),
                null,
                "only one unit, 'a': a panel has at least two units, because one unit has nothing to be compared with");
        assertRejected(
                LocalSession.numbers(one, new Object[] {"b", 1, 1.0, 1}),
                null,
                "only one period, '1': a panel has at least two periods, because one period shows no unit both treated and"
                        + " untreated");
        assertRejected(
                LocalSession.numbers(one, new Object[] {"b", 2, 1.0, 0}),
                null,
                "column \"treatment\": every outcome has the treatment \"0\"; an effect needs both treated and untreated"
                        + " cells");
        assertRejected(
                LocalSession.numbers(new Object[] {"a", 1, NONE, 0}),
                null,
                "column \"outcome\": every outcome is missing; name the column of the outcomes with outcomeCol");
    }

    @Test
    void columnsAreFoundOrNamed() {
        Dataset<Row> table = LocalSession.numbers(new Object[] {"a", 1, 1.0, 0});
        OptionNaming words = OptionNaming.PARAMETER;
        assertThatThrownBy(() ->
                        new PanelColumns("unit", "tine", "outcome", "treatment", null, words).check(table.schema()))
                .hasMessage("no column \"tine\"; name it with timeCol; did you mean \"time\"?. Columns: time, unit,"
                        + " outcome, treatment");
        assertThatThrownBy(() ->
                        new PanelColumns("unit", "unit", "outcome", "treatment", null, words).check(table.schema()))
                .hasMessage("unitCol and timeCol both name the column \"unit\"; each needs a column of its own");
        StructType strange = new StructType()
                .add("unit", DataTypes.createArrayType(DataTypes.StringType))
                .add("time", DataTypes.IntegerType)
                .add("outcome", DataTypes.DateType)
                .add("treatment", DataTypes.IntegerType);
        assertThatThrownBy(() -> new PanelColumns("unit", "time", "outcome", "treatment", null, words).check(strange))
                .hasMessage(
                        "column \"unit\": of type array<string>, which is not a text, number or date; convert it, or"
                                + " name another");
        assertThatThrownBy(() -> new PanelColumns("time", "treatment", "outcome", "unit", null, words).check(strange))
                .hasMessageContaining("array<string>");
        assertThat(new PanelColumns("UNIT", "time", "outcome", "treatment", null, words)
                        .select(table)
                        .count())
                .isEqualTo(1);
    }

    @Test
    void namesOfColumnsMayHaveDots() {
        Dataset<Row> table = LocalSession.session()
                .createDataFrame(
                        List.of(RowFactory.create("a", 1, 1.0, 0), RowFactory.create("b", 2, 1.0, 1)),
                        new StructType()
                                .add("the.unit", DataTypes.StringType)
                                .add("the `time`", DataTypes.IntegerType)
                                .add("outcome", DataTypes.DoubleType)
                                .add("treatment", DataTypes.IntegerType));
        try (PanelTable panel = PanelTable.read(
                table,
                new PanelColumns("the.unit", "the `time`", "outcome", "treatment", null, OptionNaming.PARAMETER),
                OutcomeStorage.DOUBLE,
                1)) {
            assertThat(panel.units()).isEqualTo(2);
        }
    }

    @Test
    void floatsAreKeptAsFloats() {
        Dataset<Row> table = LocalSession.numbers(
                new Object[] {"a", 1, 0.1, 0}, new Object[] {"a", 2, 1.0, 0}, new Object[] {"b", 2, 1.0, 1});
        try (PanelTable panel = PanelTable.read(table, columns(null), OutcomeStorage.FLOAT, 1)) {
            assertThat(panel.blocks()
                            .collect()
                            .get(0)
                            .rows(new UnitBlock.Room())
                            .outcomes()[0])
                    .isEqualTo(0.1f);
        }
        assertThatThrownBy(() -> PanelTable.read(
                        LocalSession.numbers(new Object[] {"a", 1, 1e60, 0}, new Object[] {"b", 2, 1.0, 1}),
                        columns(null),
                        OutcomeStorage.FLOAT,
                        1))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageContaining("\"1.0E60\" is too large or too close to 0 for a float");
    }

    private static List<String> periods(DataType type, Object... times) {
        List<Object[]> rows = new ArrayList<>();
        for (int k = 0; k < times.length; k++) {
            rows.add(new Object[] {"a", times[k], 1.0, k % 2});
            rows.add(new Object[] {"b", times[k], 1.0, 0});
        }
        DataType[] types = {DataTypes.StringType, type, DataTypes.DoubleType, DataTypes.IntegerType};
        try (PanelTable panel = read(LocalSession.table(types, rows.toArray(Object[][]::new)), null, 2)) {
            return panel.periodNames();
        }
    }

    private static String fingerprint(Object[][] rows) {
        try (PanelTable panel = read(LocalSession.numbers(rows), null, 2)) {
            return panel.fingerprint();
        }
    }

    private static void assertRejected(Dataset<Row> table, @Nullable String control, String message) {
        // Other classes may have left some, which Spark's cleaner takes at any time.
        int before = table.sparkSession().sparkContext().getPersistentRDDs().size();
        assertThatThrownBy(() -> read(table, control, 2))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessage(message);
        assertThat(table.sparkSession().sparkContext().getPersistentRDDs().size())
                .isLessThanOrEqualTo(before);
    }

    private static PanelColumns columns(@Nullable String control) {
        return new PanelColumns("unit", "time", "outcome", "treatment", control, OptionNaming.PARAMETER);
    }

    private static PanelTable read(Dataset<Row> table, @Nullable String control, int partitions) {
        return PanelTable.read(table, columns(control), OutcomeStorage.DOUBLE, partitions);
    }
}
