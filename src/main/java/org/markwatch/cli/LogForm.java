package org.markwatch.cli;

import java.util.List;
import java.util.Map;

/** The form of the log, which the variable {@code MARKWATCH_LOG} chooses. */
final class LogForm {
    private static final String VARIABLE = "MARKWATCH_LOG";
    private static final String TEXT = "text";
    /** Forms of Spring Boot's structured logging. */
    private static final List<String> STRUCTURED = List.of("ecs", "logstash", "gelf");

    private LogForm() {}

    /**
     * Returns the properties of Spring Boot that choose the form; none for text, the default. What is logged before Spring
     * starts is text.
     *
     * @throws BadInputException if the variable has another value
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
        return Map.of("logging.config", "classpath:logback-structured.xml", "logging.structured.format.console", form);
    }
}
