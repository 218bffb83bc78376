package io.github.rowwise.cli.report;

import io.github.rowwise.averages.GroupAverage;
import io.github.rowwise.averages.GroupAverages;
import io.github.rowwise.cli.output.ShownAverages;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.tables.json.AveragesDocument;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes averages over units as members of the page's data. */
record AveragesJson(JsonGenerator json, ShownAverages averages, double confidenceLevel) {

    /** Writes what all treatments have in common. */
    void writeFrame() {
        json.writeStringProperty("weighting", averages.weighting());
        GroupAverages groups = averages.groups();
        if (groups != null) {
            json.writeObjectPropertyStart("groups");
            json.writeStringProperty("column", groups.column());
            json.writeBooleanProperty("by_group", averages.isByGroup());
            if (averages.base() != null) {
                json.writeStringProperty("base", averages.base());
            }
            json.writeEndObject();
        }
    }

    /** Writes the averages of a treatment by group and over chosen cells. */
    void write(int arm) {
        GroupAverages groups = averages.groups();
        if (groups != null) {
            json.writeArrayPropertyStart("groups");
            for (GroupAverage group : groups.averages(arm)) {
                json.writeStartObject();
                json.writeStringProperty("name", group.group());
                write("averages", group.averages());
                AverageEffects contrast = AveragesDocument.contrast(groups, arm, group, averages.base());
                if (contrast != null) {
                    write("contrast", contrast);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            write("overall_by_group", groups.overallByGroup(arm));
        }
        if (!averages.overCells().isEmpty()) {
            json.writeArrayPropertyStart("over_cells");
            for (ShownAverages.OverCells over : averages.overCells()) {
                json.writeStartObject();
                json.writeStringProperty("condition", over.condition());
                json.writeNumberProperty("cells", over.cells());
                json.writeBooleanProperty("by_group", over.isByGroup());
                write("averages", over.byArm().get(arm - 1));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    /** Writes averages under a name. */
    void write(String name, AverageEffects of) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("units", of.units());
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        estimates.put("ate", of.ate());
        estimates.put("att", of.att());
        estimates.put("atu", of.atu());
        estimates.put("att_over_cells", of.attOverCells());
        estimates.forEach((key, estimate) -> {
            json.writeObjectPropertyStart(key);
            write(estimate);
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    /** Writes the members of an estimate that exist. */
    void write(Estimate estimate) {
        if (estimate.isAvailable()) {
            json.writeNumberProperty("value", estimate.value());
        }
        if (estimate.hasStandardError()) {
            Interval interval = estimate.interval(confidenceLevel);
            json.writeNumberProperty("se", estimate.standardError());
            json.writeNumberProperty("lo", interval.lower());
            json.writeNumberProperty("hi", interval.upper());
        }
    }
}
