package io.github.rowwise.cli.report;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes texts as members of the page's data. */
final class JsonTexts {

    private JsonTexts() {}

    static void writeList(JsonGenerator json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    static void writeMap(JsonGenerator json, String name, Map<String, String> map) {
        json.writeObjectPropertyStart(name);
        map.forEach(json::writeStringProperty);
        json.writeEndObject();
    }
}
