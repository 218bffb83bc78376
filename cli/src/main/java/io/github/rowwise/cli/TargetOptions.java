package io.github.rowwise.cli;

import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.UnitColumnSpec;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.value.Choice;
import io.github.rowwise.cli.value.NumberParser;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.UnitColumn;
import io.github.rowwise.tables.Suggestions;
import io.github.rowwise.targeting.Budget;
import io.github.rowwise.targeting.Candidates;
import io.github.rowwise.targeting.Targeting;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which units may be chosen, what they cost and what can be spent. */
@SuppressWarnings("NullAway.Init") // picocli sets what has a default
final class TargetOptions {

    private static final String COST = "--cost";

    @Option(
            names = "--budget",
            paramLabel = "BUDGET",
            description =
                    "How many units can be treated: a number, a share of the candidates such as 20%%, or with --cost the"
                            + " amount that can be spent per period. Default: every unit that is worth its cost.")
    private @Nullable String budget;

    @Option(
            names = COST,
            paramLabel = "COLUMN",
            description =
                    "Column with the cost of treating each unit for a period, a number of 0 or more that is the same in"
                            + " all rows of a unit.")
    private @Nullable String cost;

    @Option(
            names = "--value",
            paramLabel = "NUMBER",
            defaultValue = "1",
            converter = WorthConverter.class,
            description =
                    "What one unit of the outcome is worth, in the unit of the costs; negative if a lower outcome is"
                            + " better (default: ${DEFAULT-VALUE}).")
    private double worth;

    @Option(
            names = "--among",
            paramLabel = "UNITS",
            defaultValue = "untreated",
            converter = Among.class,
            completionCandidates = Among.class,
            description = "Candidates: untreated are those not treated when they were last observed, all are all units"
                    + " (default: ${DEFAULT-VALUE}).")
    private Candidates among;

    @Option(
            names = "--arm",
            paramLabel = "LEVEL",
            description = "Level of the treatment to treat with, if there are several.")
    private @Nullable String arm;

    double worth() {
        return worth;
    }

    /** Returns the columns to read beside the panel. */
    List<UnitColumnSpec> columns() {
        return cost == null ? List.of() : List.of(new UnitColumnSpec(COST, cost, UnitColumnSpec.Kind.COST));
    }

    /** Returns the budget, which is known to be well formed before the first row is read. */
    Budget budget() {
        String text = budget;
        if (text == null) {
            return Budget.unlimited();
        }
        String form = cost == null
                ? "give a whole number of units, or a share of the candidates such as 20%; an amount of money needs "
                        + COST
                : "give the amount that can be spent on the costs, or a share of the candidates such as 20%";
        try {
            if (text.endsWith("%")) {
                return Budget.share(
                        Double.parseDouble(text.substring(0, text.length() - 1).strip()) / 100);
            }
            return cost == null ? Budget.units(Integer.parseInt(text)) : Budget.amount(Double.parseDouble(text));
        } catch (IllegalArgumentException e) {
            throw new UserInputException("--budget " + Quoted.value(text) + ": " + form, e);
        }
    }

    /** Rejects options that the input cannot have. */
    void check(PanelSource source) {
        if (cost != null && source.origin().isPanelFile()) {
            throw new UserInputException(source.name() + ": " + COST
                    + " needs a column of a table, and a panel file keeps those of the panel only; use the table");
        }
        if (cost != null && source.origin().treatments() != null) {
            throw new UserInputException(source.name() + ": " + COST
                    + " needs a table with one row per unit and period; with --treatments there is no such column");
        }
    }

    /** Returns the arm to treat with. */
    int arm(Panel panel) {
        List<String> treatments = panel.armNames().subList(1, panel.arms());
        String chosen = arm;
        if (chosen == null) {
            if (treatments.size() > 1) {
                throw new UserInputException("there are " + treatments.size()
                        + " treatments; say which to treat with: --arm " + String.join(" or ", treatments));
            }
            return 1;
        }
        int index = treatments.indexOf(chosen);
        if (index < 0) {
            throw new UserInputException("--arm " + Quoted.value(chosen) + ": no such treatment. Treatments: "
                    + Quoted.list(Suggestions.closestFirst(chosen, treatments)));
        }
        return index + 1;
    }

    Targeting targeting(PanelInput input, int ofArm) {
        Targeting targeting = Targeting.withDefaults()
                .withBudget(budget())
                .withCandidates(among)
                .withWorth(worth)
                .withArm(ofArm);
        UnitColumn costs = input.unitColumn(COST);
        return costs == null ? targeting : targeting.withCosts(costs);
    }

    /** Returns what to do if there is no candidate. */
    String remedy() {
        return among == Candidates.UNTREATED ? " (--among all)" : "";
    }

    static final class Among extends Choice<Candidates> {
        Among() {
            super(List.of(Candidates.values()), Candidates::label);
        }
    }

    static final class WorthConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            double value = NumberParser.decimal(text);
            if (value == 0) {
                throw new TypeConversionException("'" + text + "' is 0; give a number above or below 0");
            }
            return value;
        }
    }
}
