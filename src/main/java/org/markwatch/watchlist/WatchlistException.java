package org.markwatch.watchlist;

import java.util.List;
import java.util.stream.Collectors;

/** A job-config folder that cannot be used; carries every fault of it. */
public final class WatchlistException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /** @param faults at least one */
    public WatchlistException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining(System.lineSeparator())));
        this.faults = List.copyOf(faults);
    }

    /** At least one, in file order. */
    public List<Fault> faults() {
        return faults;
    }
}
