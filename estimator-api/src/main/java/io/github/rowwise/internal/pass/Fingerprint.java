package io.github.rowwise.internal.pass;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 digest of a panel: the names, then the arms, outcomes and covariates of each row. It does not depend on the block size.
 */
public final class Fingerprint {

    private final MessageDigest digest = sha256();
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    /** Starts with the names of units, periods and arms, and of covariates if there are any. */
    public Fingerprint(List<List<String>> names) {
        for (List<String> list : names) {
            digest.update(ByteBuffer.allocate(4).putInt(0, list.size()));
            for (String name : list) {
                byte[] text = name.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(4).putInt(0, text.length));
                digest.update(text);
            }
        }
    }

    /** Adds the next rows. */
    public void add(RowBlock block) {
        int m = block.columns();
        if (bytes.capacity() < 8L * m) {
            bytes = ByteBuffer.allocate(Math.multiplyExact(8, m));
        }
        for (int row = 0; row < block.rows(); row++) {
            digest.update(block.arms(), row * m, m);
            bytes.clear().asDoubleBuffer().put(block.outcomes(), row * m, m);
            digest.update(bytes);
            for (double[] covariate : block.covariates()) {
                bytes.clear().asDoubleBuffer().put(covariate, row * m, m);
                digest.update(bytes);
            }
        }
    }

    /** Returns the digest of 32 bytes. Nothing can be added afterwards. */
    public byte[] finish() {
        return digest.digest();
    }

    /** Returns the digest of a panel as 64 hexadecimal digits. */
    public static String of(List<List<String>> names, RowBlocks blocks) {
        Fingerprint fingerprint = new Fingerprint(names);
        blocks.forEach(fingerprint::add);
        return HexFormat.of().formatHex(fingerprint.finish());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
