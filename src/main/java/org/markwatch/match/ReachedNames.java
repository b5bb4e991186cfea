package org.markwatch.match;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.markwatch.match.PageSigns.Name;

/**
 * Names of one text that acceptance wording reaches, straight or over other names between. Where one wording has led, another leads
 * to nothing new, so that a text of nothing but claims is gone through once and not once for each.
 */
final class ReachedNames {
    private static final int LONGEST_NAME = 120;

    private final PayingClauses clauses;
    private final String text;
    /** In the order of their starts. */
    private final List<Name> names;
    /** Characters between two of them, or between the wording and the first. */
    private final int far;
    /** By name, how far it was gone when that was reached; -1 if it was not. */
    private final int[] ahead;

    private final int[] back;

    ReachedNames(PayingClauses clauses, String text, List<Name> names, int far) {
        this.clauses = clauses;
        this.text = text;
        this.names = names;
        this.far = far;
        this.ahead = new int[names.size()];
        this.back = new int[names.size()];
        Arrays.fill(ahead, -1);
        Arrays.fill(back, -1);
    }

    /** Whether there may be a name behind a place that no other has led to: what is said there need not be understood if not. */
    boolean mayLeadAhead(int place) {
        int i = firstFrom(place);
        return i < names.size()
                && names.get(i).start() - place <= far
                && ahead[i] != Math.max(place, names.get(i).end());
    }

    /** The same before a place. */
    boolean mayLeadBack(int place) {
        int i = firstFrom(place) - 1;
        return i >= 0
                && isInReach(i, place)
                && back[i] != Math.min(place, names.get(i).start());
    }

    /** Gives the names behind a place, but for those that another place led to in the same way. */
    void ahead(int place, IntConsumer reached) {
        int reach = place;
        for (int i = firstFrom(place); i < names.size(); i++) {
            Name name = names.get(i);
            int next = Math.max(reach, name.end());
            if (ahead[i] == next
                    || !isNear(text, reach, name.start(), far)
                    || clauses.isExcepted(text, reach, name.start())) {
                return;
            }
            ahead[i] = next;
            reach = next;
            reached.accept(i);
        }
    }

    /** The same before a place. */
    void back(int place, IntConsumer reached) {
        int reach = place;
        for (int i = firstFrom(place) - 1; i >= 0 && isInReach(i, reach); i--) {
            Name name = names.get(i);
            if (name.end() <= place && isNear(text, name.end(), reach, far)) {
                reach = Math.min(reach, name.start());
                if (back[i] == reach) {
                    return;
                }
                back[i] = reach;
                reached.accept(i);
            }
        }
    }

    /** Whether a name, or a longer one that begins before it, may end near enough. */
    private boolean isInReach(int name, int reach) {
        return reach - names.get(name).start() <= far + LONGEST_NAME;
    }

    private int firstFrom(int place) {
        int low = 0;
        int high = names.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (names.get(middle).start() < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether no sentence ends between two places, and they are not far from each other. */
    static boolean isNear(String text, int from, int to, int far) {
        if (to - from > far) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '!' || c == '?' || c == '。' || c == '.' && i + 1 < text.length() && text.charAt(i + 1) == ' ') {
                return false;
            }
        }
        return true;
    }
}
