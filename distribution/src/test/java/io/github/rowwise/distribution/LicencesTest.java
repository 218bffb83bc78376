package io.github.rowwise.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The archives' NOTICE names each library under the licence that its pom states, and no other library. */
class LicencesTest {

    /** Made by the build, which checks that each licence is an allowed one. */
    private static final Path THIRD_PARTY = Path.of("target/generated-sources/license/THIRD-PARTY.txt");

    private static final Pattern LIBRARY = Pattern.compile("^ +(\\(.*\\)) .* \\([^:( ]+:([^: ]+):[^: ]+ - [^ ]*\\)$");

    private static final Map<String, String> HEADINGS = Map.of(
            "Apache License 2.0", "Apache-2.0",
            "MIT License", "MIT",
            "BSD 2-Clause License", "BSD-2-Clause",
            "BSD 3-Clause License", "BSD-3-Clause",
            "Eclipse Public License", "EPL");

    private static Map<String, String> notice() throws IOException {
        Map<String, String> licences = new TreeMap<>();
        String licence = "";
        for (String line : Files.readAllLines(Path.of("src/main/NOTICE"))) {
            String rest = line.replaceFirst("\\(javacpp and openblas .*\\)", "");
            if (!rest.startsWith("  ") || rest.startsWith("  In ") || rest.startsWith("  BSD 3-Clause License) ")) {
                continue;
            }
            for (String heading : HEADINGS.keySet()) {
                if (rest.startsWith("  " + heading)) {
                    licence = HEADINGS.get(heading);
                    rest = rest.substring(2 + heading.length());
                }
            }
            for (String library : rest.strip().split(",\\s*", -1)) {
                if (!library.isEmpty()) {
                    licences.put(library, licence);
                }
            }
        }
        return licences;
    }

    @Test
    void noticeAgreesWithThePoms() throws IOException {
        assumeTrue(Files.exists(THIRD_PARTY), "the quick profile makes no list");
        Map<String, String> licences = notice();
        int found = 0;
        for (String line : Files.readAllLines(THIRD_PARTY)) {
            Matcher library = LIBRARY.matcher(line);
            if (library.matches()) {
                found++;
                assertThat(licences).as(line).containsKey(library.group(2));
                assertThat(library.group(1)).contains("(" + licences.get(library.group(2)) + ")");
            }
        }
        assertThat(found).isEqualTo(licences.size()).isGreaterThan(40);
    }
}
