package io.github.rowwise.linalg;

import static io.github.rowwise.linalg.FakeProvider.notToBeProbed;
import static io.github.rowwise.linalg.FakeProvider.unusable;
import static io.github.rowwise.linalg.FakeProvider.usable;
import static io.github.rowwise.linalg.FakeProvider.wrongNumbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Selection of a backend, and the messages if none can be selected. */
@Tag("slow")
class BackendsTest {

    private static final Map<String, String> NOTHING = Map.of();

    @Test
    void highestUsablePriorityWins() {
        List<Candidate> candidates = candidates(
                usable("low", 1), unusable("highest", 100, "no natives"), usable("high", 50), usable("lowest", -7));
        assertThat(select(candidates, NOTHING, NOTHING).name()).isEqualTo("high");
    }

    @Test
    void orderOfRegistrationDoesNotMatter() {
        assertThat(select(candidates(usable("a", 1), usable("b", 2)), NOTHING, NOTHING)
                        .name())
                .isEqualTo("b");
        assertThat(select(candidates(usable("b", 2), usable("a", 1)), NOTHING, NOTHING)
                        .name())
                .isEqualTo("b");
    }

    @Test
    void propertyBeatsVariableBeatsPriority() {
        List<Candidate> candidates = candidates(usable("a", 1), usable("b", 2), usable("c", 3));
        Map<String, String> property = Map.of("rowwise.backend", "a");
        Map<String, String> variable = Map.of("ROWWISE_BACKEND", "b");
        assertThat(select(candidates, property, variable).name()).isEqualTo("a");
        assertThat(select(candidates, NOTHING, variable).name()).isEqualTo("b");
        assertThat(select(candidates, NOTHING, NOTHING).name()).isEqualTo("c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void blankSettingsCountAsAbsent(String blank) {
        List<Candidate> candidates = candidates(usable("a", 1), usable("b", 2));
        Map<String, String> property = Map.of("rowwise.backend", blank);
        assertThat(select(candidates, property, Map.of("ROWWISE_BACKEND", blank))
                        .name())
                .isEqualTo("b");
        assertThat(select(candidates, property, Map.of("ROWWISE_BACKEND", " a "))
                        .name())
                .isEqualTo("a");
    }

    @Test
    void nameBeatsPriority() {
        assertThat(Backends.named("a", "", candidates(usable("a", 1), usable("b", 2)))
                        .name())
                .isEqualTo("a");
    }

    @Test
    void explicitChoiceNeverFallsBack() {
        List<Candidate> candidates = candidates(unusable("native", 1, "no natives for this platform"), usable("b", 2));
        assertThatThrownBy(() -> Backends.named("native", "", candidates))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("backend 'native' is unusable: no natives for this platform");
        assertThatThrownBy(() -> select(candidates, Map.of("rowwise.backend", "native"), NOTHING))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("backend 'native' (system property rowwise.backend) is unusable");
        assertThatThrownBy(() -> select(candidates, NOTHING, Map.of("ROWWISE_BACKEND", "native")))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("backend 'native' (environment variable ROWWISE_BACKEND) is unusable");
    }

    @Test
    void unknownNameIsAnErrorThatNamesArtifactsAndCandidates() {
        assertThatThrownBy(() -> Backends.named("mkl", "", candidates(usable("b", 2), unusable("c", 3, "too old"))))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("no backend named 'mkl'")
                .hasMessageContaining("io.github.rowwise:rowwise-backend-ejml")
                .hasMessageContaining("b (priority 2): b library")
                .hasMessageContaining("c (priority 3): too old");
    }

    @Test
    void noBackendAtAllNamesTheArtifacts() {
        assertThatThrownBy(() -> select(List.of(), NOTHING, NOTHING))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("no linear-algebra backend is on the class path")
                .hasMessageContaining("io.github.rowwise:rowwise-backend-ejml")
                .hasMessageContaining("io.github.rowwise:rowwise-backend-ojalgo")
                .hasMessageContaining("io.github.rowwise:rowwise-backend-nd4j");
    }

    @Test
    void noUsableBackendNamesEachReason() {
        assertThatThrownBy(() -> select(
                        candidates(unusable("a", 1, "no natives"), unusable("b", 2, "too old")), NOTHING, NOTHING))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("no linear-algebra backend on the class path or module path is usable")
                .hasMessageContaining("io.github.rowwise:rowwise-backend-ejml")
                .hasMessageContaining("a (priority 1): no natives")
                .hasMessageContaining("b (priority 2): too old");
    }

    @Test
    void tieForTheFirstPlaceIsAnErrorThatTellsHowToChoose() {
        List<Candidate> tie = candidates(usable("a", 5), usable("b", 5), usable("c", 1));
        assertThatThrownBy(() -> select(tie, NOTHING, NOTHING))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("share the highest priority 5: a, b;")
                .hasMessageContaining("rowwise.backend")
                .hasMessageContaining("ROWWISE_BACKEND");
        assertThat(select(tie, Map.of("rowwise.backend", "b"), NOTHING).name()).isEqualTo("b");
    }

    @Test
    void tieWithAnUnusableBackendIsNone() {
        List<Candidate> candidates = candidates(unusable("a", 5, "no natives"), usable("b", 5));
        assertThat(select(candidates, NOTHING, NOTHING).name()).isEqualTo("b");
    }

    @Test
    void twoBackendsOfOneNameAreAnErrorWhenAskedFor() {
        assertThatThrownBy(() -> Backends.named("a", "", candidates(usable("a", 1), usable("a", 2))))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("two backends are named 'a'")
                .hasMessageContaining("a (priority 1): file:");
    }

    @Test
    void wrongNumbersMakeABackendUnusableWithTheResidual() {
        List<Candidate> candidates = candidates(wrongNumbers("fast", 100), usable("right", 1));
        assertThat(select(candidates, NOTHING, NOTHING).name()).isEqualTo("right");
        assertThatThrownBy(() -> Backends.named("fast", "", candidates))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageMatching("(?s)backend 'fast' is unusable: fast library returns wrong results: "
                        + "the QR of a 200 x 130 matrix has a relative residual of \\d\\.\\de[-+]\\d+, above 1e-10.*");
    }

    @Test
    void lowerPrioritiesAreNotProbed() {
        List<Candidate> candidates = candidates(notToBeProbed("slow", 1), usable("a", 2));
        assertThat(select(candidates, NOTHING, NOTHING).name()).isEqualTo("a");
    }

    @Test
    void namedBackendIsTheOnlyOneThatIsProbed() {
        List<Candidate> candidates = candidates(
                notToBeProbed("slow", 3),
                usable("ejml", 2),
                unusable("broken", 1, "too old"),
                notToBeProbed("more", 0));
        assertThat(Backends.named("ejml", "", candidates).name()).isEqualTo("ejml");
        assertThat(select(candidates, Map.of("rowwise.backend", "ejml"), NOTHING)
                        .name())
                .isEqualTo("ejml");
        assertThatThrownBy(() -> Backends.named("broken", "", candidates))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessage("backend 'broken' is unusable: too old; correct this or choose another backend."
                        + " Found: slow (priority 3); ejml (priority 2); broken (priority 1); more (priority 0)");
    }

    @Test
    void reportListsEveryBackendByFallingPriority() {
        List<BackendReport> reports = Backends.report(candidates(
                usable("b", 1), unusable("native", 3, "no natives"), usable("a", 1), wrongNumbers("fast", 2)));
        assertThat(reports).extracting(BackendReport::name).containsExactly("native", "fast", "a", "b");
        assertThat(reports).extracting(BackendReport::usable).containsExactly(false, false, true, true);
        assertThat(reports).extracting(BackendReport::version).containsExactly("", "", "1.2.3", "1.2.3");
        assertThat(reports).extracting(BackendReport::priority).containsExactly(3, 2, 1, 1);
        assertThat(reports.get(0).detail()).isEqualTo("no natives");
        assertThat(reports.get(1).detail()).contains("wrong results: the QR");
        assertThat(reports).allSatisfy(report -> assertThat(report.origin()).startsWith("file:"));
    }

    @Test
    void eachSelectionIsLoggedOnceAtDebugLevel() {
        List<Candidate> candidates = candidates(unusable("native", 3, "no natives"), usable("a", 1), usable("b", 2));
        assertThat(logged(Level.FINE, () -> select(candidates, NOTHING, NOTHING)))
                .containsExactly("FINE linear-algebra backend b 1.2.3, selected by highest priority (2)");
        assertThat(logged(Level.FINE, () -> Backends.named("a", "", candidates)))
                .containsExactly("FINE linear-algebra backend a 1.2.3, selected by name");
        assertThat(logged(Level.FINE, () -> select(candidates, Map.of("rowwise.backend", "a"), NOTHING)))
                .containsExactly(
                        "FINE linear-algebra backend a 1.2.3, selected by name (system property rowwise.backend)");
        assertThat(logged(Level.FINE, () -> select(candidates, NOTHING, Map.of("ROWWISE_BACKEND", "a"))))
                .containsExactly(
                        "FINE linear-algebra backend a 1.2.3, selected by name (environment variable ROWWISE_BACKEND)");
    }

    @Test
    void nothingIsLoggedByDefault() {
        List<Candidate> candidates = candidates(usable("a", 1));
        assertThat(logged(null, () -> select(candidates, NOTHING, NOTHING))).isEmpty();
    }

    /** Returns the messages that the JDK's default log system receives during an action. */
    private static List<String> logged(@Nullable Level level, Runnable action) {
        List<String> messages = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord logRecord) {
                messages.add(logRecord.getLevel() + " " + logRecord.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        Logger logger = Logger.getLogger("io.github.rowwise.linalg");
        logger.setLevel(level);
        logger.addHandler(handler);
        try {
            action.run();
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(null);
        }
        return messages;
    }

    private static LinearAlgebra select(
            List<Candidate> candidates, Map<String, String> properties, Map<String, String> environment) {
        return Backends.select(candidates, properties::get, environment::get);
    }

    private static List<Candidate> candidates(LinearAlgebraProvider... providers) {
        return Candidate.from(Services.read(List.of(providers).iterator()), Candidate::probe);
    }
}
