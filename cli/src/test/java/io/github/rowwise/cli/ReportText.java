package io.github.rowwise.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A report read back. */
record ReportText(String page, JsonText data) {

    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">([^<]*)</script>");

    static ReportText read(Path file) throws IOException {
        String page = Files.readString(file);
        Matcher matcher = DATA.matcher(page);
        if (!matcher.find()) {
            throw new AssertionError("no data in " + file);
        }
        return new ReportText(page, JsonText.parse(matcher.group(1)));
    }

    List<String> texts(String name) {
        return texts(data.at(name));
    }

    static List<String> texts(JsonText array) {
        return array.elements().stream().map(JsonText::text).toList();
    }

    static double[] doubles(JsonText packed) {
        ByteBuffer bytes = bytes(packed);
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return values;
    }

    static float[] floats(JsonText packed) {
        ByteBuffer bytes = bytes(packed);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    static int[] ints(JsonText packed) {
        ByteBuffer bytes = bytes(packed);
        int[] values = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(values);
        return values;
    }

    /** Whole numbers of two bytes each. */
    static int[] shorts(JsonText packed) {
        ByteBuffer bytes = bytes(packed);
        int[] values = new int[bytes.remaining() / Short.BYTES];
        for (int k = 0; k < values.length; k++) {
            values[k] = Short.toUnsignedInt(bytes.getShort(Short.BYTES * k));
        }
        return values;
    }

    /** A column of the table of a treatment; what follows from others as the page makes it. */
    double[] column(JsonText treatment, String name) {
        JsonText columns = treatment.at("columns");
        if (name.equals("propensity")) {
            return Arrays.stream(shorts(columns.at("n_treated")))
                    .mapToDouble(cells -> (double) cells / texts("periods").size())
                    .toArray();
        }
        if (!name.matches(".*_ci_(lo|hi)")) {
            return doubles(columns.at(name));
        }
        String measure = name.replaceFirst("_ci_(lo|hi)", "");
        double[] value = doubles(columns.at(measure));
        double[] error = doubles(columns.at(measure + "_se"));
        boolean isOwn = treatment.at("quantiles").has(measure);
        double[] quantiles = doubles(treatment.at("quantiles").at(isOwn ? measure : "ate"));
        double sign = name.endsWith("lo") ? -1 : 1;
        return IntStream.range(0, value.length)
                .mapToDouble(k -> value[k] + sign * (error[k] * quantiles[k]))
                .toArray();
    }

    static ByteBuffer bytes(JsonText packed) {
        return ByteBuffer.wrap(Base64.getDecoder().decode(packed.text())).order(ByteOrder.LITTLE_ENDIAN);
    }
}
