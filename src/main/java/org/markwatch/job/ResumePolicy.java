package org.markwatch.job;

/** What a start of the nightly job does with an unfinished run. */
public enum ResumePolicy {
    /**
     * Resumes it if each of its seeds is still configured, it is younger than three days, and it has not failed too
     * often; otherwise starts a new run.
     */
    IF_FIT,
    /** Resumes it; starts a new run only if there is none. */
    ALWAYS,
    /** Starts a new run. */
    NEVER
}
