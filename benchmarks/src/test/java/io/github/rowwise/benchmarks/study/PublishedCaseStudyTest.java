package io.github.rowwise.benchmarks.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.benchmarks.study.PublishedCase.Figure;
import io.github.rowwise.cli.input.PanelColumns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Published estimates are compared with the right average of the right cells. */
@Tag("slow")
class PublishedCaseStudyTest {

    private static final PanelColumns COLUMNS =
            new PanelColumns("shop", "year", "sales", "CAST(\"first.year\" > 0 AND year >= \"first.year\" AS INTEGER)");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Twenty shops in 2001 to 2012. Shop 0 has an effect of 1 in ten years, shop 1 an effect of 4 in the last two. */
    @BeforeEach
    void writeShops() throws IOException {
        Random random = new Random(1);
        try (Writer writer = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("shops.csv.gz"))), StandardCharsets.UTF_8)) {
            writer.write("shop,year,sales,first.year,effect\n");
            for (int shop = 0; shop < 20; shop++) {
                int first = shop == 0 ? 2003 : shop == 1 ? 2011 : 0;
                for (int year = 2001; year <= 2012; year++) {
                    int effect = first == 0 || year < first ? 0 : shop == 0 ? 1 : 4;
                    String sales = shop == 19 && year == 2005
                            ? "NA"
                            : String.valueOf(shop + 0.3 * year + effect + 0.01 * random.nextGaussian());
                    writer.write("shop " + shop + "," + year + "," + sales + "," + first + "," + effect + "\n");
                }
            }
        }
    }

    private List<String> lines(PublishedCase... studies) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        new PublishedCaseStudy(new PrintStream(printed, true, StandardCharsets.UTF_8), folder).print(List.of(studies));
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String column(String row, int column) {
        return row.split("\\|", -1)[column + 1].strip();
    }

    private static double estimate(String row) {
        return Double.parseDouble(column(row, 3).split(" ", 2)[0]);
    }

    private static PublishedCase shops(Figure... published) {
        return new PublishedCase("shops", "", "", "shops.csv", COLUMNS, List.of(published));
    }

    @Test
    void averagesAreOverTreatedCellsOrOfOneUnit() {
        PublishedCase all = shops();

        List<String> rows = lines(
                all,
                all.forUnit("one shop", "shop 1", new Figure(0, "0")),
                all.onlyWhere("without it", "shop <> 'shop 1'"));

        assertThat(estimate(rows.get(2))).isCloseTo((10 * 1 + 2 * 4) / 12.0, within(0.05));
        assertThat(column(rows.get(2), 1)).isEqualTo("20 x 12");
        assertThat(estimate(rows.get(3))).isCloseTo(4, within(0.05));
        assertThat(estimate(rows.get(4))).isCloseTo(1, within(0.05));
        assertThat(column(rows.get(4), 1)).isEqualTo("19 x 12");
    }

    @Test
    void publishedFiguresWithinTheIntervalAreCounted() {
        Figure same = new Figure(estimate(lines(shops()).get(2)), "a");
        Figure other = new Figure(same.value() + 1, "b (0.1)");

        List<String> rows = lines(shops(same), shops(other), shops(same, other));

        assertThat(rows.subList(2, 5).stream().map(row -> column(row, 4))).containsExactly("yes", "no", "1 of 2");
        assertThat(column(rows.get(4), 2)).isEqualTo("a; b (0.1)");
    }

    @Test
    void theTruthIsComparedWithUnitsAndCells() {
        List<String> rows = lines(shops().withTruth("effect"));

        assertThat(column(rows.get(2), 2)).isEqualTo("1.50, the truth");
        assertThat(rows.get(4))
                .startsWith("shops: RMSE of the ATT of 2 units 0.0")
                .endsWith("in 12 treated cells.");
    }

    @Test
    void missingFileIsNamed() {
        List<String> rows = lines(new PublishedCase("absent", "", "", "absent.csv", COLUMNS, List.of()), shops());

        assertThat(column(rows.get(2), 3)).isEqualTo("no file absent.csv");
        assertThat(column(rows.get(3), 0)).isEqualTo("shops");
    }

    @Test
    void everyStudyHasAFileAndSomethingToCompareWith() {
        assertThat(PublishedCases.ALL)
                .allMatch(study -> study.truth() != null || !study.published().isEmpty())
                .allMatch(study -> study.file().endsWith(".csv"))
                .allMatch(study ->
                        study.source().contains("doi") || study.source().contains("arXiv"));
        assertThat(PublishedCases.ALL.stream().map(PublishedCase::name)).doesNotHaveDuplicates();
    }
}
