package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --covariates} and {@code --attributes}. */
class FurtherColumnsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private static final StringBuilder TABLE = new StringBuilder("unit,time,outcome,treatment,price,region,size\n");

    /** Units of even number lie in the north; the price of the third row is missing. */
    @BeforeAll
    static void write() throws IOException {
        SplittableRandom random = new SplittableRandom(9);
        for (int unit = 0; unit < 30; unit++) {
            double effect = 1 + unit % 2 + .5 * random.nextGaussian();
            for (int period = 0; period < 20; period++) {
                double price = 3 + random.nextGaussian();
                int treatment = random.nextInt(2);
                double outcome = unit * .1 - 2 * price + treatment * effect + .5 * random.nextGaussian();
                TABLE.append("u")
                        .append(unit)
                        .append(',')
                        .append(period)
                        .append(',')
                        .append(outcome)
                        .append(',');
                TABLE.append(treatment).append(',').append(unit == 0 && period == 2 ? "" : price);
                TABLE.append(unit % 2 == 0 ? ",north," : ",south,")
                        .append(unit * 1.5)
                        .append('\n');
            }
        }
        Files.writeString(folder.resolve("shops.csv"), TABLE);
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    private static Path write(String name, String from, String to) throws IOException {
        return Files.writeString(folder.resolve(name), TABLE.toString().replaceFirst(from, to));
    }

    private static void assertRefused(String message, String... arguments) {
        Run run = Run.of(arguments);
        assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    @Test
    void covariatesStandInSummaryJsonAndReport() throws IOException {
        Run run = Run.of(
                "estimate",
                file("shops.csv"),
                "--covariates",
                "price",
                "--output",
                file("e.json"),
                "--report",
                file("e.html"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("what one more of each adds to outcome, the same in all units");
        assertThat(run.out()).containsPattern("price +-[12]\\.\\d+ +\\[ *-2\\.\\d+, +-[12]\\.\\d+\\]");
        assertThat(run.out()).contains("1 with the covariate missing");
        JsonText document = JsonText.parse(folder.resolve("e.json"));
        assertThat(document.at("covariates")
                        .elements()
                        .get(0)
                        .at("coefficient")
                        .at("value")
                        .number())
                .isBetween(-2.1, -1.9);
        assertThat(Files.readString(folder.resolve("e.html"))).contains("\"covariates\":[{\"name\":\"price\"");
    }

    @Test
    void attributesStandInSummaryJsonAndReport() throws IOException {
        Run run = Run.of(
                "estimate",
                file("shops.csv"),
                "--covariates",
                "price",
                "--attributes",
                "region,size",
                "--output",
                file("a.json"),
                "--report",
                file("a.html"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("of the variance of the ATE between units");
        assertThat(run.out()).containsPattern("region (north|south), than (north|south)");
        assertThat(run.out()).contains("size, per unit");
        JsonText document = JsonText.parse(folder.resolve("a.json"));
        double contrast = document.at("attributes")
                .elements()
                .get(0)
                .at("coefficients")
                .elements()
                .get(0)
                .at("ate")
                .at("value")
                .number();
        assertThat(Math.abs(contrast)).isBetween(.5, 1.5);
        assertThat(Files.readString(folder.resolve("a.html"))).contains("\"explained_share\":");
    }

    @Test
    void aPanelFileKeepsItsCovariates() {
        Run packed = Run.of("pack", file("shops.csv"), "--covariates", "price", "--output", file("shops.rowwise"));
        assertThat(packed.exitCode()).as(packed.err()).isZero();
        Run fromTable = Run.of("estimate", file("shops.csv"), "--covariates", "price", "--output", file("t.csv"));
        Run fromFile = Run.of("estimate", file("shops.rowwise"), "--output", file("f.csv"));
        assertThat(fromFile.exitCode()).as(fromFile.err()).isZero();
        assertThat(fromFile.out()).contains("Covariates");
        assertThat(fromTable.exitCode()).isZero();
        assertThat(folder.resolve("f.csv")).hasSameTextualContentAs(folder.resolve("t.csv"));
        assertRefused("--covariates is for tables", "estimate", file("shops.rowwise"), "--covariates", "price");
        assertRefused(
                "--attributes needs columns of a table", "estimate", file("shops.rowwise"), "--attributes", "region");
    }

    @Test
    void whatCannotBeUsedIsRefused() throws IOException {
        assertRefused("no column \"prize\"", "estimate", file("shops.csv"), "--covariates", "prize");
        assertRefused("\"price\" is there twice", "estimate", file("shops.csv"), "--covariates", "price,price");
        assertRefused("is the column of the unit", "estimate", file("shops.csv"), "--covariates", "outcome");
        assertRefused(
                "an absent row has no covariates",
                "estimate",
                file("shops.csv"),
                "--covariates",
                "price",
                "--absent-rows",
                "zero");
        assertRefused(
                "\"size\" is constant within units".replace("\"", "'"),
                "estimate",
                file("shops.csv"),
                "--covariates",
                "size");
        assertRefused(
                "column \"region\": \"north\" is not a number",
                "estimate",
                file("shops.csv"),
                "--covariates",
                "region");
        String changing = write("changing.csv", ",north,0.0\n", ",south,0.0\n").toString();
        assertRefused(
                "--attributes needs a column with one value per unit", "estimate", changing, "--attributes", "region");
        assertRefused("--attributes", "estimate", file("shops.csv"), "--attributes", "region", "--method", "spectral");
    }
}
