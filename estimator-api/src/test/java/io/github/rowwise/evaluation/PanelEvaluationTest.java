package io.github.rowwise.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.Estimator;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.TestedBackends;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.effects.UnitEffectsBuilder;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.simulation.PanelSimulation.Assignment;
import io.github.rowwise.simulation.PanelSimulation.NoiseForm;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PanelEvaluationTest {

    private static final FactorModelEstimator MODEL =
            FactorModelEstimator.withDefaults().withBackend("ejml");

    private static final PanelEvaluation EVALUATION = PanelEvaluation.withDefaults()
            .withModel(MODEL)
            .withMethod("factor model", MODEL)
            .withMethod("Algorithm 1, centred", SpectralEstimator.withDefaults().withBackend("ejml"));

    private static Panel panel(Assignment assignment, NoiseForm noise) {
        return PanelSimulation.withDefaults()
                .withSize(60, 80)
                .withAssignment(assignment)
                .withNoiseForm(noise)
                .withMissing(0.1)
                .generate()
                .panel();
    }

    private static Accuracy of(Evaluation evaluation, String method) {
        return evaluation.methods().stream()
                .filter(row -> row.method().equals(method))
                .findFirst()
                .orElseThrow()
                .accuracy();
    }

    @Test
    void drawsKeepTheAssignmentAndTheGaps() {
        Panel panel = panel(Assignment.BLOCKS, NoiseForm.IID);
        ModelDraw draw = draw(panel, 1);
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int period = 0; period < panel.periods(); period++) {
                assertThat(draw.panel().isObserved(unit, period)).isEqualTo(panel.isObserved(unit, period));
                if (panel.isObserved(unit, period)) {
                    assertThat(draw.panel().arm(unit, period)).isEqualTo(panel.arm(unit, period));
                }
            }
        }
    }

    @Test
    void everyBackendDrawsTheSamePanel() {
        // Backends decompose small matrices in ways of their own, and so turn some factors round.
        for (int seed = 1; seed <= 5; seed++) {
            Panel panel = PanelSimulation.withDefaults()
                    .withSize(12, 40)
                    .withSeed(seed)
                    .generate()
                    .panel();
            ModelDraw first = draw(panel, 1);
            for (String name : TestedBackends.NAMES) {
                UnitEffects fitted =
                        FactorModelEstimator.withDefaults().withBackend(name).fit(panel);
                ModelDraw other = ModelDraw.of(fitted, new SplittableRandom(1));
                assertThat(other.effects().get(0).worstRowError(first.effects().get(0)))
                        .isLessThan(1e-8);
            }
        }
    }

    @Test
    void truthsAreAveragesOfTheTrueEffectMatrix() {
        Panel panel = panel(Assignment.BY_UNIT, NoiseForm.IID);
        ModelDraw draw = draw(panel, 1);
        for (int unit = 0; unit < panel.units(); unit++) {
            double all = 0;
            double treated = 0;
            int cells = 0;
            for (int period = 0; period < panel.periods(); period++) {
                double effect = draw.effects().get(0).get(unit, period);
                all += effect;
                if (panel.isObserved(unit, period) && panel.arm(unit, period) == 1) {
                    treated += effect;
                    cells++;
                }
            }
            assertThat(draw.ate()[0][unit]).isCloseTo(all / panel.periods(), within(1e-9));
            assertThat(draw.att()[0][unit]).isCloseTo(treated / cells, within(1e-9));
        }
    }

    /** What is left of outcomes after untreated outcome and effect has the fitted variance and correlation. */
    @Test
    void noiseIsLikeTheFittedNoise() {
        Panel panel = panel(Assignment.BY_UNIT, NoiseForm.AUTOREGRESSIVE);
        UnitEffects fitted = MODEL.fit(panel);
        LowRankMatrix untreated = fitted.outcomeMatrix(0);
        double squares = 0;
        double products = 0;
        int cells = 0;
        int pairs = 0;
        for (long seed = 1; seed <= 10; seed++) {
            ModelDraw draw = ModelDraw.of(fitted, new SplittableRandom(seed));
            for (int unit = 0; unit < panel.units(); unit++) {
                double before = Double.NaN;
                for (int period = 0; period < panel.periods(); period++) {
                    double noise = Double.NaN;
                    if (panel.isObserved(unit, period)) {
                        double effect =
                                panel.arm(unit, period) * draw.effects().get(0).get(unit, period);
                        noise = draw.panel().outcome(unit, period) - untreated.get(unit, period) - effect;
                        squares += noise * noise;
                        cells++;
                        if (!Double.isNaN(before)) {
                            products += noise * before;
                            pairs++;
                        }
                    }
                    before = noise;
                }
            }
        }
        FactorModel model = fitted.factorModel().orElseThrow();
        double variance = squares / cells;
        double rho = model.noiseCorrelation();
        double expected = model.noiseStandardDeviation() * model.noiseStandardDeviation() / (1 - rho * rho);
        assertThat(products / pairs / variance).isCloseTo(rho, within(0.03));
        assertThat(variance).isCloseTo(expected, within(0.1 * expected));
    }

    @Test
    void theModelIsNearTheTruthOfItsOwnDraws() {
        Evaluation evaluation = EVALUATION.withDraws(6).run(panel(Assignment.CONFOUNDED, NoiseForm.IID));
        assertThat(evaluation.methods().stream().map(MethodAccuracy::method))
                .containsExactly(
                        "factor model", "Algorithm 1, centred", "difference of means", "two-way fixed effects");
        assertThat(evaluation.judged()).containsExactly(60);
        Accuracy model = of(evaluation, "factor model");
        assertThat(model.draws()).isEqualTo(6);
        assertThat(model.units()).isEqualTo(360);
        assertThat(model.coverage()).isBetween(0.88, 1.0);
        assertThat(model.rmse())
                .isLessThan(0.3 * of(evaluation, "difference of means").rmse())
                .isLessThan(0.4 * evaluation.effectSpread().get(0));
        assertThat(model.rankCorrelation()).isGreaterThan(0.9);
        assertThat(model.worstRow())
                .isLessThan(of(evaluation, "Algorithm 1, centred").worstRow());
        // Treatment goes with the level: who does not know is off to one side.
        assertThat(of(evaluation, "difference of means").bias()).isGreaterThan(0.5);
    }

    @Test
    void underStaggeredAdoptionTheAttIsJudged() {
        Evaluation evaluation = EVALUATION.withDraws(1).run(panel(Assignment.STAGGERED, NoiseForm.IID));
        assertThat(evaluation.judged().get(0)).isBetween(20, 59);
        assertThat(evaluation.judgedByAtt()).isEqualTo(evaluation.judged());
        assertThat(of(evaluation, "factor model").units())
                .isEqualTo(evaluation.judged().get(0).longValue());
    }

    @Test
    void sameSeedSameResultWhateverTheThreads() {
        Panel panel = panel(Assignment.BY_UNIT, NoiseForm.IID);
        List<String> results = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            FactorModelEstimator model = MODEL.withThreads(threads);
            Evaluation evaluation = PanelEvaluation.withDefaults()
                    .withModel(model)
                    .withMethod("factor model", model)
                    .withDraws(2)
                    .run(panel);
            results.add(evaluation.methods().toString());
        }
        assertThat(results.get(0)).isEqualTo(results.get(1));
        assertThat(EVALUATION.withDraws(2).withSeed(2).run(panel).methods().toString())
                .isNotEqualTo(results.get(0));
    }

    @Test
    void wrongOptionsAreRejected() {
        assertThatThrownBy(() -> EVALUATION.withDraws(0)).hasMessage("0 draws: give 1 or more");
        assertThatThrownBy(() -> EVALUATION.withConfidenceLevel(95)).hasMessageContaining("between 0 and 1");
        assertThatThrownBy(() -> EVALUATION.withMethod("factor model", MODEL))
                .hasMessageContaining("give another name");
        assertThatThrownBy(() -> EVALUATION.withMethod("difference of means", MODEL))
                .hasMessageContaining("give another name");
    }

    private static ModelDraw draw(Panel panel, long seed) {
        return ModelDraw.of(MODEL.fit(panel), new SplittableRandom(seed));
    }

    /** The difference of a unit's own means, which has no completed outcomes. */
    @Test
    void aRivalMadeByHandTakesPart() {
        Panel panel = PanelSimulation.withDefaults().withSize(40, 30).generate().panel();
        Estimator rival = drawn -> {
            UnitEffectsBuilder builder = UnitEffects.builder(drawn).method("difference of own means");
            PanelDiagnostics diagnostics = PanelDiagnostics.of(drawn);
            for (int unit = 0; unit < drawn.units(); unit++) {
                if (diagnostics.isEstimable(unit, 1)) {
                    double sum = 0;
                    for (int period = 0; period < drawn.periods(); period++) {
                        if (drawn.isObserved(unit, period)) {
                            int arm = drawn.arm(unit, period);
                            sum += (arm == 1 ? 1 : -1) * drawn.outcome(unit, period) / diagnostics.cells(unit, arm);
                        }
                    }
                    Estimate estimate = Estimate.of(sum, 1, 20);
                    builder.effect(unit, 1, estimate, estimate, estimate);
                }
            }
            return builder.build();
        };
        Evaluation evaluation = PanelEvaluation.withDefaults()
                .withDraws(2)
                .withMethod("rival", rival)
                .withMethod("factor model", FactorModelEstimator.withDefaults())
                .run(panel);

        MethodAccuracy judged = evaluation.methods().get(0);
        assertThat(judged.method()).isEqualTo("rival");
        assertThat(judged.accuracy().units())
                .isEqualTo(evaluation.methods().get(1).accuracy().units());
        assertThat(judged.accuracy().worstRow()).isNaN();
        assertThat(judged.accuracy().rmse())
                .isPositive()
                .isGreaterThan(evaluation.methods().get(1).accuracy().rmse());
    }

    @Test
    void aResultAboutAnotherPanelIsRejected() {
        Panel panel = PanelSimulation.withDefaults().withSize(20, 30).generate().panel();
        Panel other = PanelSimulation.withDefaults().withSize(21, 30).generate().panel();
        PanelEvaluation evaluation = PanelEvaluation.withDefaults()
                .withDraws(1)
                .withMethod("confused", drawn -> UnitEffects.builder(other).build());

        assertThatThrownBy(() -> evaluation.run(panel))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("method 'confused' returned effects of other units");
    }
}
