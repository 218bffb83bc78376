package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.cli.study.RatePoint;
import io.github.rowwise.cli.study.RateStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** {@code rowwise study rate}. */
@Tag("slow")
class StudyRateTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static List<RatePoint> measured(List<RateStudy.Size> sizes, int threads) {
        return new RateStudy(sizes, 1, 1, threads).run(what -> {});
    }

    /** The error of the worst row falls like n^(-1/2) with the true ranks, and does not fall with one more factor. */
    @Test
    void theWorstRowFallsAtTheRateOnlyWithTheTrueRanks() {
        List<RatePoint> points = measured(
                IntStream.of(100, 200, 400)
                        .mapToObj(side -> new RateStudy.Size(side, side))
                        .toList(),
                2);
        assertThat(RateStudy.slope(points, RatePoint::rate)).isCloseTo(-0.5, within(1e-12));
        assertThat(RateStudy.slope(points, p -> p.trueRanks().worstRow())).isBetween(-0.65, -0.4);
        assertThat(RateStudy.slope(points, p -> p.oneMore().worstRow())).isBetween(-0.2, 0.2);
        assertThat(RateStudy.slope(points, p -> p.trueRanks().rowAverage())).isBetween(-0.65, -0.4);
        assertThat(RateStudy.slope(points, p -> p.oneMore().rowAverage())).isBetween(-0.65, -0.4);
    }

    @Test
    void aSizeDoesNotDependOnTheThreadsAndTheOtherSizes() {
        RateStudy.Size small = new RateStudy.Size(100, 100);
        RatePoint one = measured(List.of(small), 1).get(0);
        assertThat(measured(List.of(new RateStudy.Size(100, 110), small), 2).get(1))
                .isEqualTo(one);
        assertThat(one.draws()).isEqualTo(16);
    }

    @Test
    void theGridDoublesUpToTheLargest() {
        assertThat(RateStudy.grid(800))
                .containsExactly(
                        new RateStudy.Size(100, 100),
                        new RateStudy.Size(200, 200),
                        new RateStudy.Size(400, 400),
                        new RateStudy.Size(800, 800),
                        new RateStudy.Size(200, 800),
                        new RateStudy.Size(800, 200));
        assertThat(RateStudy.grid(3200))
                .hasSize(12)
                .contains(new RateStudy.Size(3200, 3200), new RateStudy.Size(3200, 800));
    }

    @Test
    void theRateIsThatOfTheCorollary() {
        RatePoint.Errors none = new RatePoint.Errors(1, 1);
        assertThat(new RatePoint(400, 100, 1, none, none).rate()).isCloseTo(Math.sqrt(0.0425), within(1e-15));
    }

    @Test
    void tableAndFigureAreWritten() throws Exception {
        Path table = folder.resolve("rate.csv");
        Path picture = folder.resolve("rate.svg");
        Run run = Run.of(
                "study", "rate", "--largest", "200", "--draws", "1", "--output", table + "", "--figure", picture + "");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern(" +100 +100 +16 +0\\.1414 +\\d\\.\\d+ +\\d\\.\\d+ +0\\.\\d+ +0\\.\\d+")
                .containsPattern("slope, n = m +-0\\.50 +-\\d\\.\\d\\d +-?\\d\\.\\d\\d +-\\d\\.\\d\\d +-\\d\\.\\d\\d");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        String text = Files.readString(table);
        assertThat(CsvText.column(text, "ranks")).containsExactly("true", "one more", "true", "one more");
        assertThat(CsvText.column(text, "units")).containsExactly("100", "100", "200", "200");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document document = factory.newDocumentBuilder().parse(picture.toFile());
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getElementsByTagName("path").getLength()).isGreaterThan(20);
    }

    @Test
    void wrongOptionsAreRejectedBeforeTheStudyStarts() throws IOException {
        assertThat(rejected("--largest", "100")).contains("a whole number from 200");
        assertThat(rejected("--draws", "0")).contains("a whole number from 1");
        assertThat(rejected("--output", folder.resolve("r.json").toString())).contains("allowed: .csv");
        assertThat(rejected("--figure", folder.resolve("r.png").toString())).contains("allowed: .svg");
        assertThat(Run.of("study").err()).contains("name a study: rate");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private static String rejected(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "study";
        arguments[1] = "rate";
        System.arraycopy(options, 0, arguments, 2, options.length);
        Run run = Run.of(arguments);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        return run.err();
    }
}
