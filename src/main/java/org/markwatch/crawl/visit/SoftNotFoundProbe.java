package org.markwatch.crawl.visit;

import java.time.Duration;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.content.BodyMemory;
import org.markwatch.crawl.fetch.ExchangeResult;
import org.markwatch.crawl.fetch.TextOnlyFetcher;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostFrontier;
import org.markwatch.crawl.frontier.HostQueue;
import org.markwatch.crawl.frontier.SoftNotFoundDetector;
import org.markwatch.crawl.politeness.Politeness;
import org.markwatch.crawl.robots.RobotRules;
import org.markwatch.crawl.scope.LinkPriority;
import org.markwatch.url.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the soft-404 probes of hosts. Thread-safe.
 *
 * @param <R> result of the page analysis
 */
record SoftNotFoundProbe<R>(
        HostFrontier frontier, TextOnlyFetcher fetcher, PageAnalyser<R> analyser, Politeness politeness) {
    private static final Logger LOG = LoggerFactory.getLogger(SoftNotFoundProbe.class);

    /**
     * Makes the soft-404 probe of a host: requests a URL that cannot exist, with the politeness of every other request.
     */
    void request(FrontierUrl url, HostQueue host, RobotRules rules, BodyMemory.Reservation reservation) {
        HttpUrl missing = SoftNotFoundDetector.probeUrl(host.key());
        if (!rules.allows(missing)) {
            host.softNotFoundDetector().endProbe();
            frontier.requeue(url, host, Duration.ZERO);
            return;
        }
        FrontierUrl probe = new FrontierUrl(0, missing, host.key(), url.site(), 1, LinkPriority.ORDINARY);
        ExchangeResult answer = host.responseTime().measure(() -> fetcher.probe(probe, reservation));
        if (fetcher.cancelled()) {
            return;
        }
        switch (answer) {
            case ExchangeResult.Redirect(HttpUrl target) ->
                host.softNotFoundDetector().setErrorTarget(target);
            case ExchangeResult.Completed(Disposition.Fetched(Capture capture)) -> {
                try {
                    host.softNotFoundDetector()
                            .setErrorPage(analyser.analyse(capture).nearDuplicateHash());
                } catch (RuntimeException | StackOverflowError e) {
                    LOG.warn("Analysing the soft-404 probe of {} failed; its pages are not compared with it", host, e);
                    host.softNotFoundDetector().endProbe();
                }
            }
            case ExchangeResult.Completed ended -> host.softNotFoundDetector().endProbe();
            case ExchangeResult.Retryable later -> {
                host.softNotFoundDetector().endProbe();
                frontier.requeue(url, host, politeness.recordFailure(url, host, later));
                return;
            }
        }
        frontier.requeue(url, host, Politeness.delay(url, host));
    }
}
