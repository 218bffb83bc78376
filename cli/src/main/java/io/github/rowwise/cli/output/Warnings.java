package io.github.rowwise.cli.output;

import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.diagnostics.FitDiagnostics;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.tables.OptionNaming;
import java.util.ArrayList;
import java.util.List;

/** The library's warnings after those of the reading, with the options that help. */
public final class Warnings {

    private Warnings() {}

    /**
     * Returns the warnings of the reading and of the result.
     *
     * @param effects the result
     * @param diagnosis its diagnostics
     * @param input how the panel was read
     * @return with the options in the messages
     */
    public static List<Warning> of(UnitEffects effects, Diagnosis diagnosis, PanelInput input) {
        // Groups that decide treatment are the answer to the warning.
        List<Warning> warnings = diagnosis.fit().warnings().stream()
                .filter(warning -> warning.kind() != Warning.Kind.CLUSTERED_TREATMENT
                        || !diagnosis.averages().isByGroup())
                .toList();
        return after(input, warnings, factors(effects));
    }

    /**
     * Returns the warnings of the reading and of a result that is not shown by group.
     *
     * @param effects the result
     * @param fit its diagnostics
     * @param input how the panel was read
     * @return with the options in the messages
     */
    public static List<Warning> of(UnitEffects effects, FitDiagnostics fit, PanelInput input) {
        return after(input, fit.warnings(), factors(effects));
    }

    private static int factors(UnitEffects effects) {
        return effects.factorModel().map(FactorModel::startRank).orElse(0);
    }

    /**
     * Returns the warnings of the reading and of the assignment, which are known before any fit.
     *
     * @param diagnostics the panel's assignment
     * @param input how the panel was read
     * @return with the options in the messages
     */
    public static List<Warning> before(PanelDiagnostics diagnostics, PanelInput input) {
        return after(input, diagnostics.warnings(), 0);
    }

    private static List<Warning> after(PanelInput input, List<Warning> found, int factors) {
        List<Warning> warnings = new ArrayList<>();
        OptionNaming naming = input.source().origin().naming();
        input.warnings().forEach(message -> warnings.add(new Warning(Warning.Kind.INPUT, message)));
        found.forEach(warning ->
                warnings.add(new Warning(warning.kind(), warning.message() + advice(warning.kind(), factors, naming))));
        return warnings;
    }

    /**
     * Returns what options can do about a warning, to follow the library's sentence.
     *
     * @param factors that the factor model started from; 0 without a factor model
     */
    private static String advice(Warning.Kind kind, int factors, OptionNaming naming) {
        boolean isProgram = naming == OptionNaming.COMMAND_LINE;
        String advice = switch (kind) {
            case ALL_FACTORS_KEPT -> naming.assignment("rank") + 2 * factors;
            case NOT_CONVERGED -> factors > 1 ? naming.assignment("rank") + factors / 2 : "";
            case REPEATED_EXTREME -> isProgram ? "--missing CODE" : "if it is, replace it by NaN";
            case CARRY_OVER ->
                (isProgram ? "rowwise check" : "check()") + " says how many; " + naming.name("washout")
                        + " leaves them out";
            case MISSING_NEAR_ZERO -> isProgram ? "--absent-rows zero" : "add these rows with outcome 0";
            case CLUSTERED_TREATMENT ->
                naming.assignment("group") + "COLUMN names the column of the groups"
                        + (isProgram ? "; --where takes a part of the rows" : "");
            case NOT_IDENTIFIED -> "estimate rejects this panel";
            case MOVING_PROPENSITIES -> naming.assignment("method") + "factor-model";
            case CORRELATED_RESIDUALS ->
                factors > 0 ? naming.assignment("noise") + "ar1" : naming.assignment("method") + "factor-model";
            default -> "";
        };
        return advice.isEmpty() ? "" : " (" + advice + ")";
    }
}
