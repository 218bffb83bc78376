package io.github.rowwise.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The redacted form of a URL contains no password. */
class JdbcUrlTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h:5432/sales, jdbc:postgresql://h:5432/sales",
        "jdbc:postgresql://h/sales?user=ann&password=hidden, jdbc:postgresql://h/sales",
        "jdbc:postgresql://h/sales?user=a@b&password=hidden, jdbc:postgresql:...",
        "jdbc:mysql://ann:hidden@h/sales, jdbc:mysql:...",
        "jdbc:mysql://ann:hid?den@h/sales, jdbc:mysql:...",
        "jdbc:oracle:thin:ann/hidden@h:1521:sales, jdbc:oracle:...",
        "jdbc:sqlserver://h:1433;databaseName=sales;password=hidden, jdbc:sqlserver://h:1433",
        "jdbc:h2:./sales;PASSWORD=hidden, jdbc:h2:./sales",
        "jdbc:db2://h:50000/sales:user=ann;password=hidden;, jdbc:db2://h:50000/sales:user",
        "jdbc:sqlite:/data/sales.db, jdbc:sqlite:/data/sales.db",
    })
    void label(String url, String label) {
        JdbcUrl address = new JdbcUrl(url);
        assertThat(address.label()).isEqualTo(label);
        assertThat(address).hasToString(label);
        assertThat(address.clean("no database at " + url + ", hidden or not"))
                .startsWith("no database at " + label)
                .satisfies(text -> assertThat(text.contains("hidden")).isEqualTo(!url.contains("hidden")));
    }

    @Test
    void invalidUrlsAreRejectedWithoutBeingShown() {
        for (String url : new String[] {"", "postgres://ann:hidden@h/sales", "jdbc", "jdbc:", "hidden"}) {
            assertThatThrownBy(() -> new JdbcUrl(url))
                    .isInstanceOf(UserInputException.class)
                    .hasMessageContaining("--jdbc: not a JDBC URL")
                    .hasMessageNotContaining("hidden");
        }
    }
}
