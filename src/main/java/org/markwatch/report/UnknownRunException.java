package org.markwatch.report;

/** Thrown when there is no run of the given number or name; the message says what to do. */
public final class UnknownRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnknownRunException(String message) {
        super(message);
    }

    static UnknownRunException numbered(long runId) {
        return new UnknownRunException("there is no run " + runId + "; 'markwatch status' lists the runs");
    }

    static UnknownRunException notEnded(long runId) {
        return new UnknownRunException("run " + runId + " has not ended yet, so it has no summary; wait for its end");
    }

    static UnknownRunException none() {
        return new UnknownRunException("there is no run yet; start one with 'markwatch run'");
    }

    static UnknownRunException named(String name) {
        return new UnknownRunException("--run " + printable(name) + "; must be 'latest' or the number of a run");
    }

    private static String printable(String name) {
        StringBuilder text = new StringBuilder();
        name.codePoints()
                .limit(40)
                .forEach(codePoint -> text.appendCodePoint(Values.isControl(codePoint) ? 0xFFFD : codePoint));
        return text.toString();
    }
}
