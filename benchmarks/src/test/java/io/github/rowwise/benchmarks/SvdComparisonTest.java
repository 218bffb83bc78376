package io.github.rowwise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SvdComparisonTest {

    private static final int UNITS = 3000;
    private static final int PERIODS = 60;

    @Test
    void theVectorsWrittenAreThoseOfTheMatricesWritten(@TempDir Path folder) throws Exception {
        SvdComparison.compare(new Shape(UNITS, PERIODS), folder);
        for (int arm = 0; arm < 2; arm++) {
            double[] x = read(folder.resolve("arm" + arm + ".bin"));
            double[] vectors = read(folder.resolve("vectors" + arm + ".bin"));
            assertThat(x).hasSize(UNITS * PERIODS);
            assertThat(vectors).hasSize(3 * PERIODS);
            for (int k = 0; k < 3; k++) {
                assertThat(residual(x, vectors, k)).isLessThan(1e-9);
            }
        }
        assertThat(Files.readString(folder.resolve("times.txt"))).startsWith("3000 60 ");
        assertThat(Files.readString(folder.resolve("times.txt")).trim().split(" "))
                .hasSize(6);
    }

    /** {@code ||X'Xv - l v|| / l} with {@code l = v'X'Xv}. */
    private static double residual(double[] x, double[] vectors, int k) {
        double[] image = new double[PERIODS];
        for (int i = 0; i < UNITS; i++) {
            double product = 0;
            for (int j = 0; j < PERIODS; j++) {
                product += x[i * PERIODS + j] * vectors[k * PERIODS + j];
            }
            for (int j = 0; j < PERIODS; j++) {
                image[j] += x[i * PERIODS + j] * product;
            }
        }
        double value = 0;
        for (int j = 0; j < PERIODS; j++) {
            value += vectors[k * PERIODS + j] * image[j];
        }
        double squares = 0;
        for (int j = 0; j < PERIODS; j++) {
            double difference = image[j] - value * vectors[k * PERIODS + j];
            squares += difference * difference;
        }
        return Math.sqrt(squares) / value;
    }

    private static double[] read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return values;
    }
}
