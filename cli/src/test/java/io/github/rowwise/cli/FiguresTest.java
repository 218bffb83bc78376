package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --figures}: all figures are written and are not empty. */
@Tag("slow")
class FiguresTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Run run(boolean threeArms, Path figures, String... options) throws IOException {
        Path input = ReportPanel.write(folder, "p.csv", threeArms);
        List<String> arguments = new ArrayList<>(ReportPanel.arguments(input, folder.resolve("r.html")));
        arguments.addAll(List.of("--figures", figures.toString()));
        arguments.addAll(List.of(options));
        return Run.of(arguments.toArray(String[]::new));
    }

    private static Map<String, byte[]> files(Path figures) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(figures)) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    @ParameterizedTest
    @CsvSource({"true, refined", "false, spectral"})
    void everyFigureIsWrittenInBothFormatsAndNotEmpty(boolean threeArms, String method) throws IOException {
        Path figures = folder.resolve("new").resolve("figures");

        Run run = run(threeArms, figures, "--method", method);

        assertThat(run.exitCode()).as(run.err()).isZero();
        Set<String> expected = new HashSet<>(Set.of("treatment", "spectrum-0", "spectrum-1"));
        for (String name : List.of("units", "periods", "event-times", "propensities")) {
            expected.addAll(threeArms ? List.of(name + "-1", name + "-2") : List.of(name));
        }
        if (threeArms) {
            expected.add("spectrum-2");
        }
        Map<String, byte[]> files = files(figures);
        assertThat(files.keySet())
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .flatMap(name -> Stream.of(name + ".svg", name + ".png"))
                        .toList());
        assertThat(run.out()).contains(expected.size() + " pictures");
        for (String name : expected) {
            BufferedImage image = ImageIO.read(figures.resolve(name + ".png").toFile());
            assertThat(image.getWidth()).isEqualTo(1800);
            assertThat(image.getHeight()).isEqualTo(1000);
            assertThat(colours(image)).as(name).hasSizeGreaterThan(10);
            // Letters are outlines, so a figure needs no font.
            assertThat(Files.readString(figures.resolve(name + ".svg")))
                    .contains("<path")
                    .doesNotContain("<text")
                    .containsPattern("</svg\\s*>\\s*$");
        }

        assertThat(run(threeArms, figures, "--method", method).exitCode()).isZero();
        files(figures).forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(files.get(name)));
    }

    private static Set<Integer> colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 3) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours;
    }

    @Test
    void aFileInPlaceOfTheFolderIsRejectedBeforeAnyWork() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "mine");

        Run run = run(false, file);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--figures").contains("a file; name a folder");
        assertThat(Files.readString(file)).isEqualTo("mine");
        assertThat(folder.resolve("r.html")).doesNotExist();
    }
}
