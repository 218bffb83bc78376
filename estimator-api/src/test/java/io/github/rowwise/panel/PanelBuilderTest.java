package io.github.rowwise.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PanelBuilderTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyOrderOfObservationsGivesTheSameCells(long seed) {
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 50; j++) {
                observations.add(new Observation("u" + i, Integer.toString(j), (i + j) % 3, i * 100 + j));
            }
        }
        Collections.shuffle(observations, new Random(seed));
        Panel panel = Panel.builder().addAll(observations).build();

        assertThat(panel.unitNames())
                .as("units keep the order in which they first occur")
                .containsExactlyElementsOf(
                        observations.stream().map(Observation::unit).distinct().toList());
        for (int i = 0; i < 40; i++) {
            int number = Integer.parseInt(panel.unitNames().get(i).substring(1));
            for (int j = 0; j < 50; j++) {
                assertThat(panel.periodNames().get(j)).isEqualTo(Integer.toString(j));
                assertThat(panel.outcome(i, j)).isEqualTo(number * 100 + j);
                assertThat(panel.arm(i, j)).isEqualTo((number + j) % 3);
            }
        }
    }

    static List<Arguments> periodsInOrder() {
        return List.of(
                Arguments.of("whole numbers", List.of("-10", "-9", "0", "2", "10", "1000000000000")),
                Arguments.of("years", List.of("999", "1999", "2000", "2001")),
                Arguments.of("dates", List.of("1999-12-31", "2000-01-01", "2000-01-02", "2000-10-01")),
                Arguments.of("timestamps", List.of("2024-01-01T09:00:00", "2024-01-01T10:00:00")),
                Arguments.of("text beside numbers", List.of("1", "10", "2", "x")),
                Arguments.of("dates without leading zeros", List.of("2024-9-30", "2024-10-7")),
                Arguments.of("beyond 64 bits", List.of("9", "10000000000000000000")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("periodsInOrder")
    void periodsStandInTimeOrder(String what, List<String> inOrder) {
        List<String> given = new ArrayList<>(inOrder);
        Collections.reverse(given);
        PanelBuilder builder = Panel.builder();
        for (String period : given) {
            builder.add("a", period, 0, 1).add("b", period, 1, 2);
        }

        assertThat(builder.build().periodNames()).containsExactlyElementsOf(inOrder);
    }

    @Test
    void aRowThatIsNotThereAndAnOutcomeThatIsNaNAreTheSameGap() {
        Panel without = Panel.builder()
                .add("a", "1", 0, 1)
                .add("a", "2", 1, 2)
                .add("b", "1", 1, 3)
                .build();
        Panel with = Panel.builder()
                .add("a", "1", 0, 1)
                .add("a", "2", 1, 2)
                .add("b", "1", 1, 3)
                .add("b", "2", -7, Double.NaN)
                .build();

        assertThat(with.isObserved(1, 1)).isFalse();
        assertThat(with.fingerprint()).isEqualTo(without.fingerprint());
    }

    @Test
    void aUnitWithoutAnyOutcomeStaysInThePanel() {
        Panel panel = Panel.builder()
                .add("silent", "1", 0, Double.NaN)
                .add("a", "1", 0, 1)
                .add("b", "2", 1, 2)
                .build();

        assertThat(panel.unitNames()).containsExactly("silent", "a", "b");
        assertThat(panel.isObserved(0, 0)).isFalse();
    }

    @Test
    void armsCanBeNamed() {
        Panel panel = Panel.builder()
                .armNames(List.of("placebo", "low", "high"))
                .add("a", "1", 2, 1)
                .add("a", "2", 0, 2)
                .add("b", "1", 1, 3)
                .build();

        assertThat(panel.armNames()).containsExactly("placebo", "low", "high");
    }

    @Test
    void namesAreKeptToTheCharacter() {
        List<String> units = List.of("", " ", "a=b\n\"c\"", "Zürich", "東京", "\u0000", "x".repeat(10_000));
        PanelBuilder builder = Panel.builder();
        for (String unit : units) {
            builder.add(unit, "1", 0, 1).add(unit, "2", 1, 1);
        }

        assertThat(builder.build().unitNames()).containsExactlyElementsOf(units);
    }

    @Test
    void canBeAddedToAfterAPanelWasMade() {
        PanelBuilder builder =
                Panel.builder().add("a", "1", 0, 1).add("a", "2", 1, 2).add("b", "2", 0, 3);
        Panel former = builder.build();
        Panel latter = builder.add("c", "0", 1, 4).build();

        assertThat(Arrays.asList(former.units(), former.periods())).containsExactly(2, 2);
        assertThat(Arrays.asList(latter.units(), latter.periods())).containsExactly(3, 3);
    }

    @Test
    void twoTextsForOneTimeAreOnePeriod() {
        PanelBuilder builder = Panel.builder()
                .add("a", "07", 0, 1)
                .add("b", "7", 1, 2)
                .add("a", "8", 1, 3)
                .add("b", "8", 0, 4);
        Panel panel = builder.build();

        assertThat(panel.periodNames()).containsExactly("7", "8");
        assertThat(panel.outcome(0, 0)).isEqualTo(1);
        assertThat(panel.outcome(1, 0)).isEqualTo(2);
    }

    @Test
    void aSecondOutcomeUnderAnotherTextIsExplained() {
        PanelBuilder builder = Panel.builder().add("a", "7", 0, 1).add("b", "8", 1, 2);

        assertThatThrownBy(() -> builder.add("a", "07", 0, 3).build())
                .isInstanceOf(InvalidPanelException.class)
                .hasMessage("unit 'a', period '7' (written '07') is given twice: a unit has one outcome per period;"
                        + " aggregate or remove one");
        assertThatThrownBy(() -> Panel.builder()
                        .add("b", "8", 0, 1)
                        .add("a", "07", 0, 1)
                        .add("a", "7", 1, 2)
                        .build())
                .hasMessageContaining("unit 'a', period '7' (also written '07') is given twice");
    }

    @Test
    void warningsAreThoseOfTheInput() {
        PanelBuilder builder = Panel.builder()
                .add("a", "1990", 0, 1)
                .add("a ", "1991", 1, 2)
                .add("b", "1992", 1, 3)
                .add("b", "2001", 1, 3);

        assertThat(builder.warnings()).allMatch(warning -> warning.kind() == Warning.Kind.INPUT);
        assertThat(builder.warnings().toString())
                .contains("8 years are absent", "\"a\" and \"a \" differ only in blanks");
    }

    @Test
    void theOrderOfPeriodsSaysWhatIsDoubtful() {
        PanelBuilder builder =
                Panel.builder().add("a", "before", 0, 1).add("a", "after", 1, 2).add("b", "before", 1, 3);

        assertThat(builder.periodOrder().names()).isEqualTo(builder.build().periodNames());
        assertThat(builder.periodOrder().warnings())
                .isEqualTo(PeriodOrder.of(List.of("before", "after")).warnings())
                .singleElement()
                .asString()
                .contains("sorted as text");
    }
}
