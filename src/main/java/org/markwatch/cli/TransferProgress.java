package org.markwatch.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.markwatch.backup.BytesListener;

/**
 * Prints the progress of a backup or restore: on a terminal a line that is overwritten, otherwise a line every 10
 * seconds. Ends the work when the process has received a signal to end.
 */
final class TransferProgress implements BytesListener, AutoCloseable {
    private static final long BAR_NANOS = 200_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;
    private static final int WIDTH = 60;

    private final PrintWriter out;
    private final boolean interactive;
    private long printedAt = System.nanoTime();
    private boolean open;

    TransferProgress(PrintWriter out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    @Override
    public void at(String phase, String table, long bytes) {
        ShutdownHandler.throwIfStopping();
        long now = System.nanoTime();
        if (now - printedAt < (interactive ? BAR_NANOS : LINE_NANOS)) {
            return;
        }
        printedAt = now;
        String line = phase + " " + table + ", " + megabytes(bytes);
        if (interactive) {
            out.printf("\r%-" + WIDTH + "s", line);
            out.flush();
            open = true;
        } else {
            out.println(line);
        }
    }

    /** Returns a size for people, for example {@code 1,234.5 MB}. */
    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }

    /** Ends the line of a terminal. */
    @Override
    public void close() {
        if (open) {
            out.printf("\r%" + WIDTH + "s\r", "");
            out.flush();
        }
    }
}
