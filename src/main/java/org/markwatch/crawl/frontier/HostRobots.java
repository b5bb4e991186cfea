package org.markwatch.crawl.frontier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.robots.RobotRules;
import org.markwatch.crawl.robots.RobotsTxt;
import org.markwatch.url.HttpUrl;

/** The robots.txt of one host: its rules, and its redirects until they are known. Only the crawler that holds the host uses it. */
public final class HostRobots {
    /** Redirects of one robots.txt that are followed; RFC 9309 section 2.3.1.2 asks for at least five. */
    public static final int MAX_REDIRECTS = 5;

    private final String host;
    private final List<HttpUrl> redirects = new ArrayList<>();
    private @Nullable RobotRules rules;
    private HostState.@Nullable RobotsSource unsaved;

    HostRobots(String host) {
        this.host = host;
    }

    /** Returns the rules of the host; null until they are known. */
    @Nullable
    public RobotRules rules() {
        return rules;
    }

    /** Sets the rules of the host. */
    public void learn(HostState.RobotsSource source) {
        restore(source);
        unsaved = source;
    }

    /** Sets the rules of the host, which are stored already. */
    void restore(HostState.RobotsSource source) {
        rules = RobotsTxt.of(host, source.content(), source.fault());
    }

    /** Returns the robots.txt once, to be stored; null if it is not known or is stored already. */
    HostState.@Nullable RobotsSource takeUnsaved() {
        HostState.RobotsSource taken = unsaved;
        unsaved = null;
        return taken;
    }

    boolean isUnsaved() {
        return unsaved != null;
    }

    /** Returns the crawl-delay of the host, zero or more. */
    public Duration crawlDelay() {
        return rules == null ? Duration.ZERO : rules.crawlDelay();
    }

    /** Returns the URL to fetch robots.txt from next: {@code /robots.txt}, or the target of its latest redirect. */
    public HttpUrl target() {
        return redirects.isEmpty() ? HttpUrl.of(host + "/robots.txt") : redirects.getLast();
    }

    /** Whether robots.txt of the host has answered with a redirect. */
    public boolean isRedirected() {
        return !redirects.isEmpty();
    }

    /** Follows a redirect of robots.txt; returns false for a loop or beyond {@link #MAX_REDIRECTS}. */
    public boolean follow(HttpUrl target) {
        if (redirects.contains(target) || redirects.size() >= MAX_REDIRECTS) {
            return false;
        }
        redirects.add(target);
        return true;
    }
}
