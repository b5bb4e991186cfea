package org.markwatch.brand;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuietTest {
    @Test
    void remembersATextUntilAnotherTakesItsPlace() {
        Quiet quiet = new Quiet();
        quiet.add("figure figure--wide");

        assertThat(quiet.has("figure figure--wide")).isTrue();
        assertThat(quiet.has("figure")).isFalse();
        for (int i = 0; i < 100_000; i++) {
            quiet.add("figure " + i);
        }
        assertThat(quiet.has("figure figure--wide")).isFalse();
    }

    @Test
    void doesNotKeepLongTexts() {
        Quiet quiet = new Quiet();
        quiet.add("figure ".repeat(20));

        assertThat(quiet.has("figure ".repeat(20))).isFalse();
    }
}
