package io.github.rowwise.averages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.UnitColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Averages by group of units. */
class GroupAveragesTest {

    private static final Panel PANEL = AveragedPanels.panel(2);
    private static final Map<String, UnitEffects> FITS = AveragedPanels.fits(PANEL);
    private static final UnitColumn GROUPS = groups("b", "a", "c");
    private static final Percentage CLOSE = Percentage.withPercentage(1e-8);

    private static UnitEffects fit(String name) {
        return Objects.requireNonNull(FITS.get(name));
    }

    private static UnitColumn groups(String... names) {
        return UnitColumn.ofTexts(
                "region",
                IntStream.range(0, AveragedPanels.UNITS)
                        .mapToObj(unit -> names[unit % names.length])
                        .toList());
    }

    private static List<String> unitsOf(int group) {
        return IntStream.range(0, AveragedPanels.UNITS)
                .filter(unit -> unit % 3 == group)
                .mapToObj(unit -> "unit " + unit)
                .toList();
    }

    @Test
    void aGroupHasTheAveragesOfItsUnits() {
        FITS.forEach((name, effects) -> {
            EffectAverages averages = EffectAverages.of(effects);
            List<GroupAverage> groups = averages.byGroup(GROUPS).averages(1);
            assertThat(groups).extracting(GroupAverage::group).containsExactly("b", "a", "c");
            for (int group = 0; group < 3; group++) {
                AverageEffects expected = averages.over(CellSelection.all().withUnits(unitsOf(group)));
                assertThat(groups.get(group).units()).isEqualTo(expected.units());
                for (int k = 0; k < 4; k++) {
                    Estimate own = AveragedPanels.estimates(groups.get(group).averages())
                            .get(k);
                    Estimate same = AveragedPanels.estimates(expected).get(k);
                    assertThat(own.value()).as(name).isCloseTo(same.value(), CLOSE);
                    assertThat(own.standardError())
                            .as(name)
                            .isCloseTo(
                                    same.standardError(),
                                    name.equals("spectral") ? Percentage.withPercentage(2) : CLOSE);
                }
            }
        });
    }

    @Test
    void allGroupsTogetherHaveTheAveragesOfTheFit() {
        FITS.forEach((name, effects) -> {
            GroupAverages groups = EffectAverages.of(effects).byGroup(GROUPS);
            for (int k = 0; k < 4; k++) {
                Estimate all = AveragedPanels.estimates(groups.overall(1)).get(k);
                Estimate expected =
                        AveragedPanels.estimates(effects.averages(1)).get(k);
                assertThat(all.value()).as(name).isCloseTo(expected.value(), CLOSE);
                assertThat(all.standardError()).as(name).isCloseTo(expected.standardError(), CLOSE);
                Estimate byGroup =
                        AveragedPanels.estimates(groups.overallByGroup(1)).get(k);
                assertThat(byGroup.value()).isCloseTo(all.value(), CLOSE);
                assertThat(byGroup.standardError()).isGreaterThanOrEqualTo(all.standardError() * (1 - 1e-12));
                assertThat(byGroup.degreesOfFreedom()).isBetween(1.0, 2 + 1e-9);
            }
        });
    }

    @Test
    void contrasts() {
        FITS.forEach((name, effects) -> {
            double[] weights =
                    new SplittableRandom(4).doubles(PANEL.units(), 0.2, 4).toArray();
            GroupAverages groups =
                    EffectAverages.of(effects).withWeights(weights).byGroup(GROUPS);
            Estimate ab = groups.contrast(1, "a", "b").att();
            Estimate ba = groups.contrast(1, "b", "a").att();
            assertThat(ab.value()).as(name).isCloseTo(-ba.value(), CLOSE);
            assertThat(ab.standardError()).as(name).isCloseTo(ba.standardError(), CLOSE);
            List<GroupAverage> averages = groups.averages(1);
            assertThat(ab.value())
                    .isCloseTo(
                            averages.get(1).averages().att().value()
                                    - averages.get(0).averages().att().value(),
                            CLOSE);
            double all = groups.overall(1).ate().value();
            double rest = 0;
            double weightOfRest = 0;
            double own = 0;
            for (int unit = 0; unit < PANEL.units(); unit++) {
                if (effects.effect(unit, 1).ate().isAvailable()) {
                    double weight = weights[unit];
                    rest += unit % 3 == 2
                            ? 0
                            : weight * effects.effect(unit, 1).ate().value();
                    weightOfRest += unit % 3 == 2 ? 0 : weight;
                    own += unit % 3 == 2 ? weight : 0;
                }
            }
            double average = averages.get(2).averages().ate().value();
            assertThat(averages.get(2).contrast().ate().value())
                    .as(name)
                    .isCloseTo(average - rest / weightOfRest, Percentage.withPercentage(1e-6));
            assertThat((own * average + rest) / (own + weightOfRest)).isCloseTo(all, CLOSE);
        });
    }

