package org.markwatch.monitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl.CrawlProgress;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.run.LiveCounts;
import org.markwatch.crawl.run.Runs;
import org.markwatch.job.CommitMeter;
import org.markwatch.job.NextRun;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.QueueProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;

/**
 * Meters of the latest run, the queue and the schedule. They show what the database had when it was read last, after a fixed
 * interval, so that a scrape costs no query. Thread-safe.
 */
public final class StateMeters implements MeterBinder, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(StateMeters.class);

    /** Largest number of waiting items that is counted in a lane. */
    private static final int MOST_ITEMS = 100_000;

    private final DataSource database;
    private final Runs runs;
    private final Items items;
    private final Supplier<LaneAccess> lanes;
    private final QueueProgress queue;
    private final Supplier<@Nullable CrawlProgress> crawl;
    private final CommitMeter commits;
    private final Partitions partitions;
    private final Clock clock;
    private final Duration interval;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("meters").daemon().factory());
    private volatile @Nullable Gauges gauges;
    private volatile MeteredState state = MeteredState.UNKNOWN;

    /**
     * @param lanes returns what hides the lanes that the meters leave out now
     * @param crawl returns the progress of the crawl of this process, or null if there is none
     * @param interval time from one reading of the database to the next
     */
    StateMeters(
            DataSource database,
            Runs runs,
            Items items,
            Supplier<LaneAccess> lanes,
            QueueProgress queue,
            Supplier<@Nullable CrawlProgress> crawl,
            CommitMeter commits,
            Clock clock,
            Duration interval) {
        this.database = database;
        this.partitions = new Partitions(database);
        this.runs = runs;
        this.items = items;
        this.lanes = lanes;
        this.queue = queue;
        this.crawl = crawl;
        this.commits = commits;
        this.clock = clock;
        this.interval = interval;
    }

    /** Meters with one value for each disposition, kind of refusal or lane. */
    private record Gauges(MultiGauge pages, MultiGauge refused, MultiGauge open, MultiGauge age, MultiGauge claimed) {}

    /**
     * What the database had.
     *
     * @param known    whether it could be read
     * @param run      number of the latest run, 0 if there is none
     * @param active   whether a process works on it
     * @param frontier URLs that it has still to visit
     * @param bytes    decoded body bytes of its fetched pages
     * @param requests HTTP requests that it made
     * @param findings findings that its queue step compares with the queue
     * @param compared those that it has compared
     * @param sharing  who works on its partitions
     * @param next     when the schedule starts the next run, in seconds since 1970; 0 if it starts none
     */
    private record MeteredState(
            boolean known,
            long run,
            boolean active,
            long frontier,
            long bytes,
            long requests,
            long findings,
            long compared,
            Partitions.Offer sharing,
            double next) {
        private static final MeteredState UNKNOWN =
                new MeteredState(false, 0, false, 0, 0, 0, 0, 0, new Partitions.Offer(List.of(), 0, 0, Map.of()), 0);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauges = new Gauges(
                MultiGauge.builder("markwatch.run.pages")
                        .description("URLs of the latest run by disposition")
                        .register(registry),
                MultiGauge.builder("markwatch.run.refused")
                        .description("Refused URLs of the latest run by kind of content")
                        .register(registry),
                MultiGauge.builder("markwatch.items.open")
                        .description("Open items by lane, at most 100,000, without restricted lanes")
                        .register(registry),
                MultiGauge.builder("markwatch.items.oldest.age")
                        .baseUnit("seconds")
                        .description("Age of the open item of a lane that has waited longest, without restricted lanes")
                        .register(registry),
                MultiGauge.builder("markwatch.items.claimed")
                        .description("Claims by lane, without restricted lanes")
                        .register(registry));
        gauge(registry, "markwatch.database.up", "Whether the database could be read", now -> now.known ? 1 : 0);
        gauge(registry, "markwatch.run.number", "Number of the latest run", MeteredState::run);
        gauge(registry, "markwatch.run.active", "Whether a process works on a run", now -> now.active ? 1 : 0);
        gauge(registry, "markwatch.run.requests", "HTTP requests of the latest run", MeteredState::requests);
        gauge(
                registry,
                "markwatch.frontier.urls",
                "URLs that the run in progress has still to visit",
                MeteredState::frontier);
        gauge(
                registry,
                "markwatch.queue.findings",
                "Findings that the queue step of the latest run compares",
                MeteredState::findings);
        gauge(registry, "markwatch.queue.compared", "Those that it has compared", MeteredState::compared);
        gauge(
                registry,
                "markwatch.workers",
                "Processes that work on the run in progress",
                now -> now.sharing.working());
        gauge(
                registry,
                "markwatch.partitions.open",
                "Partitions of the latest run that are not done",
                now -> now.sharing.open());
        gauge(
                registry,
                "markwatch.partitions.claimed",
                "Those that a worker with a lease has",
                now -> now.sharing.open() - now.sharing.numbers().size());
        Gauge.builder("markwatch.run.body", () -> state.bytes)
                .baseUnit("bytes")
                .description("Decoded body bytes of the fetched pages of the latest run")
                .register(registry);
        Gauge.builder("markwatch.schedule.next", () -> state.next)
                .baseUnit("seconds")
                .description("When the schedule starts the next run, in seconds since 1970; 0 for never")
                .register(registry);
        crawlGauge(
                registry,
                "markwatch.crawl.hosts",
                "Hosts with open URLs in the crawl of this process",
                CrawlProgress::hosts);
        crawlGauge(
                registry,
                "markwatch.crawl.hosts.due",
                "Those whose next request waits for nothing but a crawler thread",
                CrawlProgress::due);
        FunctionTimer.builder(
                        "markwatch.commit", commits, CommitMeter::commits, CommitMeter::nanos, TimeUnit.NANOSECONDS)
                .description("Commits of visits by this process")
                .register(registry);
        FunctionCounter.builder("markwatch.visits.committed", commits, CommitMeter::visits)
                .description("Visits that this process has committed")
                .register(registry);
        refresh();
        timer.scheduleWithFixedDelay(this::refresh, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<MeteredState> value) {
        Gauge.builder(name, () -> value.applyAsDouble(state))
                .description(description)
                .register(registry);
    }

    private void crawlGauge(
            MeterRegistry registry, String name, String description, ToIntFunction<CrawlProgress> value) {
        Gauge.builder(name, () -> {
                    CrawlProgress progress = crawl.get();
                    return progress == null ? 0 : value.applyAsInt(progress);
                })
                .description(description)
                .register(registry);
    }

    /** Reads the database. */
    void refresh() {
        Gauges meters = gauges;
        if (meters == null) {
            return;
        }
        try {
            read(meters);
        } catch (DataAccessException e) {
            LOG.debug("The database cannot be read; the meters are read again in {}", interval, e);
            state = MeteredState.UNKNOWN;
        } catch (RuntimeException e) { // which would end the timer
            LOG.warn("The meters cannot be read, and are read again in {}", interval, e);
            state = MeteredState.UNKNOWN;
        }
    }

    private void read(Gauges meters) {
        Optional<Runs.ActiveRun> active = runs.active();
        long run = active.map(Runs.ActiveRun::id)
                .or(() -> runs.latest().map(Runs.RunRecord::id))
                .orElse(0L);
        LiveCounts counts = LiveCounts.of(database, run);
        Optional<QueueProgress.Step> step = queue.find(run);
        state = new MeteredState(
                true,
                run,
                active.isPresent(),
                active.map(each -> Math.max(0, each.known() - each.done())).orElse(0L),
                counts.bytes(),
                counts.requests(),
                step.map(QueueProgress.Step::findings).orElse(0L),
                step.map(QueueProgress.Step::done).orElse(0L),
                partitions.offer(run),
                NextRun.of(database)
                        .map(next -> next.at().toEpochMilli() / 1000.0)
                        .orElse(0.0));
        meters.pages.register(rows("disposition", counts.pages()), true);
        meters.refused.register(rows("kind", counts.refused()), true);
        List<Items.LaneCounts> open = items.lanes("", lanes.get(), MOST_ITEMS);
        Instant now = clock.instant();
        meters.open.register(rows(open, lane -> lane.waiting()), true);
        meters.claimed.register(rows(open, lane -> lane.claimed()), true);
        meters.age.register(
                rows(
                        open,
                        lane -> lane.oldest() == null
                                ? 0
                                : Duration.between(lane.oldest(), now).toSeconds()),
                true);
    }

    private static List<MultiGauge.Row<?>> rows(String tag, Map<String, Long> counts) {
        return counts.entrySet().stream()
                .<MultiGauge.Row<?>>map(count -> MultiGauge.Row.of(
                        Tags.of(tag, count.getKey().toLowerCase(Locale.ROOT).replace('_', '-')), count.getValue()))
                .toList();
    }

    private static List<MultiGauge.Row<?>> rows(List<Items.LaneCounts> lanes, ToLongFunction<Items.LaneCounts> value) {
        return lanes.stream()
                .<MultiGauge.Row<?>>map(
                        lane -> MultiGauge.Row.of(Tags.of("lane", lane.name()), value.applyAsLong(lane)))
                .toList();
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
