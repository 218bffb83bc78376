package io.github.rowwise.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConclusionTest {

    private static final UnitEffects EFFECTS = UnitEffects.builder(
                    PanelSimulation.withDefaults().withSize(5, 6).generate().panel())
            .build();

    private static GapCheck gap(Verdict verdict, int periods) {
        return new GapCheck(verdict, "", Estimate.withoutStandardError(0), 0.5, 0.5, List.of(), periods);
    }

    private static PanelChecks of(
            Verdict placebo, int lead, int washout, Verdict intervals, double widening, Verdict methods) {
        return Conclusion.of(
                EFFECTS,
                1,
                3,
                3,
                gap(placebo, 0),
                gap(lead > 0 ? Verdict.FAILED : placebo, lead),
                gap(washout > 0 ? Verdict.FAILED : Verdict.NOT_MADE, washout),
                new CoverageCheck(intervals, "", 10, 100, 10, 0.95, 0.9, widening),
                new AgreementCheck(methods, "", List.of()));
    }

    @Test
    void saysWhatToDoInOrder() {
        PanelChecks leaks = of(Verdict.PASSED, 2, 1, Verdict.FAILED, 1.4, Verdict.FAILED);
        assertThat(leaks.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(leaks.conclusion())
                .isEqualTo(
                        "do not use the effects as they are: leave out the 2 periods before treatment starts; leave out the"
                                + " period after treatment ends; then check again");
        assertThat(of(Verdict.PASSED, 0, 0, Verdict.FAILED, 1.4, Verdict.PASSED).conclusion())
                .endsWith(": widen intervals by the factor 1.4");
        assertThat(of(Verdict.FAILED, 0, 0, Verdict.PASSED, 1, Verdict.PASSED).conclusion())
                .contains("treatment may follow something");
    }

    @Test
    void theWorstVerdictCounts() {
        assertThat(of(Verdict.PASSED, 0, 0, Verdict.PASSED, 1, Verdict.PASSED).verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(of(Verdict.PASSED, 0, 0, Verdict.SMALL, 1, Verdict.PASSED).verdict())
                .isEqualTo(Verdict.SMALL);
        assertThat(of(Verdict.INCONCLUSIVE, 0, 0, Verdict.SMALL, 1, Verdict.PASSED)
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(of(Verdict.NOT_MADE, 0, 0, Verdict.NOT_MADE, 1, Verdict.NOT_MADE)
                        .verdict())
                .isEqualTo(Verdict.NOT_MADE);
    }

    @Test
    void agreementOfMethodsAloneDecidesNothing() {
        PanelChecks disagreement = of(Verdict.PASSED, 0, 0, Verdict.PASSED, 1, Verdict.FAILED);
        assertThat(disagreement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(disagreement.conclusion())
                .startsWith("other methods, which assume other things, find other effects: find");
        assertThat(of(Verdict.NOT_MADE, 0, 0, Verdict.NOT_MADE, 1, Verdict.PASSED)
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }
}
