package org.markwatch.job;

/** Supplies the packed job-config of a run, which processes on other machines apply. */
@FunctionalInterface
public interface PackedConfig {
    /**
     * Packs the job-config.
     *
     * @throws java.io.UncheckedIOException if a file cannot be read
     */
    byte[] read();
}
