package io.github.rowwise.cli.report;

import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.ShownTotals;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.EventTimeEffect;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.PeriodEffect;
import io.github.rowwise.effects.PreTrend;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.evaluation.MethodAccuracy;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.tables.AddedColumns;
import io.github.rowwise.tables.EffectColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes each treatment's result in words, table and effects over time as members of the page's data. */
record TreatmentJson(
        JsonGenerator json,
        UnitEffects effects,
        Diagnosis diagnosis,
        PanelInput input,
        AddedColumns added,
        int[] listed) {

    private AveragesJson averages() {
        return new AveragesJson(json, diagnosis.averages(), effects.confidenceLevel());
    }

    void write() {
        AveragesJson averages = averages();
        List<EffectColumn> columns = EffectColumn.of(effects, added);
        List<EffectColumn.Row> rows = EffectColumn.rows(effects, added);
        json.writeArrayPropertyStart("treatments");
        for (int arm = 1; arm < effects.panel().arms(); arm++) {
            json.writeStartObject();
            json.writeStringProperty("arm", effects.panel().armNames().get(arm));
            json.writeStringProperty("name", HeadlineText.treatment(effects.panel(), input, arm));
            HeadlineText answer = HeadlineText.of(effects, diagnosis.averages(), input, arm);
            json.writeStringProperty("headline", answer.headline());
            json.writeStringProperty("shares", answer.shares());
            json.writeStringProperty("caveat", answer.caveat());
            writeTotals(arm);
            JsonTexts.writeList(json, "sentences", answer.sentences());
            json.writeBooleanProperty("att_first", answer.isAttFirst());
            averages.write("averages", diagnosis.averages().lead(arm));
            if (diagnosis.algorithm1() != null) {
                averages.write("spectral", diagnosis.averages().spectral().get(arm - 1));
            }
            averages.write(arm);
            new ColumnsJson(json, effects, averages).writeAttributes(arm);
            JsonTexts.writeMap(json, "checks", MethodNotes.checks(effects, diagnosis, arm));
            writeSelfTest(arm);
            writeColumns(columns, rows, arm);
            writePeriods(effects.byPeriod(arm));
            writeEventTimes(arm);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeTotals(int arm) {
        ShownTotals totals = diagnosis.totals();
        if (totals != null) {
            String outcome = input.source().columns().outcome();
            JsonTexts.writeList(json, "totals", TotalsText.of(totals, outcome, effects.confidenceLevel(), arm));
            json.writeStringProperty("unit_of_totals", totals.unitOfTotals(outcome));
        }
    }

    /**
     * Writes the columns of the table. Repeated texts are numbered. The browser computes what follows exactly from other
     * columns: the propensity, and intervals, whose half-width in standard errors is in {@code quantiles}.
     */
    private void writeColumns(List<EffectColumn> columns, List<EffectColumn.Row> all, int arm) {
        int treatments = effects.panel().arms() - 1;
        List<EffectColumn.Row> rows = Arrays.stream(listed)
                .mapToObj(unit -> all.get(unit * treatments + arm - 1))
                .toList();
        List<Grade> grades = List.of(Grade.values());
        Map<String, Integer> reasons = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        json.writeObjectPropertyStart("columns");
        for (EffectColumn column : columns) {
            if (!List.of("unit", "arm").contains(column.name())) {
                names.add(column.name());
            }
            List<Object> values =
                    rows.stream().map(row -> column.value().apply(row)).toList();
            switch (column.kind()) {
                case NUMBER -> {
                    if (!isComputed(column.name(), columns)) {
                        json.writeBinaryProperty(column.name(), TypedArrayEncoding.doubles(numbers(values)));
                    }
                }
                case WHOLE ->
                    json.writeBinaryProperty(
                            column.name(),
                            whole(values.stream()
                                    .mapToInt(value -> (Integer) value)
                                    .toArray()));
                case TEXT -> {
                    if (column.name().equals("grade")) {
                        json.writeBinaryProperty(
                                "grade",
                                whole(rows.stream()
                                        .mapToInt(row ->
                                                grades.indexOf(row.effect().grade()))
                                        .toArray()));
                    } else if (column.name().equals("reason")) {
                        json.writeBinaryProperty(
                                "reason",
                                TypedArrayEncoding.ints(rows.stream()
                                        .mapToInt(row -> reasons.computeIfAbsent(
                                                row.effect().reason(), reason -> reasons.size()))
                                        .toArray()));
                    }
                }
            }
        }
        json.writeEndObject();
        JsonTexts.writeList(json, "table", names);
        JsonTexts.writeList(json, "reasons", List.copyOf(reasons.keySet()));
        json.writeObjectPropertyStart("quantiles");
        writeQuantiles("ate", rows, row -> row.effect().ate());
        writeQuantiles("att", rows, row -> row.effect().att());
        writeQuantiles("atu", rows, row -> row.effect().atu());
        writeQuantiles(
                "predicted_ate",
                rows,
                row -> row.predicted() == null ? null : row.predicted().estimate());
        json.writeEndObject();
    }

    /** An interval without a standard error is not symmetric, so that it does not follow from one. */
    private static boolean isComputed(String name, List<EffectColumn> columns) {
        String error = name.replaceFirst("_ci_(lo|hi)$", "_se");
        return name.equals("propensity")
                || (!error.equals(name)
                        && columns.stream().anyMatch(column -> column.name().equals(error)));
    }

    /** Those of the ATE are written once where another measure has the same. */
    private void writeQuantiles(
            String name, List<EffectColumn.Row> rows, Function<EffectColumn.Row, @Nullable Estimate> estimate) {
        double[] own = quantiles(rows, estimate);
        boolean isNone = Arrays.stream(own).allMatch(Double::isNaN);
        boolean isOfAte = !name.equals("ate")
                && Arrays.equals(own, quantiles(rows, row -> row.effect().ate()));
        if (!isNone && !isOfAte) {
            json.writeBinaryProperty(name, TypedArrayEncoding.doubles(own));
        }
    }

    private double[] quantiles(List<EffectColumn.Row> rows, Function<EffectColumn.Row, @Nullable Estimate> estimate) {
        return rows.stream()
                .mapToDouble(row -> {
                    Estimate of = estimate.apply(row);
                    return of == null ? Double.NaN : of.quantile(effects.confidenceLevel());
                })
                .toArray();
    }

    private static double[] numbers(List<Object> values) {
        return values.stream()
                .mapToDouble(value -> value == null ? Double.NaN : (Double) value)
                .toArray();
    }

    /** In two bytes each where all fit. */
    private static byte[] whole(int[] values) {
        return Arrays.stream(values).allMatch(value -> value <= TypedArrayEncoding.MOST_SHORT)
                ? TypedArrayEncoding.shorts(values)
                : TypedArrayEncoding.ints(values);
    }

    private void writeSelfTest(int arm) {
        Evaluation evaluation = diagnosis.selfTest();
        if (evaluation == null) {
            return;
        }
        json.writeArrayPropertyStart("self_test");
        for (MethodAccuracy row : evaluation.methods()) {
            if (row.arm() == arm) {
                json.writeStartObject();
                json.writeStringProperty("method", row.method());
                writeKnown("rmse", row.accuracy().rmse());
                writeKnown("order", row.accuracy().rankCorrelation());
                writeKnown("coverage", row.accuracy().coverage());
                writeKnown("width", row.accuracy().width());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private void writeKnown(String name, double value) {
        if (!Double.isNaN(value)) {
            json.writeNumberProperty(name, value);
        }
    }

    private void writePeriods(List<PeriodEffect> periods) {
        double[] values = new double[periods.size()];
        double[] lower = new double[periods.size()];
        double[] upper = new double[periods.size()];
        int[] treated = new int[periods.size()];
        for (int j = 0; j < values.length; j++) {
            Estimate effect = periods.get(j).effect();
            boolean known = effect.hasStandardError();
            Interval interval =
                    known ? effect.interval(effects.confidenceLevel()) : new Interval(Double.NaN, Double.NaN);
            values[j] = effect.isAvailable() ? effect.value() : Double.NaN;
            lower[j] = interval.lower();
            upper[j] = interval.upper();
            treated[j] = periods.get(j).treatedUnits();
        }
        json.writeObjectPropertyStart("by_period");
        json.writeBinaryProperty("value", TypedArrayEncoding.doubles(values));
        json.writeBinaryProperty("lo", TypedArrayEncoding.doubles(lower));
        json.writeBinaryProperty("hi", TypedArrayEncoding.doubles(upper));
        json.writeBinaryProperty("treated", TypedArrayEncoding.ints(treated));
        json.writeEndObject();
    }

    private void writeEventTimes(int arm) {
        json.writeArrayPropertyStart("by_event_time");
        for (PreTrend gap : effects.preTrends(arm)) {
            writeEventTime(gap.eventTime(), gap.cells(), gap.units(), gap.gap());
        }
        for (EventTimeEffect effect : effects.byEventTime(arm)) {
            writeEventTime(effect.eventTime(), effect.cells(), effect.units(), effect.effect());
        }
        json.writeEndArray();
    }

    private void writeEventTime(int eventTime, int cells, int units, Estimate estimate) {
        json.writeStartObject();
        json.writeNumberProperty("time", eventTime);
        json.writeNumberProperty("cells", cells);
        json.writeNumberProperty("units", units);
        averages().write(estimate);
        json.writeEndObject();
    }
}
