package org.markwatch.crawl.visit;

import java.time.Duration;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.content.BodyMemory;
import org.markwatch.crawl.fetch.ExchangeResult;
import org.markwatch.crawl.fetch.TextOnlyFetcher;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostFrontier;
import org.markwatch.crawl.frontier.HostQueue;
import org.markwatch.crawl.politeness.Politeness;
import org.markwatch.url.HttpUrl;

/**
 * Makes the requests for the robots.txt of hosts, before the first page of a host is requested. Thread-safe.
 *
 * @param <R> result of the page analysis
 */
record RobotsRequests<R>(
        HostFrontier frontier,
        RobotsPolicy robots,
        TextOnlyFetcher fetcher,
        Politeness politeness,
        VisitEnding<R> ending) {
    /** Requests the robots.txt of the host of a URL. */
    void fetch(FrontierUrl url, HostQueue host, BodyMemory.Reservation reservation) throws InterruptedException {
        if (followToOtherHost(url, host, host, Duration.ZERO)) {
            return;
        }
        RobotsPolicy.RobotsOutcome result = host.responseTime().measure(() -> robots.fetch(host, url));
        if (fetcher.cancelled()) {
            return;
        }
        switch (result) {
            case RobotsPolicy.RobotsOutcome.HostRefused(Disposition.Refused refused) ->
                ending.end(url, host, refused, Duration.ZERO, reservation);
            case RobotsPolicy.RobotsOutcome.FurtherRequest(ExchangeResult.Retryable failure)
            when failure != null -> ending.retry(url, host, failure, reservation);
            case RobotsPolicy.RobotsOutcome.FurtherRequest further -> {
                if (!followToOtherHost(url, host, host, Politeness.delay(url, host))) {
                    frontier.requeue(url, host, Politeness.delay(url, host));
                }
            }
            case RobotsPolicy.RobotsOutcome.RulesKnown known ->
                frontier.requeue(url, host, Politeness.delay(url, host));
        }
    }

    /** Requests the robots.txt of another host, which redirects to {@code host}. */
    void fetchRedirected(FrontierUrl url, HostQueue host) {
        HostQueue ownHost = frontier.ownHost(url);
        RobotsPolicy.RobotsOutcome result = host.responseTime().measure(() -> robots.fetch(ownHost, url));
        if (fetcher.cancelled()) {
            return;
        }
        switch (result) {
            case RobotsPolicy.RobotsOutcome.FurtherRequest(ExchangeResult.Retryable failure)
            when failure != null -> {
                Duration delay = politeness.recordFailure(url, host, failure);
                if (host.faults().isDeferred()) {
                    frontier.requeue(url, host, delay);
                } else {
                    frontier.endRobotsRedirectFetch(url, host, delay);
                }
            }
            case RobotsPolicy.RobotsOutcome.FurtherRequest further -> {
                if (!followToOtherHost(url, ownHost, host, Politeness.delay(url, host))) {
                    frontier.requeue(url, host, Politeness.delay(url, host));
                }
            }
            case RobotsPolicy.RobotsOutcome.RulesKnown known ->
                frontier.endRobotsRedirectFetch(url, host, Politeness.delay(url, host));
            case RobotsPolicy.RobotsOutcome.HostRefused refused ->
                throw new IllegalStateException("robots.txt was redirected and then refused: " + refused);
        }
    }

    /** Moves a URL to the host that serves its robots.txt; returns false if that host got the latest request. */
    private boolean followToOtherHost(FrontierUrl url, HostQueue ownHost, HostQueue requestedHost, Duration delay) {
        HttpUrl file = ownHost.robots().target();
        if (file.origin().equals(requestedHost.key())) {
            return false;
        }
        frontier.beginRobotsRedirectFetch(url, requestedHost, file, delay);
        return true;
    }
}
