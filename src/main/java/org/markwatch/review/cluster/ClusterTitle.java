package org.markwatch.review.cluster;

import org.markwatch.queue.cluster.ItemCluster;
import org.markwatch.review.DisplayText;

/**
 * What the items of a cluster have in common, as text that is safe to display.
 *
 * @param kind name of the kind, for example {@code structure}
 * @param text the value: a host name without its dots, the name of an analytics account, a payment account without its
 *             middle; empty for a fingerprint, which says nothing to people
 */
public record ClusterTitle(long id, String kind, String text) {
    private static final int SHOWN_START = 4;
    private static final int SHOWN_END = 2;

    /** Returns the title of a cluster. */
    public static ClusterTitle of(ItemCluster cluster) {
        return new ClusterTitle(cluster.id(), cluster.kind().label(), DisplayText.escape(text(cluster)));
    }

    private static String text(ItemCluster cluster) {
        String value = cluster.value();
        return switch (cluster.kind()) {
            case STRUCTURE, WORDING -> "";
            case ANALYTICS -> value.replaceFirst(":", " ");
            case ACCOUNT -> masked(value);
            case HOST -> value.replace(".", "[.]");
        };
    }

    /** An account number is text of the page: its middle is masked. */
    private static String masked(String value) {
        int colon = value.indexOf(':');
        String format = value.substring(0, Math.max(colon, 0));
        String number = value.substring(colon + 1);
        String shown = number.length() <= SHOWN_START + SHOWN_END
                ? "\u2026"
                : number.substring(0, SHOWN_START) + "\u2026" + number.substring(number.length() - SHOWN_END);
        return format + " " + shown;
    }
}
