package io.github.rowwise.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * One way to spoil a text file.
 *
 * @param kind what is done
 * @param place where, in ten-thousandths of the file
 * @param number which text, or how much
 */
record Mutation(Kind kind, int place, int number) {

    /** What is put into files and options: names, numbers and signs that programs trip over. */
    static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\0",
            "\"",
            "\"\"",
            "'",
            ",",
            ";",
            "\t",
            "|",
            "\n",
            "\r",
            "\r\n",
            "\\",
            "/",
            "..",
            "%",
            "$",
            "#",
            "@",
            "--",
            "-",
            "=",
            "=1+1",
            "NULL",
            "null",
            "NaN",
            "nan",
            "inf",
            "-Infinity",
            "1e308",
            "-1.7976931348623157e308",
            "1e307",
            "1e400",
            "-1e400",
            "1e-320",
            "1e-150",
            "1e149",
            "0x10",
            "1_000",
            "1,5",
            "1.5",
            "+1",
            "-0",
            "00",
            "9223372036854775808",
            "99999999999999999999999999999999999999999",
            "0.1e",
            "1e",
            "true",
            "FALSE",
            "2020-02-30",
            "2020-W53",
            "é",
            "e\u0301",
            "\uFEFF",
            "\u202E",
            "\u0000",
            "\uD83D\uDE00",
            "\u2028",
            "\u00A0",
            "\u0085",
            "İ",
            "ı",
            "x".repeat(300),
            "9".repeat(400),
            "{",
            "}",
            "[",
            "]",
            "{\"a\":1}",
            "\\u0000",
            "\\ud800",
            "'; DROP TABLE x; --",
            "<script>",
            "rowwise_0",
            "unit",
            "time",
            "outcome",
            "treatment",
            "__row",
            "number",
            "file_row_number",
            "*",
            "1 2");

    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.ISO_8859_1,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16,
            Charset.forName("windows-1252"));

    enum Kind {
        CUT,
        FLIP_BIT,
        INSERT,
        RANDOM_BYTES,
        REMOVE_BYTES,
        DOUBLE_LINE,
        REMOVE_LINE,
        SWAP_LINES,
        SHUFFLE_LINES,
        REPLACE_FIELD,
        REPLACE_COLUMN,
        CHANGE_SEPARATOR,
        QUOTE_FIELDS,
        LINE_ENDS,
        ENCODE,
        REPEAT
    }

    static Arbitrary<Mutation> any() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, 9_999),
                        Arbitraries.integers().between(0, 9_999))
                .as(Mutation::new);
    }

    byte[] of(byte[] bytes) {
        int at = (int) ((long) place * bytes.length / 10_000);
        int length = Math.min(bytes.length - at, 1 + number % 40);
        return switch (kind) {
            case CUT -> Arrays.copyOf(bytes, at);
            case FLIP_BIT ->
                at < bytes.length ? replaced(bytes, at, 1, new byte[] {(byte) (bytes[at] ^ 1 << number % 8)}) : bytes;
            case INSERT -> replaced(bytes, at, 0, hostile());
            case RANDOM_BYTES -> {
                byte[] random = new byte[length];
                new SplittableRandom(number).nextBytes(random);
                yield replaced(bytes, at, length, random);
            }
            case REMOVE_BYTES -> replaced(bytes, at, length, new byte[0]);
            case ENCODE -> text(bytes).getBytes(CHARSETS.get(number % CHARSETS.size()));
            case REPEAT -> bytes.length > 100_000 ? bytes : replaced(bytes, at, 0, bytes);
            default -> joined(lines(new ArrayList<>(List.of(text(bytes).split("\n", -1)))));
        };
    }

    private byte[] joined(List<String> lines) {
        String end =
                kind == Kind.LINE_ENDS ? List.of("\r\n", "\r", "\n\n", "\u2028").get(number % 4) : "\n";
        return String.join(end, lines).getBytes(StandardCharsets.UTF_8);
    }

    private List<String> lines(List<String> lines) {
        int line = (int) ((long) place * lines.size() / 10_000);
        String changed = lines.get(line);
        switch (kind) {
            case DOUBLE_LINE -> lines.add(number % lines.size(), changed);
            case REMOVE_LINE -> lines.remove(line);
            case SWAP_LINES -> Collections.swap(lines, line, number % lines.size());
            case SHUFFLE_LINES -> Collections.shuffle(lines, new java.util.Random(number));
            case REPLACE_FIELD -> lines.set(line, withField(changed, line));
            case REPLACE_COLUMN -> lines.replaceAll(former -> withField(former, place));
            case CHANGE_SEPARATOR -> {
                String separator = List.of(";", "\t", "|", " ", ",,").get(number % 5);
                if (number % 3 == 0) {
                    lines.set(line, changed.replace(",", separator));
                } else {
                    lines.replaceAll(former -> former.replace(",", separator));
                }
            }
            case QUOTE_FIELDS -> {
                String quote = List.of("\"", "'", "\"\"").get(number % 3);
                lines.set(line, quote + changed.replace(",", quote + "," + quote) + quote);
            }
            default -> {
                // The line ends are changed afterwards.
            }
        }
        return lines;
    }

    private String withField(String line, int which) {
        String[] fields = line.split("[,\t]", -1);
        fields[which % fields.length] = new String(hostile(), StandardCharsets.UTF_8);
        return String.join(line.contains("\t") ? "\t" : ",", fields);
    }

    private byte[] hostile() {
        return HOSTILE.get(number % HOSTILE.size()).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] replaced(byte[] bytes, int at, int length, byte[] by) {
        byte[] result = new byte[bytes.length - length + by.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(by, 0, result, at, by.length);
        System.arraycopy(bytes, at + length, result, at + by.length, bytes.length - at - length);
        return result;
    }
}
