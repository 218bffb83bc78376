package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.fuzz.Bounded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Tables that were spoiled in some way are refused, or read as what they say: the same each time. */
@Tag("slow")
@AddLifecycleHook(Bounded.class)
class InputFuzzTest {

    @SuppressWarnings("NullAway.Init")
    private static FuzzFolder folder;

    @BeforeContainer
    static void createFolder() throws IOException {
        folder = FuzzFolder.create();
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        folder.delete();
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        return Mutation.any().list().ofMinSize(1).ofMaxSize(4);
    }

    /** 6 units and 8 periods. */
    private static List<String> rows() {
        return PanelFile.rows().stream()
                .filter(row -> row.matches("u[0-5],[1-8],.*"))
                .toList();
    }

    @Property(tries = 40)
    void csv(@ForAll("mutations") List<Mutation> mutations) throws IOException {
        check("p.csv", table(","), mutations);
    }

    @Property(tries = 20)
    void tsv(@ForAll("mutations") List<Mutation> mutations) throws IOException {
        check("p.tsv", table("\t"), mutations);
    }

    @Property(tries = 20)
    void jsonLines(@ForAll("mutations") List<Mutation> mutations) throws IOException {
        String lines = rows().stream()
                .map(row -> row.split(",", -1))
                .map(f -> String.format(
                        "{\"unit\":\"%s\",\"time\":%s,\"outcome\":%s,\"treatment\":%s}", f[0], f[1], f[2], f[3]))
                .collect(Collectors.joining("\n", "", "\n"));
        check("p.jsonl", lines, mutations);
    }

    private static String table(String separator) {
        return (PanelFile.HEADER + "\n" + String.join("\n", rows()) + "\n").replace(",", separator);
    }

    private static void check(String name, String content, List<Mutation> mutations) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        for (Mutation mutation : mutations) {
            bytes = mutation.of(bytes);
        }
        Path file = Files.write(folder.folder().resolve(name), bytes);
        try {
            Run first = estimate(file, 1);
            byte[] effects = Files.readAllBytes(folder.output());
            Run second = estimate(file, 2);
            assertThat(second.exitCode()).isEqualTo(first.exitCode());
            assertThat(second.err()).isEqualTo(first.err());
            assertThat(Files.readAllBytes(folder.output())).isEqualTo(effects);
        } finally {
            Files.delete(file);
        }
    }

    private static Run estimate(Path file, int threads) throws IOException {
        return folder.run(
                "estimate",
                file.toString(),
                "--method",
                "spectral",
                "--quiet",
                "--threads",
                Integer.toString(threads),
                "--output",
                folder.output().toString());
    }
}
