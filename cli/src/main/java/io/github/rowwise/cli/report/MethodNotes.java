package io.github.rowwise.cli.report;

import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.ModelText;
import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.summary.EvaluationSummary;
import io.github.rowwise.cli.output.summary.PanelSummary;
import io.github.rowwise.diagnostics.RowHomogeneity;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.Provenance;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes the method, the facts of the fit, and the checks of a result. */
final class MethodNotes {

    private MethodNotes() {}

    /** What the estimator does, in paragraphs. */
    static List<String> method(UnitEffects effects) {
        List<String> paragraphs = new ArrayList<>();
        FactorModel model = effects.factorModel().orElse(null);
        if (model == null) {
            paragraphs.add(
                    "The spectral method, Algorithm 1 of Mehrotra, Tran, Vu and Zampetakis, completes each arm's outcomes separately: cells"
                            + " that were not observed in the arm are set to zero, each unit's row is divided by its propensity, and"
                            + " the best approximation of low rank is taken. The effect is the completed outcome under treatment"
                            + " minus that under control.");
            paragraphs.add(
                    "It assumes that outcomes follow a few factors common to all units, that noise has mean zero given"
                            + " the assignment, and that propensities may differ between units but do not change over time.");
        } else {
            paragraphs.add(
                    "A factor model is fitted to all arms at once: a unit's outcome is its baseline, plus its loadings"
                            + " times factors common to all units, "
                            + (model.trends() > 0 ? "plus a smooth trend of its own, " : "")
                            + "plus an effect of its own while it is treated, plus noise. Cells"
                            + " without an outcome take no part; nothing is imputed for them. The effect is the completed outcome"
                            + " under treatment minus that under control, and its standard error is that of the posterior.");
            if (model.hasOnsetTerms()) {
                paragraphs.add(
                        "Effects may build up or wear off with the time since treatment started. The chart by time since"
                                + " treatment began shows how they do on average. In periods without treatment, the effect of a unit"
                                + " is that of its average time since the start.");
            }
            paragraphs.add("It assumes that outcomes follow a few factors common to all units"
                    + (model.trends() > 0 ? " and trends that are smooth" : "") + ". Treatment may depend on"
                    + " baselines, factors" + (model.trends() > 0 ? " and trends" : "")
                    + ", but not on the noise (such as a promotion because last week was bad)."
                    + " Spill-over between units and anticipation of treatment are outside the model.");
        }
        if (effects.provenance().widening() > 1) {
            paragraphs.add("All intervals of effects are wider than the method's own by the factor "
                    + NumberFormat.of(effects.provenance().widening())
                    + ": with it, intervals of the method hold the effects that were planted under pretended treatments on this"
                    + " panel as often as they promise.");
        }
        paragraphs.add(
                "The estimates are averages over a unit's periods. Single cells and single periods of a unit are much"
                        + " less certain than they look in a chart.");
        return paragraphs;
    }

    /** Facts of the panel and the fit by name: all that is needed to reproduce the result. */
    static Map<String, String> facts(UnitEffects effects, PanelInput input) {
        Panel panel = effects.panel();
        Provenance provenance = effects.provenance();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                input.source().origin().isDataFrame() ? "Data" : "File",
                Quoted.line(input.source().origin().label()) + ", " + NumberFormat.count(input.rows(), "row"));
        if (input.source().origin().treatments() != null) {
            facts.put(
                    "Treatments",
                    Quoted.line(input.source().origin().treatments().toString()));
        }
        if (input.source().origin().query() != null) {
            facts.put("Query", Quoted.line(input.source().origin().query()));
        }
        if (input.source().where() != null) {
            facts.put("Rows where", Quoted.line(input.source().where()));
        }
        facts.put(
                "Panel",
                NumberFormat.count(panel.units()) + " units ("
                        + Quoted.plain(input.source().columns().unit()) + ") x " + NumberFormat.count(panel.periods())
                        + " periods (" + Quoted.plain(input.source().columns().time()) + ": " + input.timeKind() + ", "
                        + Quoted.plain(panel.periodNames().get(0)) + " to "
                        + Quoted.plain(panel.periodNames().get(panel.periods() - 1)) + ")");
        List<String> arms = new ArrayList<>();
        for (int arm = 0; arm < panel.arms(); arm++) {
            arms.add(NumberFormat.count(panel.cellsInArm(arm)) + " " + PanelSummary.armName(panel, arm));
        }
        facts.put("Cells with an outcome", String.join(", ", arms));
        facts.put("Missing cells", PanelSummary.reasons(input.missingCells()));
        String leftOut = PanelSummary.leftOut(effects, input);
        if (!leftOut.isEmpty()) {
            facts.put("Left out", leftOut);
        }
        facts.put("Pattern", PanelSummary.pattern(effects.diagnostics()));
        facts.put("Method", provenance.method());
        provenance.options().forEach((name, value) -> facts.put("Option " + name, value));
        effects.factorModel().ifPresent(model -> addModel(facts, model));
        facts.put("Seed", Long.toString(provenance.seed()));
        facts.put("Rowwise", provenance.version());
        facts.put("Linear algebra", provenance.backend() + " " + provenance.backendVersion());
        facts.put("Hash of the data (SHA-256)", provenance.dataHash());
        return facts;
    }

    private static void addModel(Map<String, String> facts, FactorModel model) {
        facts.put("Factors", ModelText.factors(model) + (model.isConverged() ? "" : "; the fit had not converged"));
        facts.put("Effects over time", "effects " + ModelText.effects(model, "Over time"));
        facts.put("Unit trends", "units " + ModelText.trends(model));
        facts.put(
                "Noise",
                "standard deviation " + NumberFormat.of(model.noiseStandardDeviation())
                        + ", correlation from period to period " + NumberFormat.of(model.noiseCorrelation()));
    }

    /** The checks of one treatment's result. */
    static Map<String, String> checks(UnitEffects effects, Diagnosis diagnosis, int arm) {
        Map<String, String> checks = new LinkedHashMap<>();
        for (RowHomogeneity test : diagnosis.homogeneity()) {
            String line = test.conclusion();
            if (test.arm() == arm && !line.isEmpty()) {
                checks.put(
                        "Propensities over time",
                        line
                                + (effects.factorModel().isPresent()
                                        ? ". The method allows for it."
                                        : ". The method assumes that they are constant."));
            }
        }
        diagnosis
                .residuals()
                .value()
                .ifPresent(value -> checks.put(
                        "Residuals",
                        "correlation from one period to the next "
                                + NumberFormat.of(value).replace('-', '\u2212')));
        UnitEffects spectral = diagnosis.algorithm1();
        if (spectral != null) {
            double correlation = Diagnosis.correlation(effects, spectral, arm);
            checks.put(
                    "Spectral method",
                    "a second method, which completes each arm separately (ranks "
                            + spectral.spectrum(0).rank() + " and "
                            + spectral.spectrum(arm).rank() + ")"
                            + (Double.isNaN(correlation)
                                    ? ""
                                    : "; its ATEs of single units correlate "
                                            + NumberFormat.of(correlation).replace('-', '\u2212') + " with these"));
        }
        Evaluation selfTest = diagnosis.selfTest();
        if (selfTest != null) {
            checks.put(
                    "Self-test",
                    NumberFormat.count(selfTest.draws(), "panel")
                            + " with this treatment and these missing cells, whose effects are known because they were drawn from"
                            + " the model. " + String.join(" ", EvaluationSummary.judgement(selfTest, arm))
                            + " The test cannot show what the model does not describe.");
        }
        return checks;
    }
}
