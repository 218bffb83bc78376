package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Panels;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Panels of so many units that the form of the model is found on a sample of them. */
@Tag("slow")
class LargePanelFormTest {

    private static final FactorModelEstimator ESTIMATOR =
            FactorModelEstimator.withDefaults().withBackend("ejml").withRankLimit(3);
    private static final int UNITS = 6_400;
    private static final int PERIODS = 24;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final double[] truth = new double[UNITS];

    /** Effects in percent of a unit's size, without drift; they build up over five periods or are constant. */
    private Panel draw(double spread, boolean isBuiltUp) {
        SplittableRandom random = new SplittableRandom(5);
        double[][] outcomes = new double[UNITS][PERIODS];
        int[][] arms = new int[UNITS][PERIODS];
        for (int i = 0; i < UNITS; i++) {
            double size = Math.exp(spread * random.nextGaussian());
            double effect = 1 + .5 * random.nextGaussian();
            int start = i % 2 == 0 ? random.nextInt(6, 16) : PERIODS;
            truth[i] = 0;
            for (int j = 0; j < PERIODS; j++) {
                arms[i][j] = j >= start ? 1 : 0;
                double here = arms[i][j] * effect * (isBuiltUp ? 1 - Math.exp(-(j - start + 1) / 5.0) : 1);
                truth[i] += here * size / Math.max(1, PERIODS - start);
                outcomes[i][j] = size * (10 + Math.sin(j) + here + .5 * random.nextGaussian());
            }
        }
        return Panels.withBlockRows(Draws.panel(outcomes, arms), 256);
    }

    private void assertCoverage(UnitEffects effects) {
        int covered = 0;
        for (int i = 0; i < UNITS; i += 2) {
            covered += effects.effect(i, 1).att().interval(.95).contains(truth[i]) ? 1 : 0;
        }
        assertThat(covered / (UNITS / 2.0)).isBetween(.92, .98);
    }

    @Test
    void constantEffectsNeedNothingElse() {
        UnitEffects effects = ESTIMATOR.fit(draw(0, false));

        FactorModel model = effects.factorModel().orElseThrow();
        assertThat(model.effectsForm()).isEqualTo(EffectsForm.CONSTANT);
        assertThat(model.trends()).isZero();
        assertCoverage(effects);
    }

    @Test
    void effectsThatBuildUpAndUnequalSizesAreSeenInTheSample() {
        UnitEffects effects = ESTIMATOR.fit(draw(1.2, true));

        assertThat(effects.factorModel().orElseThrow().hasOnsetTerms()).isTrue();
        assertCoverage(effects);
    }

    @Test
    void aFinishedFitIsResumedInTheFormThatTheSampleGave() {
        Panel panel = draw(0, true);
        FactorModelEstimator kept = ESTIMATOR.withCheckpoint(folder.resolve("fit"));
        UnitEffects first = kept.fit(panel);

        UnitEffects again = kept.fit(panel);

        for (int i = 0; i < UNITS; i += 100) {
            Estimate expected = first.effect(i, 1).att();
            assertThat(again.effect(i, 1).att().value()).isEqualTo(expected.value());
            assertThat(again.effect(i, 1).att().standardError()).isEqualTo(expected.standardError());
        }
    }
}
