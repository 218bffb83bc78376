package io.github.rowwise.spark.panel;

import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.tables.AbsentRows;
import io.github.rowwise.tables.MissingCodes;
import io.github.rowwise.tables.OptionNaming;
import io.github.rowwise.tables.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table that make up the panel.
 *
 * @param unit name of the column of the units
 * @param time name of the column of the periods
 * @param outcome name of the column of the outcomes
 * @param treatment name of the column of the arms
 * @param control level of the treatment that is the control, or {@code null} for 0/1 and true/false
 * @param missing codes that mean a missing outcome or treatment
 * @param absentRows what a unit and period without a row mean
 * @param naming how messages name the options
 */
public record PanelColumns(
        String unit,
        String time,
        String outcome,
        String treatment,
        @Nullable String control,
        MissingCodes missing,
        AbsentRows absentRows,
        OptionNaming naming) {

    private static final int MOST_OTHERS = 100;

    /**
     * Creates columns without codes for missing values, where absent rows are missing cells.
     *
     * @param unit name of the column of the units
     * @param time name of the column of the periods
     * @param outcome name of the column of the outcomes
     * @param treatment name of the column of the arms
     * @param control level of the treatment that is the control, or {@code null}
     * @param naming how messages name the options
     */
    public PanelColumns(
            String unit, String time, String outcome, String treatment, @Nullable String control, OptionNaming naming) {
        this(unit, time, outcome, treatment, control, MissingCodes.NONE, AbsentRows.MISSING, naming);
    }

    /**
     * Rejects columns that do not exist once each, or have a type that cannot be used.
     *
     * @param schema the table's schema
     * @throws InvalidPanelException if there is such a column; the message says what to do
     */
    public void check(StructType schema) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (Map.Entry<String, String> option : options().entrySet()) {
            StructField field = field(schema, option.getKey(), option.getValue());
            String other = wanted.put(field.name(), option.getKey());
            if (other != null) {
                throw new InvalidPanelException(other + " and " + option.getKey() + " both name the column "
                        + Quoted.value(field.name()) + "; each needs a column of its own");
            }
        }
        for (String name : List.of(unit, time, treatment)) {
            rejectType(
                    field(schema, name, name), isText(field(schema, name, name).dataType()), "a text, number or date");
        }
        StructField outcomes = field(schema, naming.name("outcome"), outcome);
        rejectType(outcomes, isNumber(outcomes.dataType()) || outcomes.dataType() instanceof StringType, "a number");
    }

    /** Selects unit, time, outcome and treatment: the outcome as a number or text, the others as texts. */
    <T> Dataset<org.apache.spark.sql.Row> select(Dataset<T> table) {
        StructType schema = table.schema();
        StructField outcomes = field(schema, naming.name("outcome"), outcome);
        Column number = column(table, outcomes);
        return table.select(
                text(table, field(schema, naming.name("unit"), unit)),
                text(table, field(schema, naming.name("time"), time)),
                unlessCode(
                        isNumber(outcomes.dataType())
                                ? number.cast(DataTypes.DoubleType)
                                : number.cast(DataTypes.StringType),
                        outcomes.name()),
                unlessCode(
                        text(table, field(schema, naming.name("treatment"), treatment)),
                        field(schema, naming.name("treatment"), treatment).name()));
    }

    /** Returns the other columns whose values differ between all rows of a unit and period that has several. */
    List<String> tellingApart(Dataset<?> table) {
        List<StructField> others = Arrays.stream(table.schema().fields())
                .filter(field -> isText(field.dataType()) && !options().containsValue(field.name()))
                .limit(MOST_OTHERS)
                .toList();
        if (others.isEmpty()) {
            return List.of();
        }
        Column[] differences = others.stream()
                .map(field -> functions
                        .count_distinct(functions.coalesce(text(table, field), functions.lit("")))
                        .equalTo(functions.count(functions.lit(1))))
                .toArray(Column[]::new);
        Column[] always = new Column[others.size()];
        Column[] named = new Column[others.size()];
        for (int i = 0; i < always.length; i++) {
            named[i] = differences[i].as("differs" + i);
            always[i] = functions.bool_and(functions.col("differs" + i));
        }
        org.apache.spark.sql.Row row = table.groupBy(
                        column(table, field(table.schema(), unit, unit)),
                        column(table, field(table.schema(), time, time)))
                .agg(functions.count(functions.lit(1)).as("rowwise rows"), named)
                .where("`rowwise rows` > 1")
                .agg(always[0], Arrays.copyOfRange(always, 1, always.length))
                .first();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < always.length; i++) {
            if (!row.isNullAt(i) && row.getBoolean(i)) {
                found.add(others.get(i).name());
            }
        }
        return found;
    }

    /** Returns the value, or null where it is a code for a missing one. */
    private Column unlessCode(Column value, String name) {
        Column isCode = functions.lit(false);
        if (!missing.texts().isEmpty()) {
            isCode = functions
                    .lower(functions.trim(value.cast(DataTypes.StringType)))
                    .isin(missing.texts().toArray());
        }
        if (!missing.numbers().isEmpty()) {
            // A text that is no number is no code, whatever the session's rules are for casts that fail.
            isCode = isCode.or(
                    value.try_cast(DataTypes.DoubleType).isin(missing.numbers().toArray()));
        }
        return missing.texts().isEmpty()
                ? value
                : functions
                        .when(functions.coalesce(isCode, functions.lit(false)), functions.lit(null))
                        .otherwise(value)
                        .as(name);
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(naming.name("unit"), unit);
        options.put(naming.name("time"), time);
        options.put(naming.name("outcome"), outcome);
        options.put(naming.name("treatment"), treatment);
        return options;
    }

    private static StructField field(StructType schema, String option, String name) {
        List<StructField> exact = new ArrayList<>();
        List<StructField> alike = new ArrayList<>();
        for (StructField field : schema.fields()) {
            if (field.name().equals(name)) {
                exact.add(field);
            } else if (field.name().equalsIgnoreCase(name)) {
                alike.add(field);
            }
        }
        List<StructField> found = exact.isEmpty() ? alike : exact;
        if (found.isEmpty()) {
            List<String> names = Arrays.asList(schema.fieldNames());
            throw new InvalidPanelException("no column " + Quoted.value(name) + "; name it with " + option
                    + Suggestions.didYouMean(name, names) + ". Columns: "
                    + Quoted.list(Suggestions.closestFirst(name, names)));
        }
        // Spark distinguishes upper from lower case only if it is configured to.
        if (exact.size() > 1 || (exact.size() + alike.size() > 1 && !isCaseSensitive())) {
            throw new InvalidPanelException((exact.size() + alike.size()) + " columns are called " + Quoted.value(name)
                    + ", upper and lower case being the same; rename all but one");
        }
        return found.get(0);
    }

    private static boolean isCaseSensitive() {
        return Boolean.parseBoolean(
                org.apache.spark.sql.SparkSession.active().conf().get("spark.sql.caseSensitive", "false"));
    }

    private static void rejectType(StructField field, boolean isGood, String wanted) {
        if (!isGood) {
            throw new InvalidPanelException("column " + Quoted.value(field.name()) + ": of type "
                    + field.dataType().catalogString() + ", which is not " + wanted + "; convert it, or name another");
        }
    }

    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType;
    }

    private static boolean isText(DataType type) {
        return !(type instanceof ArrayType
                || type instanceof MapType
                || type instanceof StructType
                || type instanceof BinaryType
                || type.typeName().equals("variant"));
    }

    private static Column column(Dataset<?> table, StructField field) {
        return table.col("`" + field.name().replace("`", "``") + "`");
    }

    /** Timestamps keep their offset from UTC, if any: the hour that repeats in autumn is two periods. */
    private static Column text(Dataset<?> table, StructField field) {
        Column column = column(table, field);
        Column text = column.cast(DataTypes.StringType);
        boolean hasOffset = field.dataType() instanceof TimestampType
                && !List.of("UTC", "Etc/UTC", "Z", "GMT")
                        .contains(table.sparkSession().conf().get("spark.sql.session.timeZone"));
        return hasOffset ? functions.concat(text, functions.date_format(column, "xxx")) : text;
    }
}
