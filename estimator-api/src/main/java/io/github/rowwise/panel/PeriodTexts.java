package io.github.rowwise.panel;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Formats of the names of periods, and their conversion to comparable values. */
final class PeriodTexts {

    static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
    static final Pattern DATE = Pattern.compile("(\\d{4})([-/])(\\d{1,2})\\2(\\d{1,2})");
    static final Pattern TIMESTAMP = Pattern.compile(
            DATE.pattern() + "[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)\\s?(Z|[+-]\\d{2}(?::?\\d{2})?)?");

    private PeriodTexts() {}

    /** Returns the seconds since 1970, in UTC if the text has no offset; {@code null} if the text does not match. */
    static @Nullable BigDecimal instant(Pattern pattern, String text) {
        Matcher m = pattern.matcher(text);
        if (!m.matches()) {
            return null;
        }
        try {
            LocalDate date = LocalDate.of(
                    Integer.parseInt(m.group(1)), Integer.parseInt(m.group(3)), Integer.parseInt(m.group(4)));
            LocalTime time = pattern == TIMESTAMP ? LocalTime.parse(m.group(5)) : LocalTime.MIDNIGHT;
            String offset = pattern == TIMESTAMP ? m.group(6) : null;
            Instant instant = date.atTime(time).toInstant(offset == null ? ZoneOffset.UTC : ZoneOffset.of(offset));
            return BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A text as UTF-8 bytes, which sort by code point. */
    record Utf8(byte[] bytes) implements Comparable<Utf8> {
        static Utf8 of(String text) {
            return new Utf8(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int compareTo(Utf8 other) {
            return Arrays.compareUnsigned(bytes, other.bytes);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Utf8 that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
