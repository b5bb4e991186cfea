package org.markwatch.cli;

import ch.qos.logback.classic.Level;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The form of the log, which the variable {@code MARKWATCH_LOG} chooses. */
final class LogForm {
    private static final Logger LOG = LoggerFactory.getLogger(LogForm.class);

    /** Name of the log of the life cycle of runs. */
    private static final String LIFE_CYCLE = "org.markwatch.job.RunLog";

    private static final String VARIABLE = "MARKWATCH_LOG";
    private static final String TEXT = "text";
    private static final String CONFIGURATION = "classpath:logback-structured.xml";
    /** Forms of Spring Boot's structured logging. */
    private static final List<String> STRUCTURED = List.of("ecs", "logstash", "gelf");

    private LogForm() {}

    /** Whether each line of the log is a JSON object. */
    static boolean isStructured(Map<String, String> environment) {
        return STRUCTURED.contains(environment.getOrDefault(VARIABLE, TEXT));
    }

    /**
     * Gives the log its form before anything is logged.
     *
     * @throws BadInputException if the variable names no form
     */
    static void configure(Map<String, String> environment) {
        Map<String, Object> properties = properties(environment);
        if (properties.isEmpty()) {
            return; // Logback has the configuration of text by itself
        }
        StandardEnvironment chosen = new StandardEnvironment();
        chosen.getPropertySources().addFirst(new MapPropertySource(VARIABLE, properties));
        LoggingSystem system = LoggingSystem.get(LogForm.class.getClassLoader());
        system.beforeInitialize();
        system.initialize(new LoggingInitializationContext(chosen), CONFIGURATION, null);
    }

    /**
     * Returns the properties of Spring Boot that choose the form; none for text, the default.
     *
     * @throws BadInputException if the variable names no form
     */
    static Map<String, Object> properties(Map<String, String> environment) {
        String form = environment.getOrDefault(VARIABLE, TEXT);
        if (form.equals(TEXT)) {
            return Map.of();
        }
        if (!STRUCTURED.contains(form)) {
            throw new BadInputException(
                    VARIABLE + "=" + Terminal.sanitise(form) + "; must be text, " + String.join(", ", STRUCTURED));
        }
        return Map.of("logging.config", CONFIGURATION, "logging.structured.format.console", form);
    }

    /** Shows or hides the life cycle of runs in the log, since a progress bar shows it too and lines would break the bar. */
    static void showLifeCycle(boolean shown) {
        if (LoggerFactory.getLogger(LIFE_CYCLE) instanceof ch.qos.logback.classic.Logger logger) {
            logger.setLevel(shown ? Level.INFO : Level.WARN);
        }
    }

    /** Reports in the form of the log, or by a line on standard error if that is text, why a verb ends. */
    static void reportFailure(PrintWriter err, String line) {
        if (isStructured(System.getenv())) {
            LOG.error("{}", line);
        } else {
            err.println(line);
        }
    }

    /** Returns a writer that logs each line, in place of standard error, so that all lines there have the form of the log. */
    static PrintWriter lines() {
        return new PrintWriter(new LineWriter(), true);
    }

    private static final class LineWriter extends Writer {
        private final StringBuilder open = new StringBuilder();

        @Override
        public void write(char[] text, int from, int length) {
            for (int at = from; at < from + length; at++) {
                if (text[at] == '\n') {
                    log();
                } else if (text[at] != '\r') {
                    open.append(text[at]);
                }
            }
        }

        private void log() {
            if (!open.isEmpty()) {
                LOG.info("{}", open);
                open.setLength(0);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            log();
        }
    }
}
