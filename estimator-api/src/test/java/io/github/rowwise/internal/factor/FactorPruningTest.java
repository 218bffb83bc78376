package io.github.rowwise.internal.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.pass.BlockRunner;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.RowBlocks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which factors are dropped tentatively, and which are recognised as the noise of a single unit. */
class FactorPruningTest {

    private static final int UNITS = 40;

    private static final PassRunner ALONE = new BlockRunner(RowBlocks.NONE, 1);

    private final FactorState state = state(3);

    @Test
    void aFactorCarriedByOneUnitIsDropped() {
        for (int unit = 0; unit < UNITS; unit++) {
            loading(unit, 2, unit == 7 ? 5 : .1);
        }
        assertThat(FactorPruning.carriedByOneUnit(state, ALONE)).containsExactly(false, false, true);
    }

    @Test
    void sharedFactorsRemain() {
        assertThat(FactorPruning.carriedByOneUnit(state, ALONE)).isNull();
    }

    /**
     * A quiet unit has a large weight although its loading is typical. A large unit has one although its noise is large
     * too.
     */
    @Test
    void aQuietOrLargeUnitIsNotMistakenForACarrier() {
        state.noise[3] = 1e-6;
        assertThat(FactorPruning.carriedByOneUnit(state, ALONE)).isNull();
        loading(9, 1, 1e3);
        state.noise[9] = 1e6;
        assertThat(FactorPruning.carriedByOneUnit(state, ALONE)).isNull();
    }

    @Test
    void atLeastOneFactorRemains() {
        for (int unit = 0; unit < UNITS; unit++) {
            for (int factor = 0; factor < 3; factor++) {
                loading(unit, factor, unit == factor ? 5 : .01);
            }
        }
        assertThat(FactorPruning.carriedByOneUnit(state, ALONE)).containsExactly(false, true, true);
        FactorState single = state(1);
        Arrays.fill(single.coefficients, 0);
        single.coefficients[1] = 1;
        assertThat(FactorPruning.carriedByOneUnit(single, ALONE)).isNull();
    }

    /** The largest of 4, 4 sqrt(units / periods), and units / periods. */
    @ParameterizedTest
    @CsvSource({"40,40,4", "40,30,4.6", "160,10,16", "3000,10,300"})
    void aWeakFactorIsDroppedTentatively(int units, int periods, double weak) {
        FactorState many = new FactorState(new Dimensions(2, 0, false, 1, 0), units, periods);
        int latent = many.size.latent();
        for (int j = 0; j < periods; j++) {
            many.covariance[j] = SmallMatrices.identity(latent);
            many.latent[0][j] = 1000;
            many.latent[1][j] = Math.sqrt(1.05 * weak);
        }
        assertThat(new FactorPruning().trial(many, units)).isNull();
        Arrays.fill(many.latent[1], Math.sqrt(.95 * weak));
        assertThat(new FactorPruning().trial(many, units))
                .satisfies(trial -> assertThat(trial.dropped()).containsExactly(false, true));
    }

    /**
     * After a rejection only the weakest factor is tried, and only after some iterations. A checkpoint must contain
     * both.
     */
    @Test
    void aCheckpointContainsTheRejection() {
        for (int period = 0; period < state.periods(); period++) {
            for (int factor = 0; factor < 3; factor++) {
                state.covariance[period][factor * state.size.latent() + factor] = 1;
                state.latent[factor][period] = factor == 0 ? 9 : 1 + .1 * factor;
            }
        }
        FactorPruning pruning = new FactorPruning();
        FactorPruning.Trial all = Objects.requireNonNull(pruning.trial(state, UNITS));
        pruning.reject(all, 3);
        List<Object> written = new ArrayList<>();

        pruning.exchange(fields(now -> {
            written.add(now);
            return now;
        }));
        Iterator<Object> kept = written.iterator();
        FactorPruning resumed = new FactorPruning();
        resumed.exchange(fields(now -> kept.next()));

        assertThat(all.count()).isEqualTo(2);
        assertThat(Objects.requireNonNull(resumed.trial(state, UNITS)).count()).isEqualTo(1);
        assertThat(resumed.isDue(state, 3)).isFalse();
        assertThat(resumed.isDue(state, 4)).isTrue();
    }

    private static CheckpointCodec fields(UnaryOperator<Object> each) {
        return new CheckpointCodec() {
            @Override
            public boolean flag(boolean now) {
                return (Boolean) each.apply(now);
            }

            @Override
            public int count(int now) {
                return (Integer) each.apply(now);
            }

            @Override
            public double number(double now) {
                return (Double) each.apply(now);
            }

            @Override
            public double[] numbers(double[] now) {
                return (double[]) each.apply(now);
            }
        };
    }

    private void loading(int unit, int factor, double value) {
        state.coefficients[unit * state.size.coefficients() + 1 + factor] = value;
    }

    private static FactorState state(int rank) {
        SplittableRandom random = new SplittableRandom(2);
        FactorState state = new FactorState(new Dimensions(rank, 0, false, 1, 0), UNITS, 30);
        state.coefficients = new double[UNITS * state.size.coefficients()];
        Arrays.setAll(state.coefficients, k -> random.nextGaussian());
        Arrays.fill(state.noise, .3);
        return state;
    }
}
