package io.github.rowwise.cli.report;

import io.github.rowwise.effects.AttributeEffects;
import io.github.rowwise.effects.UnitEffects;
import tools.jackson.core.JsonGenerator;

/** Writes what covariates and attributes of units tell as members of the page's data. */
record ColumnsJson(JsonGenerator json, UnitEffects effects, AveragesJson averages) {

    /** Writes the coefficients of the covariates, which all treatments have in common. */
    void writeCovariates() {
        if (effects.covariates().isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("covariates");
        effects.covariates().forEach((name, coefficient) -> {
            json.writeStartObject();
            json.writeStringProperty("name", name);
            averages.write(coefficient);
            json.writeEndObject();
        });
        json.writeEndArray();
    }

    /** Writes how the effects of a treatment depend on attributes. */
    void writeAttributes(int arm) {
        effects.attributes(arm).ifPresent(attributes -> {
            json.writeObjectPropertyStart("attributes");
            json.writeNumberProperty("explained_share", attributes.explainedShare());
            json.writeArrayPropertyStart("coefficients");
            for (AttributeEffects.Coefficient coefficient : attributes.coefficients()) {
                json.writeStartObject();
                json.writeStringProperty("attribute", coefficient.attribute());
                json.writeStringProperty("level", coefficient.level());
                json.writeStringProperty("base", coefficient.base());
                averages.write(coefficient.estimate());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("averages");
            for (AttributeEffects.LevelAverage average : attributes.averages()) {
                json.writeStartObject();
                json.writeStringProperty("attribute", average.attribute());
                json.writeStringProperty("level", average.level());
                json.writeNumberProperty("units", average.units());
                averages.write(average.ate());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
