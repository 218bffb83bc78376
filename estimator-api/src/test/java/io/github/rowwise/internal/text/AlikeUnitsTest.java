package io.github.rowwise.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlikeUnitsTest {

    private static String warning(String... names) {
        List<AlikeUnits.Pair> pairs = AlikeUnits.pairs(List.of(names));
        return AlikeUnits.warning(pairs, pairs.size());
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            value = {
                "s1|s1 |blanks",
                "s1|s1\u00a0|invisible",
                "s1|s\u200b1|invisible",
                "S1|s1|case",
                "s01|s1|zeros",
                "007|7|zeros",
                "7|7.0|zeros",
                "caf\u00e9|cafe\u0301|the form of their characters"
            })
    void namesThatLookAlikeAreNamed(String first, String second, String difference) {
        assertThat(warning(first, "another", second)).contains("kept apart: \"", difference, "write its name the same");
    }

    @Test
    void invisibleCharactersAreShown() {
        assertThat(warning("s1", "s1\u00a0")).contains("\"s1\" and \"s1\\u00a0\"");
    }

    @Test
    void otherNamesAreNot() {
        assertThat(warning("s1", "s10", "s100", "1.1", "1.10", "a b", "ab", "", "0", "00a"))
                .isEmpty();
    }

    @Test
    void threePairsAreNamed() {
        assertThat(warning("a", "A", "b", "B", "c", "C", "d", "D", "e", "E"))
                .contains("\"c\" and \"C\"", "and 2 more")
                .doesNotContain("\"D\"");
    }
}
