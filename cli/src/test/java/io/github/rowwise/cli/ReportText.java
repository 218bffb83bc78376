package io.github.rowwise.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    static ByteBuffer bytes(JsonText packed) {
        return ByteBuffer.wrap(Base64.getDecoder().decode(packed.text())).order(ByteOrder.LITTLE_ENDIAN);
    }
}
