package io.github.rowwise.spark.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.spark.LocalSession;
import io.github.rowwise.tables.EffectColumn;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("slow")
@ExtendWith(LocalSession.class)
public class EffectsTableTest {

    @Test
    void rowsAreThoseOfTheProgramWithThreeArms() {
        Panel panel = panel(60, 12, 3);
        assertSame(FactorModelEstimator.withDefaults().fit(panel), 4);
        assertSame(SpectralEstimator.withDefaults().fit(panel), 4);
    }

    @Test
    void rowsAreThoseOfTheProgramWithTwoArmsAndMorePartsThanUnits() {
        assertSame(FactorModelEstimator.withDefaults().fit(panel(8, 10, 2)), 10);
    }

    /** The whole result's rows in parts, as parts of it would give them. */
    private static void assertSame(UnitEffects effects, int parts) {
        int arms = effects.panel().arms();
        List<Row> known = new ArrayList<>();
        EffectsTable.shardRows(effects).forEachRemaining(known::add);
        JavaRDD<Row> rows = JavaSparkContext.fromSparkContext(
                        LocalSession.session().sparkContext())
                .parallelize(known, parts);
        EffectsTable table = new EffectsTable(arms);
        Dataset<Row> full = table.of(
                LocalSession.session(), rows, arms, effects.factorModel().isPresent());

        List<EffectColumn> columns = EffectColumn.of(effects, false);
        assertThat(full.columns())
                .containsExactly(columns.stream().map(EffectColumn::name).toArray(String[]::new));
        Iterator<Row> found = full.collectAsList().iterator();
        int unknown = 0;
        for (EffectColumn.Row row : EffectColumn.rows(effects)) {
            Row other = found.next();
            for (int k = 0; k < columns.size(); k++) {
                Object value = columns.get(k).value().apply(row);
                unknown += value == null ? 1 : 0;
                if (columns.get(k).name().equals("prob_top_decile") && value != null) {
                    // Its threshold rests on a sum in another order.
                    assertThat(other.getDouble(k)).isCloseTo((Double) value, org.assertj.core.data.Offset.offset(1e-9));
                } else {
                    assertThat(other.get(k)).as(columns.get(k).name()).isEqualTo(value);
                }
            }
        }
        assertThat(found).isExhausted();
        assertThat(unknown).isPositive();
    }

    /** Some units lack an arm, some cells are missing. */
    public static Panel panel(int units, int periods, int arms) {
        Random random = new Random(units);
        double[][] outcomes = new double[units][periods];
        int[][] treatments = new int[units][periods];
        List<String> names = new ArrayList<>();
        for (int unit = 0; unit < units; unit++) {
            names.add("u" + unit);
            double level = random.nextGaussian();
            double effect = 2 * random.nextGaussian();
            for (int period = 0; period < periods; period++) {
                treatments[unit][period] = unit % 7 == 0 ? 0 : random.nextInt(arms);
                outcomes[unit][period] = random.nextInt(9) == 0
                        ? Double.NaN
                        : level + Math.sin(period + level) + effect * treatments[unit][period] + random.nextGaussian();
            }
        }
        List<String> times = java.util.stream.IntStream.range(0, periods)
                .mapToObj(Integer::toString)
                .toList();
        return Panel.of(outcomes, treatments, names, times);
    }
}
