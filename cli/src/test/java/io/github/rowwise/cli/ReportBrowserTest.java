package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report in a browser, as a reader uses it. */
@Tag("slow")
class ReportBrowserTest {

    private static final String ROWS = "document.querySelectorAll('#table tr[data-unit]').length";
    private static final String FIRST = "document.querySelector('#table tr[data-unit] bdi').textContent";
    private static final String SELECTED = "document.getElementById('unit-name').textContent";
    private static final String COUNT = "document.getElementById('count').textContent";
    private static final String HEADLINE = "document.getElementById('headline').textContent";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Chromium browser;

    private static Path report = Path.of("");
    private static List<List<String>> table = List.of();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Optional<Path> executable = Chromium.find();
        assumeThat(executable)
                .as("no Chromium on the path, so nobody looked at the report; install it or set ROWWISE_CHROMIUM")
                .isPresent();
        Path profile = Files.createDirectory(folder.resolve("profile"));
        browser = Chromium.start(executable.orElseThrow(), profile);
        report = folder.resolve("report.html");
        Path output = folder.resolve("effects-of-program.csv");
        List<String> arguments =
                new ArrayList<>(ReportPanel.arguments(ReportPanel.write(folder, "p.csv", true), report));
        arguments.addAll(List.of("--check", "--output", output.toString()));
        arguments.addAll(List.of("--group", "kind", "--average-over", "week > 5 AND kind <> '=1+1'"));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        table = CsvText.parse(Files.readString(output));
    }

    @AfterAll
    @SuppressWarnings("NullAway") // there is none where no browser was found
    static void stop() throws InterruptedException {
        if (browser != null) {
            browser.stop();
        }
    }

    private static void assertQuiet() {
        assertThat(browser.messages).isEmpty();
        assertThat(browser.requests)
                .filteredOn(address -> !address.startsWith("data:") && !address.startsWith("blob:"))
                .containsExactly(report.toUri().toString());
    }

    /** The program's rows of an arm, from the highest ATE to the lowest, those without one last. */
    private static List<List<String>> ranked(String arm) {
        int ate = table.get(0).indexOf("ate");
        return table.stream()
                .filter(row -> row.get(1).equals(arm))
                .sorted(Comparator.comparingDouble(
                        row -> row.get(ate).isEmpty() ? Double.POSITIVE_INFINITY : -Double.parseDouble(row.get(ate))))
                .toList();
    }

    /** Names as the page shows them: on one line, and not too long. */
    private static String shown(String name) {
        String line = name.replaceAll("[\\s\u2028\u2029]", " ");
        return line.length() > 120 ? line.substring(0, 119) + "\u2026" : line;
    }

    @Test
    void groupsAndChosenCellsHaveTables() throws InterruptedException {
        browser.open(report, 1280, 900);
        String rows = "[...document.querySelectorAll('#groups-table tbody tr')]";
        assertThat(browser.number(rows + ".length")).isEqualTo(4);
        assertThat(browser.text(rows + ".map((row) => row.querySelector('bdi').textContent).sort().join('|')"))
                .isEqualTo(String.join(
                        "|",
                        ReportPanel.NAMES.subList(0, 4).stream()
                                .map(ReportBrowserTest::shown)
                                .sorted()
                                .toList()));
        assertThat(browser.text("document.getElementById('groups-title').textContent"))
                .isEqualTo("By kind");
        assertThat(browser.text("document.querySelector('#over-table tbody th').textContent"))
                .isEqualTo("week > 5 AND kind <> '=1+1'");
        assertThat(browser.number("document.querySelectorAll('#groups-chart svg path').length"))
                .isGreaterThan(7);
        assertQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 400})
    void everythingIsThereAndNothingElseIsAskedFor(int width) throws InterruptedException {
        browser.open(report, width, 900);

        assertThat(browser.text("document.title")).isEqualTo("Effects of dose on sales");
        assertThat(browser.text(HEADLINE)).startsWith("On average, high raises sales by ");
        assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        assertThat(browser.text("[...document.querySelectorAll('.chart')].filter((node) => {"
                        + "const drawn = node.querySelector('svg, canvas');"
                        + "return !drawn || drawn.getBoundingClientRect().height < 150"
                        + " || (drawn.tagName === 'svg' && drawn.querySelectorAll('path').length < 5);"
                        + "}).map((node) => node.id).join()"))
                .isEmpty();
        assertThat(browser.number("(() => { const canvas = document.querySelector('#tiles canvas');"
                        + "const seen = new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width,"
                        + " canvas.height).data.buffer)); return seen.size; })()"))
                .isGreaterThanOrEqualTo(4);
        assertThat(browser.text("[...document.querySelectorAll('#table tr[data-unit]')].find((row) =>"
                        + " row.textContent.includes('</script>')).querySelector('bdi').textContent"))
                .isEqualTo("</script><b>bold</b>");
        assertThat(browser.number("document.querySelectorAll('#table b, #unit b, img').length"))
                .isZero();
        assertQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 400})
    void searchAndGradesChooseTheUnits(int width) throws InterruptedException {
        browser.open(report, width, 900);
        assertThat(browser.text(COUNT)).isEqualTo("All 40 units.");

        browser.click("#search");
        browser.type("SHOP 2");
        assertThat(browser.text(COUNT)).isEqualTo("10 of 40 units.");
        assertThat(browser.number(ROWS)).isEqualTo(10);
        browser.type("7");
        assertThat(browser.text(COUNT)).isEqualTo("1 of 40 units.");
        assertThat(browser.text(FIRST)).isEqualTo("shop 27");
        browser.type("nothing");
        assertThat(browser.text(COUNT)).startsWith("No unit matches");

        browser.evaluate("(() => { const box = document.getElementById('search'); box.value = '';"
                + " box.dispatchEvent(new Event('input')); })()");
        browser.click("#grades .chip:first-of-type");
        long ok = table.stream()
                .filter(row -> row.get(1).equals("high") && row.contains("ok"))
                .count();
        assertThat(ok).isPositive();
        assertThat(browser.text(COUNT)).isEqualTo((40 - ok) + " of 40 units.");
        assertThat(browser.text(
                        "[...document.querySelectorAll('#table td.c-grade')].map((cell) => cell.textContent).join()"))
                .doesNotContain("ok")
                .contains("not estimable");
        assertQuiet();
    }

    @Test
    void columnsSortTheTable() throws InterruptedException {
        browser.open(report, 1280, 900);
        List<List<String>> ranked = ranked("high");
        assertThat(browser.text(FIRST)).isEqualTo(shown(ranked.get(0).get(0)));

        browser.click("#table th[data-key=value] button");
        long known = ranked.stream().filter(row -> !row.get(6).isEmpty()).count();
        assertThat(browser.text(FIRST))
                .isEqualTo(shown(ranked.get((int) known - 1).get(0)));
        assertThat(browser.text("document.querySelector('#table th[data-key=value]').getAttribute('aria-sort')"))
                .isEqualTo("ascending");

        browser.click("#table th[data-key=n] button");
        assertThat(browser.text("document.querySelector('#table tr[data-unit] td.c-n').textContent"))
                .isEqualTo(""
                        + ranked.stream()
                                .mapToInt(row -> Integer.parseInt(row.get(2)))
                                .max()
                                .orElseThrow());

        browser.click("#measure .chip:nth-of-type(2)");
        assertThat(browser.text("document.querySelector('#table th[data-key=value]').textContent"))
                .isEqualTo("ATT");
        assertQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 400})
    void aClickShowsAUnit(int width) throws InterruptedException {
        browser.open(report, width, 900);
        List<List<String>> ranked = ranked("high");
        assertThat(browser.text(SELECTED)).isEqualTo(ranked.get(0).get(0));
        String before = browser.text("document.querySelector('#unit-chart svg').outerHTML");

        browser.click("#table tr[data-unit]:nth-of-type(3)");
        assertThat(browser.text(SELECTED)).isEqualTo(ranked.get(2).get(0));
        assertThat(browser.text("document.querySelector('#unit-chart svg').outerHTML"))
                .isNotEqualTo(before);
        assertThat(browser.text("document.querySelector('#unit-effects td').textContent"))
                .isEqualTo(
                        browser.text(
                                "document.querySelectorAll('#table tr[data-unit]')[2].querySelector('td.c-value').textContent"));

        // The last unit of the picture is the lowest; the axis takes the left and a little of the right.
        long known = ranked.stream().filter(row -> !row.get(6).isEmpty()).count();
        browser.clickAt("#ranking", 1 - 17.0 / (width == 1280 ? 1152 : 368), 0.5);
        assertThat(browser.text(SELECTED)).isEqualTo(ranked.get((int) known - 1).get(0));
        assertQuiet();
    }

    @Test
    void pointingAtAPictureTellsItsNumbers() throws InterruptedException {
        browser.open(report, 1280, 900);
        List<List<String>> ranked = ranked("high");
        long known = ranked.stream().filter(row -> !row.get(6).isEmpty()).count();

        browser.pointAt("#ranking", 1 - 17.0 / 1137, 0.5);
        assertThat(browser.text("document.getElementById('tip').innerText"))
                .startsWith(shown(ranked.get((int) known - 1).get(0)) + "\nATE ")
                .contains("rank " + known + " of " + known);
        browser.pointAt("#tiles", 0.5, 0.5);
        assertThat(browser.text("document.getElementById('tip').innerText")).contains("week ");
        for (String picture : List.of("unit-chart", "calendar", "event", "propensities", "spectrum0", "spectrum1")) {
            browser.pointAt("#" + picture, 0.5, 0.4);
            browser.waitFor("document.querySelector('#" + picture + " .tip b')");
        }
        assertQuiet();
    }

    /** Where the number of a weak unit is, it says so: in the table, beside the unit, and in the picture's words. */
    @Test
    void aWeakUnitIsMarkedWhereItsNumberIs() throws InterruptedException {
        browser.open(report, 1280, 900);
        browser.evaluate("(() => { delete document.documentElement.dataset.drawn; const box ="
                + " document.getElementById('treatment'); box.value = 1; box.dispatchEvent(new Event('change')); })()");
        browser.waitFor("document.documentElement.dataset.drawn === 'all'");
        String row = "document.querySelector('#table tr.grade-weak')";

        browser.evaluate("document.getElementById('search').value = 'shop 15';"
                + " document.getElementById('search').dispatchEvent(new Event('input'))");
        assertThat(browser.text(row + ".querySelector('td.c-value').title")).startsWith("Weak: this rests on ");
        assertThat(browser.text("getComputedStyle(" + row + ".querySelector('td.c-value'), '::before').content"))
                .isEqualTo("\"? \"");
        browser.click("#table tr.grade-weak");
        assertThat(browser.text("document.getElementById('unit-caveat').textContent"))
                .startsWith("Weak: this rests on 2 treated periods.");
        assertThat(browser.text("document.getElementById('ranking-caption').textContent"))
                .contains("graded weak (1)");
        assertQuiet();
    }

    @Test
    void keysMoveThroughTheTable() throws InterruptedException {
        browser.open(report, 1280, 900);
        List<List<String>> ranked = ranked("high");

        browser.evaluate("document.getElementById('scroller').focus()");
        browser.press("ArrowDown");
        browser.press("ArrowDown");
        assertThat(browser.text(SELECTED)).isEqualTo(ranked.get(2).get(0));
        browser.press("End");
        browser.press("ArrowUp");
        browser.press("ArrowDown");
        assertThat(browser.number("document.getElementById('scroller').scrollTop"))
                .isPositive();
        assertThat(browser.number("document.querySelectorAll('#table tr[aria-selected=true]').length"))
                .isEqualTo(1);
        assertThat(browser.text("document.getElementById('unit-effects').textContent"))
                .contains("none");
        assertQuiet();
    }

    @Test
    void theDownloadIsTheTableOfTheProgram() throws IOException, InterruptedException {
        Path downloads = Files.createDirectories(folder.resolve("downloads"));
        browser.open(report, 1280, 900);
        browser.downloadTo(downloads);
        browser.click("#table th[data-key=name] button");

        browser.click("#download");

        Path file = downloads.resolve("effects.csv");
        for (int k = 0; k < 500 && !Files.exists(file); k++) {
            Thread.sleep(20);
        }
        assertThat(Chromium.names(downloads)).containsExactly("effects.csv");
        List<List<String>> rows = CsvText.parse(Files.readString(file));
        assertThat(rows.get(0)).isEqualTo(table.get(0));
        assertThat(rows.subList(1, rows.size()).stream().map(ReportBrowserTest::numbers))
                .containsExactlyInAnyOrderElementsOf(table.stream()
                        .filter(row -> row.get(1).equals("high"))
                        .map(ReportBrowserTest::numbers)
                        .toList());
        assertQuiet();
    }

    /** The same double may be written in more than one way. */
    private static List<String> numbers(List<String> row) {
        List<String> cells = new ArrayList<>(row);
        for (int k = 2; k < row.size() - 2; k++) {
            cells.set(k, row.get(k).isEmpty() ? "" : "" + Double.parseDouble(row.get(k)));
        }
        return cells;
    }

    @Test
    void anotherTreatmentIsAnotherAnswer() throws InterruptedException {
        browser.open(report, 1280, 900);

        browser.evaluate("(() => { delete document.documentElement.dataset.drawn; const box ="
                + " document.getElementById('treatment'); box.value = 1; box.dispatchEvent(new Event('change')); })()");
        browser.waitFor("document.documentElement.dataset.drawn === 'all'");

        assertThat(browser.text(HEADLINE)).contains("low <dose>");
        assertThat(browser.text(FIRST))
                .isEqualTo(shown(ranked("low <dose>").get(0).get(0)));
        assertThat(browser.text("document.getElementById('grades').textContent"))
                .contains("extrapolated");
        assertQuiet();
    }

    @Test
    void itPrints() throws InterruptedException {
        browser.open(report, 1280, 900);

        byte[] pdf = Base64.getDecoder().decode(browser.print());

        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        assertThat(pdf.length).isGreaterThan(50_000);
        browser.waitFor("document.querySelector('#ranking svg').getBoundingClientRect().width > 1000");
        assertQuiet();
    }
}
