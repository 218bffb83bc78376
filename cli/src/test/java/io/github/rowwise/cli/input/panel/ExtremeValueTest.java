package io.github.rowwise.cli.input.panel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExtremeValueTest {

    private static String warning(ExtremeValue extreme, double... outcomes) {
        for (double outcome : outcomes) {
            extreme.add(outcome);
        }
        return extreme.warning();
    }

    @Test
    void aValueThatIsRepeatedFarAwayIsNamed() {
        assertThat(warning(ExtremeValue.least(), 1, 2, -99, 3, -99, 2, -99, 1))
                .startsWith("the outcome -99 stands in 3 cells");
        assertThat(warning(ExtremeValue.greatest(), 1, 1e6, 2, 1e6, 3, 2, 1e6, 1))
                .contains("1000000 stands in 3 cells");
    }

    @Test
    void othersAreNot() {
        assertThat(warning(ExtremeValue.least(), 1, 2, -99, 3, 2, -99, 1)).isEmpty();
        assertThat(warning(ExtremeValue.least(), 0, 0, 0, 0, 1, 2, 3, 2, 1)).isEmpty();
        assertThat(warning(ExtremeValue.least(), 5, 5, 5)).isEmpty();
        assertThat(warning(ExtremeValue.least(), 0, 0, 0, 7, 7, 7, 7)).isEmpty();
        assertThat(warning(ExtremeValue.least())).isEmpty();
        // The value is the least only at the end, after another repeated one.
        assertThat(warning(ExtremeValue.least(), -9, -9, -9, 1, 2, 3, 4, 5, -1e9))
                .isEmpty();
    }
}
