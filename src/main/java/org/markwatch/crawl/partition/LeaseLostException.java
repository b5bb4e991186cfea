package org.markwatch.crawl.partition;

/**
 * The lease of this process has ended, or another process has claimed one of its partitions since. Other processes continue its
 * partitions; it may take a new lease and join them.
 */
public final class LeaseLostException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String message) {
        super(message);
    }

    /** Whether an exception or one of its causes is a lost lease. */
    public static boolean isCauseOf(Throwable fault) {
        for (Throwable at = fault; at != null; at = at.getCause()) {
            if (at instanceof LeaseLostException) {
                return true;
            }
        }
        return false;
    }
}
