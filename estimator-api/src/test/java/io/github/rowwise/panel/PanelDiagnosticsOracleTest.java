package io.github.rowwise.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Patterns and grades on many small random panels against their definitions, read as text. */
@Tag("slow")
class PanelDiagnosticsOracleTest {

    @Test
    void patternsFollowTheirDefinition() {
        SplittableRandom random = new SplittableRandom(1);
        Map<AssignmentPattern, Integer> seen = new EnumMap<>(AssignmentPattern.class);
        for (int draw = 0; draw < 4000; draw++) {
            List<String> units = units(random);
            if (units.isEmpty()) {
                continue;
            }
            AssignmentPattern expected = pattern(units);
            seen.merge(expected, 1, Integer::sum);

            assertThat(PanelDiagnostics.of(panel(random, units)).pattern())
                    .as("%s", units)
                    .isEqualTo(expected);
        }
        assertThat(seen)
                .hasSize(4)
                .allSatisfy((pattern, count) -> assertThat(count).isGreaterThan(50));
    }

    @Test
    void gradesFollowTheirDefinition() {
        SplittableRandom random = new SplittableRandom(2);
        Map<Grade, Integer> seen = new EnumMap<>(Grade.class);
        for (int draw = 0; draw < 3000; draw++) {
            List<String> units = units(random);
            if (units.isEmpty()) {
                continue;
            }
            Panel panel = panel(random, units);
            PanelDiagnostics diagnostics = PanelDiagnostics.of(panel);
            boolean isCommonShock = pattern(units) == AssignmentPattern.COMMON_SHOCK;
            for (int i = 0; i < units.size(); i++) {
                for (int arm = 1; arm < panel.arms(); arm++) {
                    Grade expected = isCommonShock ? Grade.NOT_ESTIMABLE : grade(units.get(i), (char) ('0' + arm));
                    seen.merge(expected, 1, Integer::sum);

                    assertThat(diagnostics.grade(i, arm))
                            .as("%s, arm %s", units.get(i), arm)
                            .isEqualTo(expected);
                    assertThat(diagnostics.reason(i, arm).isEmpty()).isEqualTo(expected == Grade.OK);
                }
            }
            for (int arm = 0; arm < panel.arms(); arm++) {
                char digit = (char) ('0' + arm);
                assertThat(diagnostics.periodsWithout(arm)).isEqualTo((int) IntStream.range(0, panel.periods())
                        .filter(j -> units.stream().noneMatch(unit -> unit.charAt(j) == digit))
                        .count());
            }
        }
        assertThat(seen)
                .hasSize(4)
                .allSatisfy((grade, count) -> assertThat(count).isGreaterThan(50));
    }

    /** In blocks of some units, so that what they show apart must be put together. */
    private static Panel panel(SplittableRandom random, List<String> units) {
        return Panels.withBlockRows(Panels.drawn(units.toArray(String[]::new)), random.nextInt(1, 5));
    }

    /** Units that stay in an arm for a while, entering together, one by one or never; empty where an arm has no cell. */
    private static List<String> units(SplittableRandom random) {
        int periods = random.nextInt(10) == 0 ? random.nextInt(60, 200) : random.nextInt(2, 16);
        int arms = random.nextInt(2, 4);
        double stay = random.nextDouble();
        double missing = random.nextInt(3) * 0.15;
        int design = random.nextInt(4);
        int together = random.nextInt(periods + 1);
        List<String> units = new ArrayList<>();
        for (int i = random.nextInt(2, 6); i > 0; i--) {
            StringBuilder unit = new StringBuilder();
            int start = design == 1 ? random.nextInt(periods + 1) : random.nextInt(3) == 0 ? periods : together;
            int arm = random.nextInt(1, arms);
            int wandering = random.nextInt(arms);
            for (int j = 0; j < periods; j++) {
                wandering = random.nextDouble() < stay ? wandering : random.nextInt(arms);
                int here = switch (design) {
                    case 0 -> wandering;
                    case 3 -> j < together ? 0 : 1;
                    default -> j < start ? 0 : arm;
                };
                unit.append(random.nextDouble() < missing ? "." : Integer.toString(here));
            }
            units.add(unit.toString());
        }
        String all = String.join("", units);
        int highest = all.chars().map(c -> c - '0').max().orElse(0);
        boolean complete = IntStream.rangeClosed(0, Math.max(1, highest)).allMatch(a -> all.contains("" + a));
        return complete ? units : List.of();
    }

    private static AssignmentPattern pattern(List<String> units) {
        int periods = units.get(0).length();
        boolean common = IntStream.range(0, periods)
                .allMatch(j -> units.stream()
                                .map(unit -> unit.charAt(j))
                                .filter(c -> c != '.')
                                .distinct()
                                .count()
                        < 2);
        if (common) {
            return AssignmentPattern.COMMON_SHOCK;
        }
        if (!units.stream().allMatch(unit -> unit.replace(".", "").matches("0*(1*|2*)"))) {
            return AssignmentPattern.SWITCHING;
        }
        boolean together = IntStream.rangeClosed(0, periods)
                .anyMatch(start -> units.stream()
                        .filter(unit -> unit.matches(".*[12].*"))
                        .allMatch(unit -> unit.substring(0, start).matches("[0.]*")
                                && unit.substring(start).matches("[12.]*")));
        return together ? AssignmentPattern.BLOCK : AssignmentPattern.STAGGERED;
    }

    private static Grade grade(String unit, char arm) {
        String observed = unit.replace(".", "");
        if (observed.indexOf(arm) < 0 || observed.indexOf('0') < 0) {
            return Grade.NOT_ESTIMABLE;
        }
        for (char a : new char[] {arm, '0'}) {
            if (observed.matches(a + "+[^" + a + "]*") || observed.matches("[^" + a + "]*" + a + "+")) {
                return Grade.EXTRAPOLATED;
            }
        }
        long least = Math.min(
                observed.chars().filter(c -> c == arm).count(),
                observed.chars().filter(c -> c == '0').count());
        return least < 5 || unit.length() > 20 * least ? Grade.WEAK : Grade.OK;
    }
}
