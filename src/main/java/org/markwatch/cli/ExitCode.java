package org.markwatch.cli;

/** What a verb tells the shell. */
final class ExitCode {
    static final int COMPLETE = 0;
    static final int FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int STOPPED = 3;

    private ExitCode() {}
}
