package io.github.rowwise.spark.fit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveFitsTest {

    @Test
    void tellsWhichFitsAreOver() {
        FitId first = LiveFits.begin("application");
        FitId second = LiveFits.begin("application");
        LiveFits.end(first);

        LiveFits now = LiveFits.now("application");
        FitId later = LiveFits.begin("application");
        LiveFits.end(second);
        LiveFits.end(later);

        assertThat(now.areWithout(first)).isTrue();
        assertThat(now.areWithout(second)).isFalse();
        assertThat(now.areWithout(later)).as("began after the task was made").isFalse();
        assertThat(now.areWithout(new FitId("an earlier application", second.number())))
                .isTrue();
        LiveFits afterwards = LiveFits.now("application");
        assertThat(afterwards.areWithout(later)).isTrue();
        assertThat(now.areBefore(afterwards)).isTrue();
        assertThat(afterwards.areBefore(now)).isFalse();
        assertThat(now.areBefore(now)).isFalse();
        assertThat(now.areBefore(LiveFits.now("another application"))).isFalse();
    }
}
