package org.markwatch.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;

/** Shows the progress of a run on standard error: a bar on a terminal, otherwise a line every 30 seconds. */
final class ProgressDisplay implements AutoCloseable {
    private static final Duration BAR_INTERVAL = Duration.ofMillis(200);
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(30);

    private final String task;
    private final Supplier<Crawl.@Nullable CrawlProgress> source;
    private final PrintWriter out;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watcher;

    private ProgressDisplay(
            String task, Supplier<Crawl.@Nullable CrawlProgress> source, PrintWriter out, boolean interactive) {
        this.task = task;
        this.source = source;
        this.out = out;
        LogForm.showLifeCycle(!interactive);
        this.watcher = Thread.ofVirtual().name("progress").start(interactive ? this::drawBar : this::printLines);
    }

    /**
     * Shows progress until the display is closed.
     *
     * @param task   label of the bar
     * @param source supplies the progress, or null before the task has started
     * @param out    receives the lines
     */
    static ProgressDisplay show(String task, Supplier<Crawl.@Nullable CrawlProgress> source, PrintWriter out) {
        return new ProgressDisplay(
                task, source, out, Terminal.isErrorInteractive() && !LogForm.isStructured(System.getenv()));
    }

    private void drawBar() {
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" pages", 1)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .showSpeed()
                .setUpdateIntervalMillis((int) BAR_INTERVAL.toMillis())
                .build()) {
            while (awaitNextUpdate(BAR_INTERVAL)) {
                Crawl.CrawlProgress progress = source.get();
                if (progress != null) {
                    bar.maxHint(Math.max(progress.known(), 1));
                    bar.stepTo(progress.done());
                    bar.setExtraMessage(
                            progress.hosts() == 0
                                    ? ""
                                    : "  " + progress.hosts() + " hosts  " + Terminal.sanitise(progress.current()));
                }
            }
        }
    }

    private void printLines() {
        Instant begun = Instant.now();
        Crawl.@Nullable CrawlProgress last = null;
        while (awaitNextUpdate(LINE_INTERVAL)) {
            Crawl.CrawlProgress progress = source.get();
            if (progress != null && !progress.equals(last)) {
                long seconds =
                        Math.max(1, Duration.between(begun, Instant.now()).toSeconds());
                String hosts = progress.hosts() == 0 ? "" : progress.hosts() + " hosts with open URLs, ";
                out.println(progress.done() + " of " + progress.known() + " known URLs, " + hosts
                        + progress.done() / seconds + " URLs/s");
                out.flush();
                last = progress;
            }
        }
    }

    /** Waits for the next update; returns false once the display is closed. */
    private boolean awaitNextUpdate(Duration duration) {
        try {
            return !closed.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        LogForm.showLifeCycle(true);
        closed.countDown();
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
