package io.github.rowwise.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Small panels as files. */
final class PanelFile {

    static final String HEADER = "unit,time,outcome,treatment";

    private PanelFile() {}

    /** Rows of 12 units and 15 periods with an effect of 1. Line 2 of the file is row 0. */
    static List<String> rows() {
        SplittableRandom random = new SplittableRandom(7);
        List<String> rows = new ArrayList<>();
        for (int unit = 0; unit < 12; unit++) {
            for (int period = 1; period <= 15; period++) {
                int treated = random.nextInt(2);
                double outcome = unit / 4.0 + period / 5.0 + treated + 0.1 * random.nextGaussian();
                rows.add("u" + unit + "," + period + "," + outcome + "," + treated);
            }
        }
        return rows;
    }

    static Path write(Path folder, String name, Consumer<List<String>> change) throws IOException {
        List<String> rows = rows();
        change.accept(rows);
        return write(folder, name, HEADER + "\n" + String.join("\n", rows) + "\n");
    }

    static Path write(Path folder, String name, String content) throws IOException {
        return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }
}