    /** Variances of combinations are a quadratic form, whatever the errors that groups share. */
    @Test
    void theErrorsOfCombinationsFitTogether() {
        UnitColumn two = groups("a", "b", "a");
        for (String name : List.of("constant", "factors", "onset, iid", "jackknife")) {
            double[] weights =
                    new SplittableRandom(4).doubles(PANEL.units(), 0.2, 4).toArray();
            GroupAverages groups =
                    EffectAverages.of(fit(name)).withWeights(weights).byGroup(two);
            for (int k = 0; k < 4; k++) {
                Estimate a = AveragedPanels.estimates(groups.averages(1).get(0).averages())
                        .get(k);
                Estimate b = AveragedPanels.estimates(groups.averages(1).get(1).averages())
                        .get(k);
                Estimate all = AveragedPanels.estimates(groups.overall(1)).get(k);
                Estimate difference =
                        AveragedPanels.estimates(groups.contrast(1, "a", "b")).get(k);
                double share = (all.value() - b.value()) / (a.value() - b.value());
                double expected = share * Math.pow(a.standardError(), 2)
                        + (1 - share) * Math.pow(b.standardError(), 2)
                        - share * (1 - share) * Math.pow(difference.standardError(), 2);
                assertThat(Math.pow(all.standardError(), 2))
                        .as(name + " " + k)
                        .isCloseTo(expected, Percentage.withPercentage(1e-6));
            }
        }
    }

    @Test
    void labelsAndTheirOrderDoNotMatter() {
        UnitEffects effects = fit("factors");
        GroupAverages first = EffectAverages.of(effects).byGroup(GROUPS);
        GroupAverages second = EffectAverages.of(effects).byGroup(groups("x", "z", "y"));
        assertThat(second.overallByGroup(1)).hasToString(first.overallByGroup(1).toString());
        assertThat(second.contrast(1, "z", "y"))
                .hasToString(first.contrast(1, "a", "c").toString());
    }

    /** Twelve groups whose units are treated together, with events of their own in each period. */
    static Panel clustered(long seed, double events) {
        SplittableRandom random = new SplittableRandom(seed);
        int groups = 12;
        int size = 10;
        int periods = 60;
        double[][] outcomes = new double[groups * size][periods];
        int[][] arms = new int[groups * size][periods];
        for (int g = 0; g < groups; g++) {
            for (int j = 0; j < periods; j++) {
                int arm = random.nextInt(2);
                double event = events * random.nextGaussian();
                for (int i = g * size; i < (g + 1) * size; i++) {
                    arms[i][j] = arm;
                    outcomes[i][j] = i % 7 + arm + event + 0.3 * random.nextGaussian();
                }
            }
        }
        List<String> units =
                IntStream.range(0, groups * size).mapToObj(i -> "u" + i).toList();
        List<String> times = IntStream.range(0, periods).mapToObj(j -> "" + j).toList();
        return Panel.of(outcomes, arms, units, times);
    }

