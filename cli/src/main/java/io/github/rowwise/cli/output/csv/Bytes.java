package io.github.rowwise.cli.output.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are appended one after another. Not safe for use by several threads. */
final class Bytes {

    private byte[] bytes = new byte[1 << 12];
    private int count;

    void add(char ascii) {
        reserve(1);
        bytes[count++] = (byte) ascii;
    }

    void add(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, count, length);
        count += length;
    }

    void fill(char ascii, int times) {
        reserve(times);
        Arrays.fill(bytes, count, count + times, (byte) ascii);
        count += times;
    }

    void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        add(encoded, 0, encoded.length);
    }

    void whole(int value) {
        text(Integer.toString(value));
    }

    int size() {
        return count;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, count);
        count = 0;
    }

    private void reserve(int more) {
        if (count + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, count + more));
        }
    }
}
