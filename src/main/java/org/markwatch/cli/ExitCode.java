package org.markwatch.cli;

/** Exit codes of the verbs. */
final class ExitCode {
    static final int COMPLETE = 0;
    static final int FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int STOPPED = 3;

    /** A run is finished, but no page that it requested gave text. */
    static final int UNREAD = 4;

    private ExitCode() {}
}
