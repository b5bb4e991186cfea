package org.markwatch.watchlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Generates the reference of each configuration file, {@code docs/config/*.md}, from its editor schema and compares it.
 * {@code -Dconfig.write=true} updates the pages.
 */
class ConfigurationPagesTest {
    private static final int LONGEST_PATTERN = 60;

    @ParameterizedTest
    @ValueSource(strings = {"markwatch", "seeds", "policies", "brand", "indicators"})
    void pageHasTheKeysOfTheSchema(String name) throws IOException {
        JsonNode schema =
                JsonMapper.shared().readTree(Files.readString(Path.of("job-config/schema/" + name + ".schema.json")));
        Path file = Path.of("docs/config/" + name + ".md");
        String page = page(name, schema);
        if (Boolean.getBoolean("config.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, page);
        }

        assertThat(Files.readString(file)).isEqualTo(page);
    }

    private static String page(String name, JsonNode schema) {
        List<String> rows = new ArrayList<>();
        addKeys(schema, "", rows);
        return """
                # Keys of `%s`

                %s. Generated from `job-config/schema/%s.schema.json`, which editors use too. [configuration.md](../configuration.md) explains the files.

                | key | allowed | default | meaning |
                |---|---|---|---|
                %s
                """.formatted(
                schema.path("title").asString(), schema.path("description").asString(), name, String.join("\n", rows));
    }

    private static void addKeys(JsonNode schema, String path, List<String> rows) {
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(each -> required.add(each.asString()));
        schema.path("properties").properties().forEach(property -> {
            String key = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            addKey(property.getValue(), key, required.contains(property.getKey()), rows);
        });
        JsonNode others = schema.path("additionalProperties");
        if (others.isObject()) {
            addKey(others, path.isEmpty() ? "KEY" : path + ".KEY", false, rows);
        }
    }

    private static void addKey(JsonNode schema, String key, boolean required, List<String> rows) {
        JsonNode value = schema;
        String full = key;
        while (value.path("items").isObject() && value.path("items").has("properties")) {
            value = value.path("items");
            full += "[]";
        }
        String description =
                schema.path("description").asString(value.path("description").asString(""));
        if (!description.isEmpty()) {
            rows.add("| `%s` | %s | %s | %s |"
                    .formatted(full, allowed(schema), required ? "required" : initial(schema), cell(description)));
        }
        addKeys(value, full, rows);
    }

    private static String initial(JsonNode schema) {
        JsonNode value = schema.path("default");
        return value.isMissingNode() ? "" : "`" + cell(value.isString() ? value.asString() : value.toString()) + "`";
    }

    private static String allowed(JsonNode schema) {
        List<String> values = new ArrayList<>();
        schema.path("enum").forEach(each -> {
            if (!each.isNull()) {
                values.add("`" + cell(each.asString()) + "`");
            }
        });
        if (!values.isEmpty()) {
            return String.join(", ", values);
        }
        StringBuilder allowed = new StringBuilder(types(schema.path("type")));
        range(allowed, schema, "minimum", "maximum", "");
        range(allowed, schema, "minLength", "maxLength", " characters");
        range(allowed, schema, "minItems", "maxItems", " entries");
        String pattern = schema.path("pattern").asString("");
        if (!pattern.isEmpty() && pattern.length() <= LONGEST_PATTERN) {
            allowed.append(", `").append(cell(pattern)).append('`');
        }
        return allowed.toString();
    }

    private static String types(JsonNode type) {
        List<String> types = new ArrayList<>();
        if (type.isString()) {
            types.add(type.asString());
        }
        type.forEach(each -> types.add(each.asString()));
        return types.stream()
                .filter(each -> !each.equals("null"))
                .map(each -> switch (each) {
                    case "object" -> "keys";
                    case "array" -> "list";
                    case "string" -> "text";
                    case "boolean" -> "true or false";
                    default -> each;
                })
                .collect(Collectors.joining(" or "));
    }

    private static void range(StringBuilder allowed, JsonNode schema, String least, String most, String unit) {
        if (schema.has(most)) {
            allowed.append(", %s to %s%s"
                    .formatted(
                            schema.path(least).asString("0"), schema.path(most).asString(), unit));
        } else if (schema.has(least) && !schema.path(least).asString().equals("1")) {
            allowed.append(", from %s%s".formatted(schema.path(least).asString(), unit));
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
