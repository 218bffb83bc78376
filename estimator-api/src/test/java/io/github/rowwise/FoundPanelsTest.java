package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.panel.Panel;
import org.junit.jupiter.api.Test;

/** Small panels that fuzz tests found, and what was wrong with them. */
class FoundPanelsTest {

    /** Ten cells of three units. With factors, trends and onset terms the fit diverged. */
    @Test
    void tooFewCellsForFactors() {
        Panel panel =
                new PanelDraw(3, 12, 2, PanelDraw.Assignment.SWITCHBACK, 70, PanelDraw.Outcomes.NOISE, 3, 89).panel();

        UnitEffects effects = FactorModelEstimator.withDefaults().fit(panel);

        assertThat(effects.factorModel().orElseThrow().rank()).isZero();
        assertThat(effects.averages(1).att().value()).isFinite();
    }

    /** The first singular value equals the threshold of the sign flips up to rounding. */
    @Test
    void aTieWithTheThreshold() {
        Panel panel = new PanelDraw(4, 2, 2, PanelDraw.Assignment.RANDOM, 0, PanelDraw.Outcomes.NOISE, 0, 5).panel();
        SpectralEstimator spectral = SpectralEstimator.withDefaults().withCentring(Centring.NONE);

        UnitEffects first = spectral.withBackend(Backends.named(TestedBackends.NAMES.get(0)))
                .fit(panel);
        for (String name : TestedBackends.NAMES) {
            UnitEffects effects = spectral.withBackend(Backends.named(name)).fit(panel);
            for (int arm = 0; arm < 2; arm++) {
                assertThat(effects.spectrum(arm).rank())
                        .isEqualTo(first.spectrum(arm).rank());
            }
            if (first.averages(1).ate().isAvailable()) {
                assertThat(effects.averages(1).ate().value())
                        .isCloseTo(first.averages(1).ate().value(), within(1e-9));
            }
        }
    }
}
