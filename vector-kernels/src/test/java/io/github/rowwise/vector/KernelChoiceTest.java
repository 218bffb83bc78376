package io.github.rowwise.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fits in new JVMs, with and without the JDK's vector module and with and without this module. */
@Tag("slow")
class KernelChoiceTest {

    private static final String MODULE = "--add-modules=jdk.incubator.vector";
    private static final Predicate<String> THIS_MODULE =
            entry -> entry.contains("vector-kernels") && !entry.contains("test-classes");

    @TempDir
    private Path folder = Path.of("");

    /** Prints the effects of a fit by both methods. */
    static final class Fit {
        private Fit() {}

        public static void main(String[] arguments) {
            Panel panel =
                    PanelSimulation.withDefaults().withSize(40, 30).generate().panel();
            print(FactorModelEstimator.withDefaults().fit(panel));
            print(SpectralEstimator.withDefaults().fit(panel));
        }

        private static void print(UnitEffects effects) {
            for (int unit = 0; unit < 40; unit++) {
                for (int period = 0; period < 30; period++) {
                    System.out.println(effects.effectMatrix().get(unit, period));
                }
            }
        }
    }

    /** Standard output and loaded classes of a JVM. */
    private record Jvm(List<String> printed, String loadedClasses) {}

    @Test
    void withoutTheModuleOfTheJdkThisModuleChangesNothing() throws Exception {
        Jvm without = run(THIS_MODULE.negate());
        Jvm with = run(entry -> true);
        assertThat(without.printed()).hasSize(2 * 40 * 30);
        assertThat(with.printed()).isEqualTo(without.printed());
        assertThat(with.loadedClasses()).contains(VectorKernels.class.getName());
        assertThat(with.loadedClasses()).doesNotContain("io.github.rowwise.vector.Simd", "jdk.incubator.vector");
    }

    @Test
    void withTheModuleOfTheJdkVectorKernelsGiveTheSameEffectsUpToRounding() throws Exception {
        Jvm plain = run(THIS_MODULE.negate(), MODULE);
        Jvm fast = run(entry -> true, MODULE);
        assertThat(plain.loadedClasses()).doesNotContain("io.github.rowwise.vector.Simd");
        for (Class<?> kernel : List.of(SimdVectorOps.class, SimdNormalKernel.class)) {
            assertThat(fast.loadedClasses()).contains(kernel.getName() + " ");
        }
        assertThat(fast.printed()).isNotEqualTo(plain.printed());
        for (int k = 0; k < plain.printed().size(); k++) {
            assertThat(Double.parseDouble(fast.printed().get(k)))
                    .isCloseTo(Double.parseDouble(plain.printed().get(k)), within(1e-7));
        }
    }

    private Jvm run(Predicate<String> classPathEntries, String... options) throws Exception {
        Path printed = Files.createTempFile(folder, "printed", "");
        Path classes = Files.createTempFile(folder, "classes", "");
        Path errors = Files.createTempFile(folder, "errors", "");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add("-Xlog:class+load:file=" + classes);
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(classPathEntries)
                .collect(Collectors.joining(File.pathSeparator)));
        command.add(Fit.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectOutput(printed.toFile())
                .redirectError(errors.toFile())
                .start();
        int status = process.waitFor();
        assertThat(status).as(Files.readString(errors)).isZero();
        return new Jvm(Files.readAllLines(printed), Files.readString(classes));
    }
}
