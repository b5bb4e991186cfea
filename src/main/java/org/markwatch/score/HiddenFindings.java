package org.markwatch.score;

import java.util.Set;

/**
 * Findings that do not count for somebody: those of some lanes, and those of pages whose item is in such a lane although the
 * finding is not.
 *
 * @param lanes names of lanes
 * @param pages SHA-256 of URLs, in hex digits
 */
public record HiddenFindings(Set<String> lanes, Set<String> pages) {
    /** Hides nothing. */
    public static final HiddenFindings NONE = new HiddenFindings(Set.of(), Set.of());

    /** Condition over {@code finding} with the parameters {@link #lanesParameter} and {@link #pagesParameter}. */
    static final String VISIBLE = "lane <> all (?) and url_sha256 <> all (array("
            + "select decode(page, 'hex') from unnest(cast(? as text[])) page))";

    public HiddenFindings {
        lanes = Set.copyOf(lanes);
        pages = Set.copyOf(pages);
    }

    String[] lanesParameter() {
        return lanes.toArray(String[]::new);
    }

    String[] pagesParameter() {
        return pages.toArray(String[]::new);
    }
}
