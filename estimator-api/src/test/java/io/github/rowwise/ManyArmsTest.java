package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import org.junit.jupiter.api.Test;

/** More arms than a unit's equations are solved for in bounded time. */
class ManyArmsTest {

    private final Panel panel = Draws.random(1, 90, 40, 40, 0);

    @Test
    void theFactorModelRefusesThem() {
        assertThatThrownBy(() -> FactorModelEstimator.withDefaults().fit(panel))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageMatching(
                        "40 arms give each unit \\d+ coefficients in the factor model, more than 256:"
                                + " keep fewer levels of the treatment, or take effects that are constant, or the spectral method");
    }

    @Test
    void theSpectralMethodTakesThem() {
        assertThat(SpectralEstimator.withDefaults()
                        .withBackend("ejml")
                        .fit(panel)
                        .effects())
                .hasSize(39 * 90);
    }
}
