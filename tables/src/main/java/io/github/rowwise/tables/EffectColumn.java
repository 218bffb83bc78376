package io.github.rowwise.tables;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.PredictedEffect;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.totals.TotalEffects;
import io.github.rowwise.totals.UnitTotals;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of the effects table. All formats and engines have the same columns.
 *
 * @param name the column's name
 * @param kind the type of its values
 * @param value returns the value of a row, {@code null} if there is none
 */
public record EffectColumn(String name, Kind kind, Function<Row, @Nullable Object> value) {

    /** The type of a column's values. */
    public enum Kind {
        /** {@link String}. */
        TEXT,
        /** {@link Integer}. */
        WHOLE,
        /** {@link Double}. */
        NUMBER
    }

    /** One unit and arm with what the whole result knows of it; an interval takes too long to be computed twice. */
    public record Row(
            UnitEffect effect,
            String armName,
            Part ate,
            Part att,
            Part atu,
            @Nullable Part predicted,
            @Nullable UnitTotals totals) {

        /** With intervals at a level, and without a prediction. */
        public static Row of(UnitEffect effect, String armName, double level) {
            return new Row(
                    effect,
                    armName,
                    Part.of(effect.ate(), level),
                    Part.of(effect.att(), level),
                    Part.of(effect.atu(), level),
                    null,
                    null);
        }

        Row with(@Nullable Part prediction, @Nullable UnitTotals amounts) {
            return new Row(effect, armName, ate, att, atu, prediction, amounts);
        }
    }

    /** An estimate with its interval, {@code null} where it has none. */
    public record Part(Estimate estimate, @Nullable Interval interval) {
        static Part of(Estimate estimate, double level) {
            return new Part(estimate, estimate.hasStandardError() ? estimate.interval(level) : null);
        }
    }

    /** The columns of a result, in their order, with those of predictions at the end where they are wanted. */
    public static List<EffectColumn> of(UnitEffects effects, boolean predict) {
        return of(effects.panel().arms(), predict);
    }

    /** The columns of a result, in their order, with those that were asked for at the end. */
    public static List<EffectColumn> of(UnitEffects effects, AddedColumns added) {
        List<EffectColumn> columns = of(effects, added.predictions());
        TotalEffects totals = added.totals();
        if (totals != null) {
            TotalColumns.of(totals)
                    .forEach((name, value) -> columns.add(new EffectColumn(name, Kind.NUMBER, row -> {
                        UnitTotals unit = row.totals();
                        return unit == null ? null : value.apply(unit);
                    })));
        }
        return columns;
    }

    /** The columns for so many arms, control included. */
    public static List<EffectColumn> of(int arms, boolean predict) {
        List<EffectColumn> columns = new ArrayList<>();
        columns.add(new EffectColumn("unit", Kind.TEXT, row -> row.effect().unit()));
        if (arms > 2) {
            columns.add(new EffectColumn("arm", Kind.TEXT, Row::armName));
        }
        columns.add(whole("n_treated", UnitEffect::treatedPeriods));
        columns.add(whole("n_control", UnitEffect::controlPeriods));
        columns.add(whole("n_missing", UnitEffect::missingPeriods));
        columns.add(
                new EffectColumn("propensity", Kind.NUMBER, row -> row.effect().propensity()));
        addEstimate(columns, "ate", Row::ate);
        addEstimate(columns, "att", Row::att);
        addEstimate(columns, "atu", Row::atu);
        columns.add(new EffectColumn(
                "p_value",
                Kind.NUMBER,
                row -> row.effect().ate().hasStandardError()
                        ? row.effect().ate().pValue()
                        : null));
        columns.add(new EffectColumn(
                "q_value", Kind.NUMBER, row -> known(row.effect().qValue())));
        // A posterior gives these two; the spectral method has none.
        columns.add(new EffectColumn(
                "prob_positive", Kind.NUMBER, row -> known(row.effect().probabilityPositive())));
        columns.add(new EffectColumn(
                "prob_top_decile", Kind.NUMBER, row -> known(row.effect().probabilityTopDecile())));
        columns.add(
                new EffectColumn("grade", Kind.TEXT, row -> row.effect().grade().label()));
        columns.add(new EffectColumn(
                "reason",
                Kind.TEXT,
                row -> row.effect().reason().isEmpty() ? null : row.effect().reason()));
        if (predict) {
            addEstimate(columns, "predicted_ate", Row::predicted);
        }
        return columns;
    }

    /** The rows of a result, in the order of the panel's units. A row is made when it is asked for, by any thread. */
    public static List<Row> rows(UnitEffects effects) {
        return rows(effects, AddedColumns.NONE);
    }

    /** The rows of a result with what was asked for, in the order of the panel's units. */
    public static List<Row> rows(UnitEffects effects, AddedColumns added) {
        TotalEffects totals = added.totals();
        List<UnitEffect> all = effects.effects();
        List<String> armNames = effects.panel().armNames();
        double level = effects.confidenceLevel();
        @Nullable PredictedEffect[] predictions = predictions(all, effects.predictions());
        return new AbstractList<>() {
            @Override
            public Row get(int index) {
                UnitEffect effect = all.get(index);
                Row row = Row.of(effect, armNames.get(effect.arm()), level);
                PredictedEffect predicted = predictions.length > 0 ? predictions[index] : null;
                return row.with(
                        predicted == null ? null : Part.of(predicted.ate(), level),
                        totals == null ? null : totals.units().get(index));
            }

            @Override
            public int size() {
                return all.size();
            }
        };
    }

    /** Those of units without an estimate by row; an empty array where there are none. */
    private static @Nullable PredictedEffect[] predictions(
            List<UnitEffect> effects, List<PredictedEffect> predictions) {
        @Nullable PredictedEffect[] byRow = new PredictedEffect[predictions.isEmpty() ? 0 : effects.size()];
        int next = 0;
        for (int row = 0; row < byRow.length && next < predictions.size(); row++) {
            PredictedEffect prediction = predictions.get(next);
            UnitEffect effect = effects.get(row);
            if (prediction.unit().equals(effect.unit()) && prediction.arm() == effect.arm()) {
                byRow[row] = prediction;
                next++;
            }
        }
        return byRow;
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static EffectColumn whole(String name, Function<UnitEffect, Integer> value) {
        return new EffectColumn(name, Kind.WHOLE, row -> value.apply(row.effect()));
    }

    private static void addEstimate(List<EffectColumn> columns, String name, Function<Row, @Nullable Part> part) {
        columns.add(number(
                name, part, p -> p.estimate().isAvailable() ? p.estimate().value() : null));
        columns.add(number(
                name + "_se",
                part,
                p -> p.interval() == null ? null : p.estimate().standardError()));
        columns.add(number(
                name + "_ci_lo",
                part,
                p -> p.interval() == null ? null : p.interval().lower()));
        columns.add(number(
                name + "_ci_hi",
                part,
                p -> p.interval() == null ? null : p.interval().upper()));
    }

    private static EffectColumn number(
            String name, Function<Row, @Nullable Part> part, Function<Part, @Nullable Object> value) {
        return new EffectColumn(name, Kind.NUMBER, row -> {
            Part estimate = part.apply(row);
            return estimate == null ? null : value.apply(estimate);
        });
    }
}
