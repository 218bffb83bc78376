package io.github.rowwise.linalg.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.LinearAlgebraProvider;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** A correct backend passes the kit, and each defect makes exactly the intended rules fail. */
@Tag("slow")
class LinearAlgebraConformanceTest {

    private static final Pattern RULE = Pattern.compile("rule(\\d)(\\d\\d)");

    /** The kit, applied to the provider under test. */
    static final class Subject extends LinearAlgebraConformance {

        static volatile LinearAlgebraProvider provider = new DefectiveProvider();

        @Override
        public LinearAlgebraProvider provider() {
            return provider;
        }
    }

    @BeforeAll
    static void probeBeforeThereIsADefect() {
        assertEquals("reference", Backends.named("reference").name());
    }

    @Test
    void correctBackendPasses() {
        assertEquals(Set.of(), failedRules(new ReferenceProvider(new ReferenceLinearAlgebra())));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void defectFailsItsRules(Defect defect) {
        assertEquals(new TreeSet<>(defect.rules()), failedRules(defect.provider()), defect.name());
    }

    @Test
    void unregisteredProviderFails() {
        Subject.provider = new ReferenceProvider(new ReferenceLinearAlgebra());
        assertEquals(Set.of("8.06"), failedRules());
    }

    @Test
    void failureOfTheSelfCheckFails() {
        Subject.provider = new WrongAtOneSizeProvider();
        assertEquals(Set.of("8.07"), failedRules());
    }

    @Test
    void everyRuleHasADefectThatItFinds() {
        Set<String> shown = defects().flatMap(defect -> defect.rules().stream()).collect(Collectors.toSet());
        shown.addAll(Set.of("8.06", "8.07"));
        assertEquals(
                rules().map(LinearAlgebraConformanceTest::number).collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(shown));
    }

    @Test
    void everyRuleHasAUniqueNumberAndAName() {
        Set<String> numbers = new TreeSet<>();
        rules().forEach(rule -> {
            DisplayName name = rule.getAnnotation(DisplayName.class);
            assertTrue(name != null && name.value().startsWith(number(rule) + " "), rule + " is called " + name);
            assertTrue(numbers.add(number(rule)), () -> "two rules have the number " + number(rule));
        });
    }

    static Stream<Defect> defects() {
        return Stream.of(
                        MultiplyDefects.all(),
                        FactorisationDefects.ofSvd(),
                        FactorisationDefects.ofEigen(),
                        FactorisationDefects.ofQr(),
                        OtherDefects.ofOperations(),
                        TileDefects.all(),
                        OtherDefects.ofThreadsAndSilence(),
                        OtherDefects.ofProviders())
                .flatMap(defects -> defects.stream());
    }

    private static Stream<Method> rules() {
        return Stream.of(LinearAlgebraConformance.class.getMethods())
                .filter(method -> method.getName().startsWith("rule"));
    }

    private static String number(Method rule) {
        return number(rule.getName());
    }

    private static String number(String text) {
        Matcher matcher = RULE.matcher(text);
        assertTrue(matcher.find(), () -> "not a rule: " + text);
        return matcher.group(1) + "." + matcher.group(2);
    }

    private static Set<String> failedRules(LinearAlgebraProvider behaviour) {
        DefectiveProvider.behaviour = behaviour;
        Subject.provider = new DefectiveProvider();
        return failedRules();
    }

    private static Set<String> failedRules() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Subject.class))
                .execute()
                .testEvents();
        assertTrue(tests.started().count() > 200, "the kit ran");
        return tests.failed().stream()
                .map(event -> number(event.getTestDescriptor().getUniqueId().toString()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
