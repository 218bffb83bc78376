package io.github.rowwise.cli.report;

import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.summary.CheckSummary;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.evaluation.GapCheck;
import io.github.rowwise.evaluation.HorizonGap;
import io.github.rowwise.evaluation.PanelChecks;
import io.github.rowwise.evaluation.Verdict;
import tools.jackson.core.JsonGenerator;

/** The checks of the panel as data of the page. */
final class CheckJson {

    private final JsonGenerator json;
    private final PanelChecks checks;
    private final PanelInput input;

    CheckJson(JsonGenerator json, PanelChecks checks, PanelInput input) {
        this.json = json;
        this.checks = checks;
        this.input = input;
    }

    void write() {
        json.writeObjectPropertyStart("panel_checks");
        json.writeStringProperty("verdict", checks.verdict().label());
        json.writeStringProperty("conclusion", checks.conclusion() + CheckSummary.options(checks, input));
        json.writeNumberProperty("bound", checks.bound());
        json.writeArrayPropertyStart("list");
        write("Placebo", checks.placebo().verdict(), checks.placebo().conclusion());
        write(
                "Anticipation",
                checks.anticipation().verdict(),
                checks.anticipation().conclusion());
        write("Carry-over", checks.carryOver().verdict(), checks.carryOver().conclusion());
        write(
                "Intervals",
                checks.pretendedAdoption().verdict(),
                checks.pretendedAdoption().conclusion());
        write("Methods", checks.agreement().verdict(), checks.agreement().conclusion());
        json.writeEndArray();
        write("before", checks.anticipation());
        write("after", checks.carryOver());
        json.writeEndObject();
    }

    private void write(String name, Verdict verdict, String conclusion) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("verdict", verdict.label());
        json.writeStringProperty("conclusion", conclusion);
        json.writeEndObject();
    }

    /** Distances without a hidden cell are left out. */
    private void write(String name, GapCheck check) {
        json.writeArrayPropertyStart(name);
        for (HorizonGap gap : check.horizons()) {
            if (gap.cells() == 0) {
                continue;
            }
            json.writeStartObject();
            json.writeNumberProperty("horizon", gap.horizon());
            json.writeNumberProperty("cells", gap.cells());
            json.writeNumberProperty("units", gap.units());
            if (gap.gap().isAvailable()) {
                json.writeNumberProperty("value", gap.gap().value());
            }
            if (gap.gap().hasStandardError()) {
                Interval interval =
                        gap.gap().interval(checks.pretendedAdoption().level());
                json.writeNumberProperty("lo", interval.lower());
                json.writeNumberProperty("hi", interval.upper());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
