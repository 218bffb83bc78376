package io.github.rowwise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts of this module start classes that exist and have a main method. */
class ScriptsTest {

    private static final Pattern CLASS = Pattern.compile("io\\.github\\.rowwise\\.[\\w.]*\\$?\\w+");

    @ParameterizedTest
    @CsvSource({
        "run, ''",
        "program, ''",
        "svds, ''",
        "score, ''",
        "scoreboard, ''",
        "gate, '^gate (\\w+)'",
        "study, 'study=(\\w+)'",
    })
    void startClassesThatExist(String script, String choices) throws IOException {
        String text = Files.readString(Path.of(script));
        List<String> classes = new ArrayList<>();
        Matcher started = CLASS.matcher(text);
        while (started.find()) {
            String name = started.group();
            if (name.contains("$")) {
                Matcher choice = Pattern.compile(choices, Pattern.MULTILINE).matcher(text);
                while (choice.find()) {
                    classes.add(name.substring(0, name.indexOf('$')) + choice.group(1));
                }
            } else {
                classes.add(name);
            }
        }
        assertThat(classes).isNotEmpty();
        for (String name : classes) {
            assertThatCode(() -> Class.forName(name).getMethod("main", String[].class))
                    .as(script + ": " + name)
                    .doesNotThrowAnyException();
        }
    }
}