    @Test
    void whereTreatmentIsDecidedByGroupTheGroupsAreTheUnits() {
        Panel panel = clustered(1, 0.5);
        UnitColumn column = UnitColumn.ofTexts(
                "chain",
                IntStream.range(0, panel.units())
                        .mapToObj(i -> "chain " + i / 10)
                        .toList());
        UnitEffects effects = FactorModelEstimator.withDefaults()
                .withBackend("ejml")
                .withRankLimit(2)
                .withEffects(EffectsForm.CONSTANT)
                .fit(panel);
        GroupAverages groups = EffectAverages.of(effects).byGroup(column);

        assertThat(groups.treatmentShare()).isCloseTo(1, within(1e-12));
        assertThat(groups.isTreatmentByGroup()).isTrue();
        Estimate byGroup = groups.overallByGroup(1).ate();
        Estimate byUnit = groups.overall(1).ate();
        assertThat(byGroup.degreesOfFreedom()).isCloseTo(11, within(1e-9));
        // The events of a group over 60 periods, in a mean of 12 groups: 0.5 * 2 / sqrt(60) / sqrt(12) = 0.037.
        assertThat(byGroup.standardError()).isBetween(0.02, 0.08);
        assertThat(byGroup.standardError()).isGreaterThan(1.7 * byUnit.standardError());
        assertThat(byGroup.interval(0.95).contains(1)).isTrue();

        UnitColumn other = UnitColumn.ofTexts(
                "colour",
                IntStream.range(0, panel.units())
                        .mapToObj(i -> "colour " + i % 10)
                        .toList());
        GroupAverages across = EffectAverages.of(effects).byGroup(other);
        assertThat(across.treatmentShare()).isLessThan(0.05);
        assertThat(across.isTreatmentByGroup()).isFalse();
    }

    @Test
    void groupsAreThoseOfSelectedUnits() {
        List<String> units = new ArrayList<>(unitsOf(0));
        units.addAll(unitsOf(1));
        GroupAverages groups = EffectAverages.of(fit("spectral"))
                .byGroup(GROUPS, CellSelection.all().withUnits(units));
        assertThat(groups.groups()).containsExactly("b", "a");
        assertThat(groups.column()).isEqualTo("region");
        assertThat(groups).hasToString("averages by \"region\", 2 groups");
        assertThatThrownBy(() -> groups.contrast(1, "c", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no group \"c\" among the 2 groups of \"region\"");
        assertThatThrownBy(() -> groups.contrast(1, "a", "a")).hasMessageContaining("minus itself");
        assertThatThrownBy(() -> groups.overall(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aGroupWithoutTheArm() {
        // Units 0 and 1 are never treated, so that they are not estimable.
        UnitColumn column = UnitColumn.ofTexts(
                "region",
                IntStream.range(0, PANEL.units())
                        .mapToObj(unit -> unit < 2 ? "never" : unit % 2 == 0 ? "even" : "odd")
                        .toList());
        GroupAverages groups = EffectAverages.of(fit("factors")).byGroup(column);
        GroupAverage never = groups.averages(1).get(0);
        assertThat(never.units()).isZero();
        assertThat(never.averages().ate()).hasToString("none (no unit is estimable)");
        assertThat(never.contrast().ate().isAvailable()).isFalse();
        assertThat(groups.contrast(1, "even", "never").ate().isAvailable()).isFalse();
        assertThat(groups.overallByGroup(1).ate().degreesOfFreedom()).isLessThanOrEqualTo(1 + 1e-9);
        GroupAverages one = EffectAverages.of(fit("factors"))
                .byGroup(
                        column,
                        CellSelection.all().withUnits(List.of("unit 0", "unit 1", "unit 6", "unit 8", "unit 10")));
        assertThat(one.overallByGroup(1).ate().hasStandardError()).isFalse();
        assertThat(one.overallByGroup(1).ate().value())
                .isCloseTo(one.overall(1).ate().value(), CLOSE);
    }

    @Test
    void wrongGroups() {
        EffectAverages averages = EffectAverages.of(fit("factors"));
        assertRejected(averages, groups("a"), "column \"region\": only one group");
        assertRejected(
                averages,
                UnitColumn.ofTexts("store", AveragedPanels.unitNames()),
                "column \"store\": one unit per group");
        assertRejected(averages, groups("a", null, "b"), "the unit \"unit 1\" has no group in \"region\"");
        assertRejected(averages, UnitColumn.ofTexts("region", List.of("a", "b")), "has 2 values for 26 units");
    }

    private static UnitColumn groups(String a, @org.jspecify.annotations.Nullable String b, String c) {
        List<String> names = Arrays.asList(a, b, c);
        return UnitColumn.ofTexts(
                "region",
                IntStream.range(0, AveragedPanels.UNITS)
                        .mapToObj(unit -> names.get(unit % 3))
                        .toList());
    }

    private static void assertRejected(EffectAverages averages, UnitColumn groups, String part) {
        assertThatThrownBy(() -> averages.byGroup(groups))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }
}
