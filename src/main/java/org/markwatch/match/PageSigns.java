package org.markwatch.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.markwatch.extract.Passage;
import org.markwatch.match.AcceptanceWording.Side;
import org.markwatch.match.LogoLexicon.Logo;

/** What was met on one page that may, with the rest of the page, become a brand use. Filled by one thread. */
final class PageSigns {
    final List<Passage> passages;
    final List<Name> names = new ArrayList<>();
    final List<Cue> cues = new ArrayList<>();
    final List<LogoAt> logos = new ArrayList<>();
    final List<Owned> assets = new ArrayList<>();
    final List<Owned> actions = new ArrayList<>();
    /** Links to where the brand takes money for the one who linked. */
    final List<Owned> payLinks = new ArrayList<>();
    /** Scripts that the page loads from a brand's host. */
    final List<Owned> scripts = new ArrayList<>();
    /** Whether a form asks for a password or a card. */
    boolean credentials;
    /** Whether a form asks for a password. */
    boolean password;
    /** Whether an indicator that weighs something was met. */
    boolean commerce;
    /** Whether a context was met in which pages write about marks. */
    boolean describing;
    /** Whether a context was met that gives a brand's name another meaning. */
    boolean homonym;
    /** Passages in which the number of a bank account stands. */
    final List<Integer> accounts = new ArrayList<>();
    /** Whether the page has a cart or a checkout. */
    boolean shop;
    /** Whether an amount of money was met. */
    boolean price;

    PageSigns(List<Passage> passages) {
        this.passages = passages;
    }

    /**
     * A brand's name. Offsets are those of the passage, also below.
     *
     * @param way how it was disguised, or empty
     */
    record Name(int passage, int brand, int start, int end, boolean ambiguous, String way) {
        /** The rule with the disguise, so that it is a reason of its own. */
        String rule(String rule) {
            return way.isEmpty() ? rule : rule + "-" + way;
        }
    }

    /** Acceptance wording. */
    record Cue(int passage, int start, int end, Side side, boolean weak) {}

    /** A logo reference. */
    record LogoAt(int passage, Logo logo) {}

    /** A reference to a brand's own host. */
    record Owned(int passage, int brand, int start, int end) {}

    /** Sorts the names, and leaves out those that are a part of a longer name of the same brand. */
    void settleNames() {
        names.sort(Comparator.comparingInt(Name::passage)
                .thenComparingInt(Name::start)
                .thenComparing(Comparator.comparingInt(Name::end).reversed()));
        Map<Integer, Name> last = new HashMap<>();
        names.removeIf(name -> {
            Name before = last.get(name.brand);
            boolean nested = before != null && before.passage == name.passage && before.end >= name.end;
            if (!nested) {
                last.put(name.brand, name);
            }
            return nested;
        });
    }
}
