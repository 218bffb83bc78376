package io.github.rowwise.tables.json;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.EventTimeEffect;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.PeriodEffect;
import io.github.rowwise.effects.PreTrend;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.tables.AddedColumns;
import io.github.rowwise.tables.EffectColumn;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The members of a document that need all units of the panel in one place. */
public final class UnitsDocument {

    private UnitsDocument() {}

    /**
     * Adds the effects over time and the effects of all units.
     *
     * @param document where to add {@code effect_by_period}, {@code by_event_time}, {@code pre_trends} and {@code units}
     * @param effects the result, with its units
     * @param added what units have because it was asked for
     */
    public static void addTo(Map<String, @Nullable Object> document, UnitEffects effects, AddedColumns added) {
        List<Object> periods = new ArrayList<>();
        List<Object> eventTimes = new ArrayList<>();
        List<Object> preTrends = new ArrayList<>();
        double level = effects.confidenceLevel();
        for (int arm = 1; arm < effects.panel().arms(); arm++) {
            String name = effects.panel().armNames().get(arm);
            for (PeriodEffect effect : effects.byPeriod(arm)) {
                Map<String, @Nullable Object> one = new LinkedHashMap<>();
                one.put("period", effect.period());
                one.put("arm", name);
                JsonValues.addColumns(one, "effect", effect.effect(), level);
                one.put("treated_units", effect.treatedUnits());
                periods.add(one);
            }
            for (EventTimeEffect effect : effects.byEventTime(arm)) {
                eventTimes.add(eventTime(
                        name, effect.eventTime(), effect.cells(), effect.units(), "effect", effect.effect(), level));
            }
            for (PreTrend trend : effects.preTrends(arm)) {
                preTrends.add(eventTime(
                        name, trend.eventTime(), trend.cells(), trend.units(), "residual", trend.gap(), level));
            }
        }
        document.put("effect_by_period", periods);
        document.put("by_event_time", eventTimes);
        document.put("pre_trends", preTrends);
        document.put("units", units(effects, added));
    }

    private static Map<String, @Nullable Object> eventTime(
            String arm, int eventTime, int cells, int units, String name, Estimate estimate, double level) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("event_time", eventTime);
        one.put("arm", arm);
        JsonValues.addColumns(one, name, estimate, level);
        one.put("cells", cells);
        one.put("units", units);
        return one;
    }

    /** One object per row of the effects table, each made when it is asked for: there may be millions. */
    private static Iterable<Map<String, @Nullable Object>> units(UnitEffects effects, AddedColumns added) {
        List<EffectColumn> columns = EffectColumn.of(effects, added);
        return () -> {
            Iterator<EffectColumn.Row> rows = EffectColumn.rows(effects, added).iterator();
            Iterator<Optional<Interval>> band = effects.simultaneousIntervals().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public Map<String, @Nullable Object> next() {
                    EffectColumn.Row row = rows.next();
                    Map<String, @Nullable Object> unit = new LinkedHashMap<>();
                    for (EffectColumn column : columns) {
                        unit.put(column.name(), column.value().apply(row));
                    }
                    Interval simultaneous = band.next().orElse(null);
                    unit.put("ate_band_lo", simultaneous == null ? null : (Double) simultaneous.lower());
                    unit.put("ate_band_hi", simultaneous == null ? null : (Double) simultaneous.upper());
                    return unit;
                }
            };
        };
    }
}
