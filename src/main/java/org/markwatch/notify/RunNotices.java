package org.markwatch.notify;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.markwatch.report.RunReport;
import org.markwatch.report.RunSummary;
import org.markwatch.watchlist.Settings.NoticeSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;

/**
 * Sends the summary of a run that has ended by webhook and mail, as far as they are configured. Tries each {@value
 * #ATTEMPTS} times, and logs what could not be sent. Each recipient gets a mail of its own, so that one that the server refuses
 * does not keep it from the others. Thread-safe.
 */
public final class RunNotices {
    private static final Logger LOG = LoggerFactory.getLogger(RunNotices.class);

    static final int ATTEMPTS = 3;
    /** Longest time for all notices about a run. A receiver may be dead or answer byte by byte. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Wait after the first attempt; four times as long after the second. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final RunReport report;
    private final Clock clock;
    private final Waiter waiter;

    /** Waits between two attempts. */
    @FunctionalInterface
    interface Waiter {
        void sleep(Duration time) throws InterruptedException;
    }

    public RunNotices(RunReport report, Clock clock) {
        this(report, clock, Thread::sleep);
    }

    RunNotices(RunReport report, Clock clock, Waiter waiter) {
        this.report = report;
        this.clock = clock;
        this.waiter = waiter;
    }

    /**
     * Sends what is configured about a run; does nothing if the run has no summary, since the database was lost. Returns when
     * all is sent or has failed, after a minute, or when the calling thread is interrupted.
     */
    public void send(NoticeSettings settings, long run) {
        if (settings.webhook().isEmpty() && settings.mailTo().isEmpty()) {
            return;
        }
        // only the sockets of a virtual thread end when it is interrupted
        Thread sending = Thread.ofVirtual().name("notices").start(() -> make(settings, run));
        try {
            if (!sending.join(LONGEST)) {
                LOG.warn("Notices about run {} are not sent yet after {}; they are given up", run, LONGEST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("Notices about run {} are given up, since this process stops", run);
        } finally {
            sending.interrupt();
        }
    }

    private void make(NoticeSettings settings, long run) {
        try {
            report.summary(run).ifPresent(summary -> send(settings, summary));
        } catch (RuntimeException e) {
            LOG.warn("The notices about run {} cannot be composed; none is sent", run, e);
        }
    }

    private void send(NoticeSettings settings, RunSummary run) {
        if (!settings.webhook().isEmpty()) {
            attempt("webhook", run, () -> new Webhook(settings, clock).post(run.toJson()));
        }
        if (!settings.mailTo().isEmpty()) {
            String html = report.html(run.runId());
            for (String recipient : settings.mailTo()) {
                attempt("mail to " + recipient, run, () -> new RunMail(settings).send(run, html, recipient));
            }
        }
    }

    /** Something that may fail for a while. */
    @FunctionalInterface
    private interface Sending {
        void send() throws IOException, InterruptedException;
    }

    private void attempt(String what, RunSummary run, Sending sending) {
        Duration wait = FIRST_WAIT;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                sending.send();
                return;
            } catch (Webhook.RefusedException e) {
                LOG.warn(
                        "The {} about run {} was not sent: {}; it is not tried again",
                        what,
                        run.runId(),
                        e.getMessage());
                return;
            } catch (IOException | MailException e) {
                LOG.warn(
                        "The {} about run {} was not sent, attempt {} of {}: {}",
                        what,
                        run.runId(),
                        attempt,
                        ATTEMPTS,
                        e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) { // its message is left out, since it may hold the URL with its token
                LOG.warn(
                        "The {} about run {} was not sent, since it could not be made: {}; it is not tried again",
                        what,
                        run.runId(),
                        e.getClass().getName());
                return;
            }
            if (attempt < ATTEMPTS && !waited(wait)) {
                return;
            }
            wait = wait.multipliedBy(4);
        }
    }

    private boolean waited(Duration time) {
        try {
            waiter.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
