package io.github.rowwise.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextWidthTest {

    @Test
    void namesTakeExactlyTheirColumns() {
        assertThat(TextWidth.fit("abc", 5)).isEqualTo("abc  ");
        assertThat(TextWidth.fit("abcdef", 5)).isEqualTo("ab..f");
        assertThat(TextWidth.fit("東京新宿", 7)).isEqualTo("東..宿 ");
        assertThat(TextWidth.width(TextWidth.fit("東京新宿", 6))).isEqualTo(6);
        assertThat(TextWidth.fit("a\nb", 5)).isEqualTo("a\\nb ");
    }

    @Test
    void numbersShowThreeDigits() {
        assertThat(NumberFormat.of(0.012345)).isEqualTo("0.0123");
        assertThat(NumberFormat.of(1234567)).isEqualTo("1,234,567");
        assertThat(NumberFormat.of(0)).isEqualTo("0.00");
        assertThat(NumberFormat.upTo(5).format(-0.001)).isEqualTo("0.00");
        assertThat(NumberFormat.of(1e-20)).isEqualTo("1.00e-20");
    }

    @Test
    void linesAreBrokenBetweenWords() {
        String text = new TerminalLayout()
                .part("Part")
                .add("word ".repeat(30).strip())
                .toString();
        assertThat(text.lines()).hasSize(3).allMatch(line -> line.length() <= 80);
        assertThat(text.replaceAll("\\s+", " ").strip())
                .isEqualTo("Part " + "word ".repeat(30).strip());
    }
}
