package org.markwatch.queue.agreement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Agreement of two decisions on each of several items, corrected for agreement by chance (Cohen 1960).
 *
 * @param items    items, 0 or more
 * @param agreed   items on which both decisions are of the same kind
 * @param value    kappa, at most 1, 0 for agreement as by chance; null if there are fewer than {@value #FEWEST} items or all
 *                 decisions are of one kind
 * @param interval 95 % interval of kappa by its large-sample standard error; null with {@code value}
 */
public record Kappa(
        long items,
        long agreed,
        @Nullable Double value,
        @Nullable Interval interval) {
    /** Fewest items for which kappa means anything. */
    public static final int FEWEST = 20;

    private static final double Z = 1.959964;

    /** An interval; both ends are from -1 to 1. */
    public record Interval(double low, double high) {}

    /**
     * How often two kinds of decision met.
     *
     * @param one   kind of one reviewer
     * @param other kind of the other
     * @param items items with both
     */
    record KindPair(String one, String other, long items) {}

    /** Returns the agreement in a table of which each cell occurs once or more often. */
    static Kappa of(List<KindPair> cells) {
        long items = cells.stream().mapToLong(KindPair::items).sum();
        long agreed = cells.stream()
                .filter(cell -> cell.one().equals(cell.other()))
                .mapToLong(KindPair::items)
                .sum();
        if (items < FEWEST) {
            return new Kappa(items, agreed, null, null);
        }
        Map<String, Long> ones = new HashMap<>();
        Map<String, Long> others = new HashMap<>();
        cells.forEach(cell -> {
            ones.merge(cell.one(), cell.items(), Long::sum);
            others.merge(cell.other(), cell.items(), Long::sum);
        });
        double n = items;
        double observed = agreed / n;
        double byChance = ones.entrySet().stream()
                .mapToDouble(one -> one.getValue() / n * others.getOrDefault(one.getKey(), 0L) / n)
                .sum();
        if (byChance >= 1) {
            return new Kappa(items, agreed, null, null);
        }
        double kappa = (observed - byChance) / (1 - byChance);
        double half = Z * Math.sqrt(observed * (1 - observed) / n) / (1 - byChance);
        return new Kappa(items, agreed, kappa, new Interval(Math.max(-1, kappa - half), Math.min(1, kappa + half)));
    }
}
