package org.markwatch.review.runs;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.RunControl;
import org.markwatch.review.RunControl.RunSnapshot;
import org.markwatch.review.RunControl.Sharing;
import org.markwatch.review.ZoneTimes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends the progress of the run in progress to open pages, each second, as server-sent events (WHATWG HTML, section 9.2):
 * {@code progress} with a {@link LiveRun}, and {@code end} when no run is in progress. All pages share its queries. A stream
 * ends after {@link #LIFE}, so that the browser connects anew and its account is checked again.
 */
@Component
@ConditionalOnWebApplication(type = Type.SERVLET)
class RunEvents implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(RunEvents.class);

    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final int INTERVAL_MILLIS = 1_000;
    /** Most streams at a time; further pages show the progress at the time of loading. */
    private static final int MAX_STREAMS = 100;

    private final ObjectProvider<RunControl> runs;
    /** The open streams with their readers. */
    private final Map<SseEmitter, StreamReader> streams = new ConcurrentHashMap<>();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("run-events").daemon().factory());

    RunEvents(ObjectProvider<RunControl> runs) {
        this.runs = runs;
        timer.scheduleWithFixedDelay(this::sendToAll, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Opens a stream, which gets the present progress at once; empty if too many are open. */
    Optional<SseEmitter> open(boolean allLanes, ConsoleWords words, ZoneTimes times) {
        if (streams.size() >= MAX_STREAMS) {
            return Optional.empty();
        }
        SseEmitter stream = new SseEmitter(LIFE.toMillis());
        stream.onTimeout(stream::complete);
        stream.onCompletion(() -> streams.remove(stream));
        stream.onError(fault -> streams.remove(stream));
        StreamReader reader = new StreamReader(allLanes, words, times);
        streams.put(stream, reader);
        send(stream, reader, progress());
        return Optional.of(stream);
    }

    /** Whether the account of an open page may see every lane, and the language and the time zone of the page. */
    private record StreamReader(boolean allLanes, ConsoleWords words, ZoneTimes times) {}

    /** The run in progress, and who works on it. */
    private record SharedProgress(RunSnapshot run, Sharing sharing) {}

    private Optional<SharedProgress> progress() {
        RunControl control = runs.getIfAvailable();
        return control == null
                ? Optional.empty()
                : control.activeRun().map(run -> new SharedProgress(run, control.sharing(run.run())));
    }

    private void sendToAll() {
        if (streams.isEmpty()) {
            return;
        }
        try {
            Optional<SharedProgress> progress = progress();
            streams.forEach((stream, reader) -> send(stream, reader, progress));
        } catch (DataAccessException e) {
            LOG.debug("The progress of the run cannot be read; the next event is tried in a second", e);
        }
    }

    private void send(SseEmitter stream, StreamReader reader, Optional<SharedProgress> progress) {
        try {
            if (progress.isEmpty()) {
                stream.send(SseEmitter.event().name("end").data("none"));
                stream.complete();
                streams.remove(stream);
            } else {
                SharedProgress now = progress.get();
                stream.send(SseEmitter.event()
                        .name("progress")
                        .reconnectTime(INTERVAL_MILLIS)
                        .data(
                                LiveRun.of(now.run(), now.sharing(), reader.allLanes(), reader.words(), reader.times()),
                                MediaType.APPLICATION_JSON));
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("A page with the progress was closed", e);
            streams.remove(stream);
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
        streams.keySet().forEach(SseEmitter::complete);
    }
}
