package io.github.rowwise.spark.panel;

import io.github.rowwise.engine.ShardRows;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A hash of a panel that does not depend on the order of its units. It is the SHA-256 of the names of periods and arms and of a
 * sum over units. Each unit contributes the SHA-256 of its name, arms and outcomes; the sum is modulo 2^64 in each of four words.
 */
final class PanelHash implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int WORDS = 4;

    private final long[] sum = new long[WORDS];

    /** Adds the units of a block. */
    void add(UnitBlock block, UnitBlock.Room room) {
        MessageDigest digest = sha256();
        int m = block.periods();
        ShardRows rows = block.rows(room);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, m));
        for (int row = 0; row < block.units().length; row++) {
            add(digest, block.units()[row]);
            digest.update(rows.arms(), row * m, m);
            bytes.clear().asDoubleBuffer().put(rows.outcomes(), row * m, m);
            digest.update(bytes);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            for (int word = 0; word < WORDS; word++) {
                sum[word] += hash.getLong();
            }
        }
    }

    void add(PanelHash other) {
        for (int word = 0; word < WORDS; word++) {
            sum[word] += other.sum[word];
        }
    }

    /** Returns 64 hexadecimal digits. */
    String of(List<String> periods, List<String> arms) {
        MessageDigest digest = sha256();
        for (List<String> names : List.of(periods, arms)) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, names.size()));
            names.forEach(name -> add(digest, name));
        }
        for (long word : sum) {
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, word));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text.length));
        digest.update(text);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
