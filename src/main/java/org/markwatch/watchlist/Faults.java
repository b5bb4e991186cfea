package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects what is wrong, so that a folder is reported on once and as a whole. Not thread-safe. */
final class Faults {
    private static final int VALUE_CODE_POINTS = 80;
    /** Beyond this, the first thousand say enough. */
    private static final int MOST = 1_000;
    /** Control, format (bidirectional overrides), private and unassigned characters, and line separators. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final List<Fault> faults = new ArrayList<>();
    private final boolean sealed;
    private int more;

    Faults() {
        this(false);
    }

    private Faults(boolean sealed) {
        this.sealed = sealed;
    }

    /** Faults of a file whose content nobody may read: file and line, and nothing that stands there. */
    static Faults sealed() {
        return new Faults(true);
    }

    void addAll(Faults others) {
        faults.addAll(others.faults);
        more += others.more;
    }

    void add(SourceLocation place, String value, String allowed) {
        if (faults.size() == MOST) {
            more++;
            return;
        }
        if (sealed) {
            faults.add(new Fault(
                    printable(place.file()),
                    place.line() == 0 ? "" : "line " + place.line(),
                    "",
                    "has a fault that is not shown, since the file is sealed; run lexicon seal on the table in clear"));
            return;
        }
        faults.add(new Fault(
                printable(place.file()), printable(place.lineAndKey()), shortened(value), printable(allowed)));
    }

    void add(SourceLocation place, String allowed) {
        add(place, "", allowed);
    }

    int count() {
        return faults.size() + more;
    }

    void throwIfAny() throws WatchlistException {
        if (faults.isEmpty()) {
            return;
        }
        if (more > 0) {
            faults.add(new Fault(faults.getLast().file(), "", "", "and " + more + " more faults; mend these first"));
        }
        throw new WatchlistException(faults);
    }

    private static String shortened(String value) {
        String shown = value;
        if (value.codePointCount(0, value.length()) > VALUE_CODE_POINTS) {
            shown = value.substring(0, value.offsetByCodePoints(0, VALUE_CODE_POINTS)) + "…";
        }
        return printable(shown);
    }

    private static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("\uFFFD");
    }
}
