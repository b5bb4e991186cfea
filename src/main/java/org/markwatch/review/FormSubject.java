package org.markwatch.review;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.markwatch.queue.Drafts;

/**
 * What a decision form is about: an item, or a cluster.
 *
 * @param page {@code items} or {@code clusters}
 * @param id   number of the item or cluster
 * @param lane lane of a bulk decision; empty for all, and for an item
 */
record FormSubject(String page, long id, String lane) implements Serializable {
    private static final Pattern PATH = Pattern.compile("/(items|clusters)/([0-9]{1,18})/[a-z]+");
    private static final String CLUSTERS = "clusters";
    private static final int MAX_LANE = 200;

    /** Returns what the form of a request is about; empty if the request is for another page. */
    static Optional<FormSubject> of(HttpServletRequest request) {
        Matcher path = PATH.matcher(request.getRequestURI());
        if (!path.matches()) {
            return Optional.empty();
        }
        String lane = Objects.requireNonNullElse(request.getParameter("lane"), "");
        boolean known = path.group(1).equals(CLUSTERS) && lane.length() <= MAX_LANE;
        return Optional.of(new FormSubject(path.group(1), Long.parseLong(path.group(2)), known ? lane : ""));
    }

    public boolean isCluster() {
        return page.equals(CLUSTERS);
    }

    /** Returns the address of the page with the form. */
    String address() {
        String address = "/" + page + "/" + id;
        return lane.isEmpty() ? address : address + "?lane=" + URLEncoder.encode(lane, StandardCharsets.UTF_8);
    }

    /**
     * Saves entries as the draft of an account.
     *
     * @param evidence as in {@link DecisionForm#evidence}
     */
    void save(Drafts drafts, String account, Map<String, String> fields, String evidence) {
        if (isCluster()) {
            drafts.saveOfCluster(id, account, fields);
        } else {
            drafts.save(id, account, fields, evidence);
        }
    }
}
