package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.NeighbouringRanks;
import io.github.rowwise.effects.Provenance;
import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Panels;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same panel, options and seed give the same doubles; threads, and blocks but for rounding, change nothing. */
@Tag("slow")
class DeterminismTest {

    private static final List<RankRule> RULES = List.of(
            RankRule.fixed(3),
            RankRule.signFlip(),
            RankRule.eigenvalueRatio(),
            RankRule.heldOut(),
            new RankRule.SpectralGap(0.05, 1));

    record Case(Panel panel, RankRule rank) {

        SpectralEstimator estimator() {
            return SpectralEstimator.withDefaults().withBackend("ejml").withRank(rank);
        }

        @Override
        public String toString() {
            return panel.units() + " x " + panel.periods() + ", " + rank;
        }
    }

    static List<Case> cases() {
        PanelSimulation simulation = PanelSimulation.withDefaults().withMissing(0.1);
        Panel tiny = simulation.withSize(90, 60).generate().panel();
        Panel large = simulation.withSize(230, 210).generate().panel();
        return RULES.stream()
                .flatMap(rule -> Stream.of(new Case(tiny, rule), new Case(large, rule)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anyNumberOfThreadsGivesTheSameDoubles(Case c) {
        Panel panel = Panels.withBlockRows(c.panel(), 16);
        SpectralEstimator estimator = c.estimator().withNeighbouringRanks(true);
        List<Double> expected = numbers(estimator.withThreads(1).fit(panel));

        for (int threads : new int[] {2, 5}) {
            assertThat(numbers(estimator.withThreads(threads).fit(panel))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void blocksOfAnyHeightAgreeButForRounding(Case c) {
        double[] expected = array(numbers(c.estimator().fit(c.panel())));
        // Blocks of one row are slow in a large panel, and are tried in the small one.
        int least = c.panel().units() > 100 ? 7 : 1;
        for (int rows : new int[] {least, 13, c.panel().units()}) {
            double[] actual = array(numbers(c.estimator().fit(Panels.withBlockRows(c.panel(), rows))));
            assertThat(Tables.distance(actual, expected)).isLessThan(1e-12);
        }
    }

    @Test
    void theSeedIsAllThatIsRandom() {
        Panel panel = PanelSimulation.withDefaults()
                .withSize(60, 50)
                .withRank(1)
                .generate()
                .panel();
        SpectralEstimator estimator = SpectralEstimator.withDefaults().withBackend("ejml");
        double threshold =
                estimator.withSeed(5).fit(panel).spectrum(1).threshold().orElseThrow();

        assertThat(estimator.withSeed(5).fit(panel).spectrum(1).threshold()).hasValue(threshold);
        assertThat(estimator.withSeed(6).fit(panel).spectrum(1).threshold().orElseThrow())
                .isNotEqualTo(threshold);
    }

    @Test
    void spectraAloneAreThoseOfTheFit() {
        Panel panel = PanelSimulation.withDefaults().withSize(70, 40).generate().panel();
        SpectralEstimator estimator = SpectralEstimator.withDefaults().withBackend("ejml");
        List<Spectrum> spectra = estimator.spectra(panel);
        UnitEffects effects = estimator.fit(panel);

        for (int arm = 0; arm < 2; arm++) {
            assertThat(spectra.get(arm)).hasToString(effects.spectrum(arm).toString());
        }
    }

    @Test
    void provenanceTellsWhatIsNeededToDoItAgain() {
        Panel panel = PanelSimulation.withDefaults().withSize(20, 30).generate().panel();
        Provenance provenance = SpectralEstimator.withDefaults()
                .withBackend("ojalgo")
                .withRank(RankRule.fixed(2))
                .withSeed(77)
                .withConfidenceLevel(0.9)
                .withCentring(Centring.UNIT)
                .fit(panel)
                .provenance();

        assertThat(provenance.backend()).isEqualTo("ojalgo");
        assertThat(provenance.backendVersion()).isNotEmpty();
        assertThat(provenance.seed()).isEqualTo(77);
        assertThat(provenance.options())
                .containsEntry("rank", "fixed 2")
                .containsEntry("centring", "unit")
                .containsEntry("confidence-level", "0.9");
        assertThat(provenance.dataHash()).isEqualTo(panel.fingerprint());
        assertThat(provenance.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    private static List<Double> numbers(UnitEffects effects) {
        List<Double> numbers = new ArrayList<>();
        for (UnitEffect unit : effects.effects()) {
            Stream.of(unit.ate(), unit.att(), unit.atu()).forEach(estimate -> add(numbers, estimate));
        }
        for (NeighbouringRanks neighbours : effects.neighbouringRanks()) {
            add(numbers, neighbours.oneFewer());
            add(numbers, neighbours.oneMore());
        }
        for (int arm = 0; arm < 2; arm++) {
            Spectrum spectrum = effects.spectrum(arm);
            numbers.add((double) spectrum.rank());
            DoubleStream.of(spectrum.singularValues())
                    .limit(spectrum.rank())
                    .map(value -> value / spectrum.singularValues()[0])
                    .forEach(numbers::add);
        }
        return numbers;
    }

    private static void add(List<Double> numbers, Estimate estimate) {
        numbers.add(estimate.isAvailable() ? estimate.value() : -1e-3);
        numbers.add(estimate.hasStandardError() ? estimate.standardError() : -1e-3);
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(x -> x).toArray();
    }
}
