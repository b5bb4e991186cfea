package org.markwatch.backup;

/**
 * Receives the progress of a backup or restore, at most once for each megabyte. An exception that it throws ends the
 * work; then a backup leaves no file and a restore no row.
 */
@FunctionalInterface
public interface BytesListener {
    /**
     * Called in the thread that does the work.
     *
     * @param phase what is being done, for example {@code writing}
     * @param table name of the table
     * @param bytes bytes of all tables so far, uncompressed
     */
    void at(String phase, String table, long bytes);
}
