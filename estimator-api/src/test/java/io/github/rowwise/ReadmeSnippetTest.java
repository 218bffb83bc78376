package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Observation;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The README's lines of Java stand below, are compiled, and run. */
@Isolated("replaces System.out")
class ReadmeSnippetTest {

    @Test
    void runs() {
        List<Observation> observations = new ArrayList<>();
        Panel simulated =
                PanelSimulation.withDefaults().withSize(20, 30).generate().panel();
        for (int unit = 0; unit < 20; unit++) {
            for (int period = 0; period < 30; period++) {
                observations.add(new Observation(
                        "u" + unit, "" + period, simulated.arm(unit, period), simulated.outcome(unit, period)));
            }
        }
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            snippet(observations);
        } finally {
            System.setOut(out);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).hasLineCount(20);
    }

    private static void snippet(List<Observation> observations) {
        Panel panel = Panel.builder().addAll(observations).build();
        UnitEffects effects = FactorModelEstimator.withDefaults().fit(panel);
        for (UnitEffect unit : effects.effects()) {
            if (unit.ate().hasStandardError()) {
                System.out.println(unit.unit() + " " + unit.ate().value() + " "
                        + unit.ate().interval(0.95));
            }
        }
        effects.warnings().forEach(System.out::println);
    }

    @Test
    void isWhatTheReadmeShows() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        String block = readme.substring(readme.indexOf("```java") + 7);
        String source = Files.readString(Path.of("src/test/java/io/github/rowwise/ReadmeSnippetTest.java"));
        assertThat(words(source)).contains(words(block.substring(0, block.indexOf("```"))));
    }

    private static String words(String code) {
        return code.replaceAll("\\s+", "");
    }
}
