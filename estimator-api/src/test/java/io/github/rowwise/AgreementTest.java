package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every backend gives the same answer. */
class AgreementTest {

    record Case(PanelSimulation.Assignment assignment, int units, int periods, RankRule rank) {}

    static Stream<Case> cases() {
        return Stream.of(PanelSimulation.Assignment.values())
                .flatMap(assignment -> Stream.of(
                        new Case(assignment, 60, 45, RankRule.signFlip()),
                        new Case(assignment, 60, 45, RankRule.heldOut()),
                        new Case(assignment, 210, 220, RankRule.signFlip()),
                        new Case(assignment, 210, 220, RankRule.eigenvalueRatio())));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void effectsRanksAndGradesAgree(Case c) {
        Panel panel = PanelSimulation.withDefaults()
                .withSize(c.units(), c.periods())
                .withAssignment(c.assignment())
                .withMissing(0.15)
                .withSeed(3)
                .generate()
                .panel();
        List<UnitEffects> all = TestedBackends.NAMES.stream()
                .map(name -> SpectralEstimator.withDefaults()
                        .withBackend(name)
                        .withRank(c.rank())
                        .fit(panel))
                .toList();
        UnitEffects first = all.get(0);
        for (UnitEffects other : all) {
            assertThat(Tables.distance(Tables.ate(other, 1), Tables.ate(first, 1)))
                    .isLessThan(1e-8);
            assertThat(Tables.distance(standardErrors(other), standardErrors(first)))
                    .isLessThan(1e-8);
            assertThat(grades(other)).isEqualTo(grades(first));
            assertThat(other.warnings()).isEqualTo(first.warnings());
            for (int arm = 0; arm < 2; arm++) {
                assertThat(other.spectrum(arm).rank())
                        .isEqualTo(first.spectrum(arm).rank());
            }
        }
    }

    private static double[] standardErrors(UnitEffects effects) {
        return effects.effects().stream()
                .map(UnitEffect::ate)
                .mapToDouble(ate -> ate.hasStandardError() ? ate.standardError() : Double.NaN)
                .toArray();
    }

    private static List<String> grades(UnitEffects effects) {
        return effects.effects().stream()
                .map(unit -> unit.grade() + " " + unit.reason())
                .toList();
    }
}
