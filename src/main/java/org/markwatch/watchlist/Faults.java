package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects the faults and repeated entries of a job-config folder, so that one report has up to 1,000 faults. Not thread-safe. */
final class Faults {
    private static final int MAX_VALUE_CODE_POINTS = 80;
    /** Further faults are counted only. */
    private static final int MAX_FAULTS = 1_000;
    /** Control, format (bidirectional overrides), private and unassigned characters, and line separators. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final List<Fault> faults = new ArrayList<>();
    private final List<RepeatedEntry> repeats = new ArrayList<>();
    private final boolean sealed;
    private int omitted;

    Faults() {
        this(false);
    }

    private Faults(boolean sealed) {
        this.sealed = sealed;
    }

    /** Returns faults for a sealed file: they name file and line, and show neither keys nor values. */
    static Faults sealed() {
        return new Faults(true);
    }

    void addAll(Faults others) {
        faults.addAll(others.faults);
        omitted += others.omitted;
    }

    /**
     * Adds a fault. Values are shortened, and control characters are replaced.
     *
     * @param value the rejected value, empty for none
     */
    void add(SourceLocation location, String value, String allowed) {
        if (faults.size() == MAX_FAULTS) {
            omitted++;
            return;
        }
        if (sealed) {
            faults.add(
                    new Fault(
                            printable(location.file()),
                            location.line() == 0 ? "" : "line " + location.line(),
                            "",
                            "has a fault that is not shown, because the file is sealed; run lexicon seal on the plain table to see it"));
            return;
        }
        faults.add(new Fault(
                printable(location.file()), printable(location.lineAndKey()), shortened(value), printable(allowed)));
    }

    void add(SourceLocation location, String allowed) {
        add(location, "", allowed);
    }

    /** Adds an entry that repeats an earlier one. Those of a sealed file are not shown. */
    void repeat(SourceLocation again, String value, SourceLocation first) {
        if (!sealed) {
            repeats.add(new RepeatedEntry(place(again), shortened(value), place(first)));
        }
    }

    List<RepeatedEntry> repeats() {
        return repeats;
    }

    private static String place(SourceLocation location) {
        return printable(location.file() + (location.line() == 0 ? "" : ": " + location.lineAndKey()));
    }

    /** Returns how many faults were added, omitted ones included. */
    int count() {
        return faults.size() + omitted;
    }

    void throwIfAny() throws WatchlistException {
        if (faults.isEmpty()) {
            return;
        }
        if (omitted > 0) {
            faults.add(
                    new Fault(faults.getLast().file(), "", "", "and " + omitted + " more faults; correct these first"));
        }
        throw new WatchlistException(faults);
    }

    private static String shortened(String value) {
        String shown = value;
        if (value.codePointCount(0, value.length()) > MAX_VALUE_CODE_POINTS) {
            shown = value.substring(0, value.offsetByCodePoints(0, MAX_VALUE_CODE_POINTS)) + "…";
        }
        return printable(shown);
    }

    private static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("\uFFFD");
    }
}
