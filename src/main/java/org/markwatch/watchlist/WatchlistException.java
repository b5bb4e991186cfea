package org.markwatch.watchlist;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown for a job-config folder with faults. The message has one line per fault. */
public final class WatchlistException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /**
     * Creates an exception.
     *
     * @param faults at least one
     */
    public WatchlistException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining(System.lineSeparator())));
        this.faults = List.copyOf(faults);
    }

    /** Returns the faults, at least one, in the order in which they were found. */
    public List<Fault> faults() {
        return faults;
    }
}
