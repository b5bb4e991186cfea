package org.markwatch.queue.cluster;

import java.util.Optional;

/**
 * A position in the list: severity, then number of open items in a lane, then number of the cluster, then lane.
 *
 * @param precedence 0 for the highest severity
 * @param open       number of open items in the lane
 */
public record ClusterCursor(int precedence, int open, long cluster, String lane) {
    /** Parses the form that {@link #toString} returns; empty if the text is not a cursor. */
    public static Optional<ClusterCursor> parse(String text) {
        String[] parts = text.split("~", 4);
        try {
            return parts.length == 4 && parts[3].indexOf('\0') < 0
                    ? Optional.of(new ClusterCursor(
                            Integer.parseInt(parts[0]),
                            Math.max(0, Integer.parseInt(parts[1])),
                            Long.parseLong(parts[2]),
                            parts[3]))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Returns a form that {@link #parse} reads. */
    @Override
    public String toString() {
        return precedence + "~" + open + "~" + cluster + "~" + lane;
    }
}
