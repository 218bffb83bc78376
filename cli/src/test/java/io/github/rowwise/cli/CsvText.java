package io.github.rowwise.cli;

import java.util.ArrayList;
import java.util.List;

/** A slow and simple reader of CSV that serves as the reference for the program's output. */
final class CsvText {

    private CsvText() {}

    static List<List<String>> parse(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                record.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    records.add(record);
                    record = new ArrayList<>();
                }
            } else {
                field.append(c);
            }
        }
        return records;
    }

    /** Returns the values of a column. */
    static List<String> column(String text, String name) {
        List<List<String>> records = parse(text);
        int column = records.get(0).indexOf(name);
        return records.stream().skip(1).map(record -> record.get(column)).toList();
    }
}
