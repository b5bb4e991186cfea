package org.markwatch.brand;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** What is read of a list that is too long: its beginning and its end, between which no part of a page has room to push the rest out. */
final class Ends {
    private Ends() {}

    /**
     * Returns the elements of a list, or those from its beginning and from its end that reach a limit, in order.
     *
     * @param size how much an element counts, 1 or more
     * @param most what elements count together, up to the size of one more on each side
     */
    static <T> List<T> of(List<T> all, ToIntFunction<? super T> size, int most) {
        int first = 0;
        int last = all.size();
        int read = 0;
        for (int begun = 0, ended = 0; first < last && read < most; read = begun + ended) {
            if (begun <= ended) {
                begun += size.applyAsInt(all.get(first++));
            } else {
                ended += size.applyAsInt(all.get(--last));
            }
        }
        if (first == last) {
            return all;
        }
        List<T> ends = new ArrayList<>(all.subList(0, first));
        ends.addAll(all.subList(last, all.size()));
        return ends;
    }
}
