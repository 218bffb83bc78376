package io.github.rowwise.bindings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class AnalysesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static final FramePanel FRAME =
            Frames.columns(Frames.simulated(30, 24, "by-unit")).read();

    private static FrameEffects estimate(FramePanel frame, Settings settings) throws InterruptedException {
        return Analyses.estimate(frame, settings).result();
    }

    private static double[] numbers(FrameTable table, String column) {
        return table.numbers(table.names().indexOf(column));
    }

    /** Against the library, value by value. */
    @Test
    void theTableHasTheEffectsOfTheLibrary() throws InterruptedException {
        FrameTable table = estimate(FRAME, Settings.defaults()).table(false);

        UnitEffects expected = FactorModelEstimator.withDefaults().withSeed(1).fit(FRAME.panel());
        assertThat(table.rows()).isEqualTo(30);
        assertThat(table.names()).startsWith("unit", "n_treated", "n_control", "n_missing", "propensity", "ate");
        for (int unit = 0; unit < 30; unit++) {
            UnitEffect effect = expected.effect(unit, 1);
            assertThat(table.texts(0)[table.codes(0)[unit]]).isEqualTo(effect.unit());
            assertThat(table.wholes(1)[unit]).isEqualTo(effect.treatedPeriods());
            assertThat(numbers(table, "ate")[unit]).isEqualTo(effect.ate().value());
            assertThat(numbers(table, "att_se")[unit]).isEqualTo(effect.att().standardError());
            assertThat(numbers(table, "q_value")[unit]).isEqualTo(effect.qValue());
        }
        assertThat(table.joinedTexts(0).split("\0")).containsExactly(table.texts(0));
    }

    @Test
    void averagesAndSeriesAreThoseOfTheLibrary() throws InterruptedException {
        FrameEffects result = estimate(FRAME, Settings.defaults());

        AverageEffects expected = result.effects().averages(1);
        assertThat(numbers(result.averages(), "att")[0])
                .isEqualTo(expected.att().value());
        assertThat(numbers(result.averages(), "ate_se")[0])
                .isEqualTo(expected.ate().standardError());
        assertThat(result.byPeriod().rows()).isEqualTo(24);
        assertThat(result.byEventTime().rows())
                .isEqualTo(result.effects().byEventTime(1).size());
        assertThat(result.preTrends().names()).contains("residual", "residual_se");
        FrameTable cells = result.cells();
        assertThat(cells.rows()).isEqualTo(30 * 24);
        FrameTable unit = result.cells(FRAME.panel().unitNames().get(4));
        assertThat(numbers(unit, "outcome_1")).containsExactly(result.effects().outcomeRow(4, 1));
    }

    @Test
    void optionsReachTheEstimator() throws InterruptedException {
        Settings settings = Settings.defaults()
                .with("method", "spectral")
                .with("rank", "2")
                .with("seed", "5")
                .with("level", "0.8");
        UnitEffects effects = estimate(FRAME, settings).effects();

        assertThat(effects.factorModel()).isEmpty();
        assertThat(effects.spectrum(0).rank()).isEqualTo(2);
        assertThat(effects.confidenceLevel()).isEqualTo(0.8);
        assertThat(effects.provenance().seed()).isEqualTo(5);
    }

    @Test
    void rejectsWhatIsNoOption() {
        Settings defaults = Settings.defaults();

        assertThatThrownBy(() -> defaults.with("noise", "ar2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("noise: \"ar2\" is not one of ")
                .hasMessageContaining("ar1");
        assertThatThrownBy(() -> defaults.with("level", "95")).hasMessageContaining("is not between 0 and 1");
        assertThatThrownBy(() -> defaults.with("threads", "0")).hasMessageContaining("1 or more");
        assertThatThrownBy(() -> defaults.with("colour", "red")).hasMessageContaining("colour");
        assertThatThrownBy(() -> Analyses.estimate(
                        FRAME, defaults.with("method", "spectral").with("noise", "iid")))
                .hasMessage("noise iid: an option of method factor-model; the spectral method has no such option");
        assertThatThrownBy(() ->
                        Analyses.estimate(FRAME, defaults.with("rank", "40")).result())
                .hasMessageStartingWith("rank 40: with 30 units and 24 periods the rank can be 0 to 24");
    }

    @Test
    void saysWhyNothingIsIdentified() {
        FramePanel shock = Frames.small(
                        new double[] {1, 2, 3, 4, 5, 6},
                        List.of("a", "a", "a", "b", "b", "b"),
                        List.of("1", "2", "3", "1", "2", "3"),
                        List.of("0", "0", "1", "0", "0", "1"),
                        null)
                .read();

        assertThatThrownBy(() -> estimate(shock, Settings.defaults()))
                .isInstanceOf(NotIdentifiedException.class)
                .hasMessageStartingWith("data frame: no effect can be estimated: ");
    }

    @Test
    void writesAReportWithoutOptionsOfTheProgram() throws Exception {
        FrameEffects result = estimate(FRAME, Settings.defaults());
        Path file = folder.resolve("report.html");

        result.report(file, false).result();

        String page = Files.readString(file);
        assertThat(page).contains("\"file\":\"data frame\"").contains("outcome");
        String data = page.substring(page.indexOf("\"warnings\""));
        assertThat(data.substring(0, data.indexOf("\"names\""))).doesNotContain(" --");
        assertThat(result.summary(80).result()).contains("data frame, ").doesNotContain(" --");
    }

    @Test
    void writesNoReportUnderAnotherEnding() throws InterruptedException {
        FrameEffects result = estimate(FRAME, Settings.defaults());

        assertThatThrownBy(() -> result.report(folder.resolve("report.txt"), false))
                .hasMessageContaining(".html");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void averagesByGroup() throws InterruptedException {
        FrameTable table = Frames.simulated(30, 24, "by-unit");
        int[] groups = new int[table.rows()];
        double[] weights = new double[table.rows()];
        for (int row = 0; row < groups.length; row++) {
            groups[row] = table.codes(0)[row] % 3;
            weights[row] = 1 + groups[row];
        }
        FramePanel frame = Frames.columns(table)
                .group("region", groups, new String[] {"x", "y", "z"})
                .weights("people", weights)
                .read();
        FrameEffects result = estimate(frame, Settings.defaults().with("group_base", "y"));

        assertThat(result.byGroup().rows()).isEqualTo(3);
        assertThat(numbers(result.byGroup(), "contrast_ate")[1]).isNaN();
        assertThat(numbers(result.averages(), "ate")[0])
                .isNotEqualTo(result.effects().averages(1).ate().value());
        assertThatThrownBy(() -> Analyses.estimate(frame, Settings.defaults().with("group_base", "q")))
                .hasMessageStartingWith("data frame, column \"region\": no group \"q\" for group_base. Groups: ");
    }

    @Test
    void checksAndEvaluates() throws InterruptedException {
        FrameEffects result = estimate(FRAME, Settings.defaults().with("noise", "iid"));

        assertThat(result.check(1, 0.36, 1).result()).contains("\"verdict\"", "\"placebo\"");
        Analyses.FrameEvaluation evaluation = Analyses.evaluate(
                        FRAME, Settings.defaults().with("method", "spectral"), 1)
                .result();
        assertThat(evaluation.table().names()).contains("method", "rmse", "coverage");
        assertThat(evaluation.summary()).contains("data frame");
        assertThat(Analyses.inspect(FRAME, Settings.defaults(), 80).result()).contains("Spectrum");
        assertThat(Analyses.units(FRAME).rows()).isEqualTo(30);
    }

    @Test
    void aTaskCanBeCancelled() throws InterruptedException {
        FramePanel large =
                Frames.columns(Frames.simulated(300, 200, "staggered")).read();
        Task<FrameEffects> task = Analyses.estimate(large, Settings.defaults());
        assertThat(task.waitFor(20)).isFalse();

        task.cancel();

        assertThatThrownBy(task::result).isInstanceOf(CancellationException.class);
    }
}
