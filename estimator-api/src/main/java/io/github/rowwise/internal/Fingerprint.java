package io.github.rowwise.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of a panel: names, then each row's arms and outcomes, so that the height of the blocks does not matter. */
public final class Fingerprint {

    private Fingerprint() {}

    /** Returns 64 hexadecimal digits. */
    public static String of(List<List<String>> names, List<RowBlock> blocks) {
        MessageDigest digest = sha256();
        for (List<String> list : names) {
            digest.update(ByteBuffer.allocate(4).putInt(0, list.size()));
            for (String name : list) {
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
                digest.update(bytes);
            }
        }
        for (RowBlock block : blocks) {
            ByteBuffer row = ByteBuffer.allocate(Math.multiplyExact(8, block.columns()));
            for (int i = 0; i < block.rows(); i++) {
                int start = i * block.columns();
                digest.update(block.arms(), start, block.columns());
                row.clear().asDoubleBuffer().put(block.outcomes(), start, block.columns());
                digest.update(row);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
