package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Collects the lines that classes log until it is closed. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;

    private final List<Logger> loggers;
    private final BlockingQueue<String> arriving = new LinkedBlockingQueue<>();
    private final List<String> lines = new ArrayList<>();

    private LogLines(List<Logger> loggers) {
        this.loggers = loggers;
    }

    static LogLines of(Class<?>... types) {
        LogLines lines = new LogLines(Stream.of(types)
                .map(type -> (Logger) LoggerFactory.getLogger(type))
                .toList());
        lines.start();
        lines.loggers.forEach(logger -> logger.addAppender(lines));
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        arriving.add(event.getFormattedMessage());
    }

    /** Waits for a line that contains a text. */
    void await(String text) throws InterruptedException {
        String line;
        do {
            line = arriving.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(line).as("'%s' after %s", text, lines).isNotNull();
            lines.add(line);
        } while (!line.contains(text));
    }

    /** Returns the lines up to the one that was awaited last. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        loggers.forEach(logger -> logger.detachAppender(this));
    }
}
