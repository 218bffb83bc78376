package io.github.rowwise.cli.output;

import io.github.rowwise.Estimate;
import io.github.rowwise.Panel;
import io.github.rowwise.UnitEffect;
import io.github.rowwise.UnitEffects;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of the table of unit effects; the same columns go into CSV, Parquet and JSON.
 *
 * @param name the column's name
 * @param kind what its values are
 * @param value the value in a row, {@code null} where there is none
 */
record EffectColumn(String name, Kind kind, Function<Row, @Nullable Object> value) {

    /** What the values of a column are. */
    enum Kind {
        TEXT,
        WHOLE,
        NUMBER
    }

    /** One unit and arm with what the whole result knows of it. */
    record Row(UnitEffect effect, double qValue, String armName) {}

    /** The columns of a result, in their order. */
    static List<EffectColumn> of(UnitEffects effects) {
        Panel panel = effects.panel();
        List<EffectColumn> columns = new ArrayList<>();
        columns.add(new EffectColumn("unit", Kind.TEXT, row -> row.effect().unit()));
        if (panel.arms() > 2) {
            columns.add(new EffectColumn("arm", Kind.TEXT, Row::armName));
        }
        columns.add(whole("n_treated", UnitEffect::treatedPeriods));
        columns.add(whole("n_control", UnitEffect::controlPeriods));
        columns.add(whole("n_missing", UnitEffect::missingPeriods));
        columns.add(
                new EffectColumn("propensity", Kind.NUMBER, row -> row.effect().propensity()));
        addEstimate(columns, "ate", UnitEffect::ate, effects.level());
        addEstimate(columns, "att", UnitEffect::att, effects.level());
        addEstimate(columns, "atu", UnitEffect::atu, effects.level());
        columns.add(new EffectColumn(
                "p_value",
                Kind.NUMBER,
                row -> row.effect().ate().hasStandardError()
                        ? row.effect().ate().pValue()
                        : null));
        columns.add(new EffectColumn("q_value", Kind.NUMBER, row -> Double.isNaN(row.qValue()) ? null : row.qValue()));
        // A posterior gives these two; the spectral method has none.
        columns.add(new EffectColumn("prob_positive", Kind.NUMBER, row -> null));
        columns.add(new EffectColumn("prob_top_decile", Kind.NUMBER, row -> null));
        columns.add(
                new EffectColumn("grade", Kind.TEXT, row -> row.effect().grade().label()));
        columns.add(new EffectColumn(
                "reason",
                Kind.TEXT,
                row -> row.effect().reason().isEmpty() ? null : row.effect().reason()));
        return columns;
    }

    /** The rows of a result, in the order of the panel's units. */
    static List<Row> rows(UnitEffects effects) {
        List<Row> rows = new ArrayList<>();
        double[] qValues = effects.qValues();
        for (UnitEffect effect : effects.units()) {
            String armName = effects.panel().armNames().get(effect.arm());
            rows.add(new Row(effect, qValues[rows.size()], armName));
        }
        return rows;
    }

    private static EffectColumn whole(String name, Function<UnitEffect, Integer> value) {
        return new EffectColumn(name, Kind.WHOLE, row -> value.apply(row.effect()));
    }

    private static void addEstimate(
            List<EffectColumn> columns, String name, Function<UnitEffect, Estimate> estimate, double level) {
        columns.add(number(name, estimate, Estimate::isAvailable, Estimate::value));
        columns.add(number(name + "_se", estimate, Estimate::hasStandardError, Estimate::standardError));
        columns.add(number(
                name + "_ci_lo",
                estimate,
                Estimate::hasStandardError,
                e -> e.interval(level).lower()));
        columns.add(number(
                name + "_ci_hi",
                estimate,
                Estimate::hasStandardError,
                e -> e.interval(level).upper()));
    }

    private static EffectColumn number(
            String name,
            Function<UnitEffect, Estimate> estimate,
            Function<Estimate, Boolean> isThere,
            Function<Estimate, Double> value) {
        return new EffectColumn(name, Kind.NUMBER, row -> {
            Estimate e = estimate.apply(row.effect());
            return isThere.apply(e) ? value.apply(e) : null;
        });
    }
}
