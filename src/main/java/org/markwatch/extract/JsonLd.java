package org.markwatch.extract;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Parses JSON-LD leniently and reports every string and number with its key path.
 *
 * <p>Arrays and {@code @graph} add nothing to a path. {@code @context} is skipped. Of malformed JSON, the values before
 * the error are reported.
 */
final class JsonLd {
    private static final int MAX_VALUES = 5_000;
    private static final String CDATA = "<![CDATA[";
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNameLength(1_000)
                    .build())
            .enable(
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES,
                    JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS,
                    JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
                    JsonReadFeature.ALLOW_MISSING_VALUES,
                    JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private JsonLd() {}

    /**
     * Parses JSON-LD. Never throws for malformed JSON.
     *
     * @param values receives the key path, for example {@code offers.price}, and the value; at most
     *               {@value #MAX_VALUES} times
     */
    static void parse(String json, BiConsumer<String, String> values) {
        // Skip a CDATA marker that hides the script from old browsers; it contains a bracket.
        int hidden = json.indexOf(CDATA);
        int object = json.indexOf('{');
        int start = hidden < 0 || object >= 0 && object < hidden ? 0 : hidden + CDATA.length();
        while (start < json.length() && json.charAt(start) != '{' && json.charAt(start) != '[') {
            start++;
        }
        int left = MAX_VALUES;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json.substring(start))) {
            for (JsonToken token = parser.nextToken(); token != null && left > 0; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && "@context".equals(parser.currentName())) {
                    parser.nextToken();
                    parser.skipChildren();
                } else if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
                    values.accept(path(parser.streamReadContext()), parser.getString());
                    left--;
                }
            }
        } catch (JacksonException e) {
            // Malformed JSON is common. The values before the error have been reported.
        }
    }

    private static String path(@Nullable TokenStreamContext context) {
        Deque<String> names = new ArrayDeque<>();
        for (TokenStreamContext c = context; c != null; c = c.getParent()) {
            String name = c.inObject() ? c.currentName() : null;
            if (name != null && !name.equals("@graph")) {
                names.addFirst(name);
            }
        }
        return String.join(".", names);
    }
}
