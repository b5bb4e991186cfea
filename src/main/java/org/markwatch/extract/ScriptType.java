package org.markwatch.extract;

import java.util.Locale;

/** What a script element holds, by its {@code type} attribute (HTML section 4.12.1). */
enum ScriptType {
    /** Markup: a template of a framework, or JSX, which the page compiles. */
    MARKUP,
    /** JSON-LD. */
    LINKED_DATA,
    JSON,
    /** JSON of a shop system whose strings may be markup: {@code text/x-magento-init}. */
    MARKUP_SETTINGS,
    CODE,
    /** A type that browsers ignore. */
    OTHER;

    /** @param attribute value of the attribute; empty if the element has none */
    static ScriptType of(String attribute) {
        String type = attribute.strip().toLowerCase(Locale.ROOT);
        if (isTemplate(type) || type.equals("text/babel") || type.equals("text/jsx")) {
            return MARKUP;
        }
        if (type.startsWith("application/ld+json")) {
            return LINKED_DATA;
        }
        if (type.equals("text/x-magento-init")) {
            return MARKUP_SETTINGS;
        }
        if (type.contains("json")) {
            return JSON;
        }
        return type.isEmpty() || type.equals("module") || type.contains("javascript") ? CODE : OTHER;
    }

    /**
     * Whether a type names a template of a framework: {@code text/x-magento-template}.
     *
     * @param type in lower case
     */
    static boolean isTemplate(String type) {
        return type.endsWith("template")
                || type.endsWith("tmpl")
                || type.equals("text/html")
                || type.contains("handlebars")
                || type.contains("mustache");
    }
}
