package io.github.rowwise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** A JSON value as maps, lists, texts, doubles and truth values. */
record JsonText(@Nullable Object value) {

    static JsonText parse(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static JsonText parse(String text) {
        // A page's data in base 64 are longer than what is taken for a text otherwise.
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(100_000_000)
                        .build())
                .build();
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            return new JsonText(read(parser));
        }
    }

    private static @Nullable Object read(JsonParser parser) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, read(parser));
            }
            return members;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<@Nullable Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(read(parser));
            }
            return elements;
        }
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        if (parser.currentToken() == JsonToken.VALUE_TRUE || parser.currentToken() == JsonToken.VALUE_FALSE) {
            return parser.getBooleanValue();
        }
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : (Object) parser.getDoubleValue();
    }

    boolean has(String name) {
        return value instanceof Map<?, ?> members && members.containsKey(name);
    }

    JsonText at(String name) {
        Map<?, ?> members = (Map<?, ?>) Objects.requireNonNull(value);
        if (!members.containsKey(name)) {
            throw new AssertionError("no " + name + " in " + members.keySet());
        }
        return new JsonText(members.get(name));
    }

    List<JsonText> elements() {
        List<JsonText> elements = new ArrayList<>();
        ((List<?>) Objects.requireNonNull(value)).forEach(element -> elements.add(new JsonText(element)));
        return elements;
    }

    String text() {
        return (String) Objects.requireNonNull(value);
    }

    double number() {
        return (Double) Objects.requireNonNull(value);
    }
}
