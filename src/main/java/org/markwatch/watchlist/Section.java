package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a mapping by key.
 *
 * <p>For a wrong value it adds a fault and returns a default or placeholder, so that one pass finds the faults of all
 * keys. The reader builds no watchlist if there is a fault.
 */
final class Section {
    private final ConfigNode.MappingNode mapping;
    private final Faults faults;

    private Section(ConfigNode.MappingNode mapping, Faults faults) {
        this.mapping = mapping;
        this.faults = faults;
    }

    private static Section withKnownKeys(ConfigNode.MappingNode mapping, Faults faults, List<String> known) {
        for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                faults.add(
                        entry.getValue().location(),
                        "is not a known key; " + SpellingSuggestion.suggest(entry.getKey(), known));
            }
        }
        return new Section(mapping, faults);
    }

    /**
     * Returns a section of {@code node}; unknown keys are faults. If the node is not a mapping, adds a fault and
     * returns an empty section.
     *
     * @param known the keys that the mapping may have
     */
    static Section of(ConfigNode node, Faults faults, List<String> known) {
        if (node instanceof ConfigNode.MappingNode mapping) {
            return withKnownKeys(mapping, faults, known);
        }
        if (!node.isEmpty()) {
            faults.add(node.location(), "must be a mapping of keys to values; allowed: " + String.join(", ", known));
        }
        return new Section(new ConfigNode.MappingNode(node.location(), Map.of()), faults);
    }

    /** Returns whether the key has a value. */
    boolean has(String key) {
        return get(key) != null;
    }

    /** Returns the value of a key; if the key is missing, adds a fault and returns {@code placeholder}. */
    <T> T required(String key, Syntax<T> syntax, T placeholder) {
        if (!has(key)) {
            faults.add(location(key), "is required");
            return placeholder;
        }
        return optional(key, syntax, placeholder);
    }

    /** Returns the value of a key, or the default if the key is missing or its value is wrong. */
    <T> T optional(String key, Syntax<T> syntax, T defaultValue) {
        ConfigNode node = get(key);
        T value = node == null ? null : value(node, syntax);
        return value == null ? defaultValue : value;
    }

    /** Returns the value of a key, or null if the key is missing or its value is wrong. */
    <T> @Nullable T optional(String key, Syntax<T> syntax) {
        ConfigNode node = get(key);
        return node == null ? null : value(node, syntax);
    }

    /** Returns the items of a list without those that are wrong, each once. */
    <T> Set<T> list(String key, Syntax<T> syntax) {
        Map<T, SourceLocation> values = new LinkedHashMap<>();
        for (ConfigNode item : items(key)) {
            T value = value(item, separated(item, syntax));
            SourceLocation first = value == null ? null : values.putIfAbsent(value, item.location());
            if (first != null) {
                faults.repeat(item.location(), shown(item), first);
            }
        }
        return new LinkedHashSet<>(values.keySet());
    }

    /**
     * Returns rows with those of the same entry as one: a later row fills what the first one leaves empty. A value that
     * contradicts the first row is a fault.
     *
     * @param keys what identifies an entry
     * @param id   returns the entry of a row, empty if that cannot be read
     */
    static List<Section> merged(List<Section> rows, List<String> keys, Function<Section, Optional<?>> id) {
        Map<Object, Section> entries = new LinkedHashMap<>();
        for (Section row : rows) {
            entries.merge(
                    id.apply(row).<Object>map(Function.identity()).orElse(row),
                    row,
                    (first, again) -> first.with(again, keys));
        }
        return List.copyOf(entries.values());
    }

    private Section with(Section again, List<String> keys) {
        Map<String, ConfigNode> both = new LinkedHashMap<>(mapping.entries());
        List<String> different = new ArrayList<>();
        again.mapping.entries().forEach((key, node) -> {
            if (!node.isEmpty() && !keys.contains(key)) {
                if (!has(key)) {
                    both.put(key, node);
                } else if (!content(both.get(key)).equals(content(node))) {
                    different.add(key);
                }
            }
        });
        String key = keys.getLast();
        if (different.isEmpty()) {
            faults.repeat(again.location(key), again.text(key), location(key));
        } else {
            again.fault(
                    key,
                    "is the same as in " + location(key).file() + ", line "
                            + location(key).line() + ", with another " + String.join(", ", different)
                            + "; write the same values, or remove one");
        }
        return new Section(new ConfigNode.MappingNode(mapping.location(), both), faults);
    }

    /** Returns what a node says, without its place and the order of a list. */
    private static Object content(@Nullable ConfigNode node) {
        return switch (node) {
            case null -> "";
            case ConfigNode.ScalarNode scalar
            when scalar.type() == ConfigNode.ScalarType.CELL ->
                cells(scalar.location(), scalar.value()).stream()
                        .map(Section::shown)
                        .collect(Collectors.toSet());
            case ConfigNode.ScalarNode scalar -> Set.of(scalar.value());
            case ConfigNode.ListNode list ->
                list.items().stream().map(Section::shown).collect(Collectors.toSet());
            case ConfigNode.MappingNode any -> any;
        };
    }

    /** Returns the value of a key as written; empty for none. */
    String text(String key) {
        ConfigNode node = get(key);
        return node == null ? "" : shown(node);
    }

    /** Returns the value of a key; empty if it is missing or wrong, which is no fault yet. */
    <T> Optional<T> peek(String key, Syntax<T> syntax) {
        try {
            return has(key) ? Optional.of(syntax.parse(text(key))) : Optional.empty();
        } catch (MalformedValueException malformed) {
            return Optional.empty();
        }
    }

    /** Returns a syntax whose message says how to separate entries if a cell has another separator. */
    private static <T> Syntax<T> separated(ConfigNode item, Syntax<T> syntax) {
        boolean cell = item instanceof ConfigNode.ScalarNode scalar && scalar.type() == ConfigNode.ScalarType.CELL;
        return !cell
                ? syntax
                : value -> {
                    try {
                        return syntax.parse(value);
                    } catch (MalformedValueException malformed) {
                        throw value.matches("(?s).*[,;/\\s].*")
                                ? new MalformedValueException(malformed.allowed() + "; separate entries with |")
                                : malformed;
                    }
                };
    }

    /** Returns the items of a list like {@link #list}; an empty or missing list is a fault. */
    <T> Set<T> requiredList(String key, Syntax<T> syntax) {
        ConfigNode node = get(key);
        if (node == null
                || node instanceof ConfigNode.ListNode sequence
                        && sequence.items().isEmpty()) {
            faults.add(location(key), "must have at least one item");
        }
        return list(key, syntax);
    }

    /** Returns the mapping under a key; an empty section if the key is missing. */
    Section section(String key, List<String> known) {
        ConfigNode node = get(key);
        return of(node == null ? new ConfigNode.MappingNode(location(key), Map.of()) : node, faults, known);
    }

    /** Returns the mappings of the list under a key. */
    List<Section> sections(String key, List<String> known) {
        return items(key).stream().map(item -> of(item, faults, known)).toList();
    }

    /** Returns all keys in file order. */
    Set<String> keys() {
        return mapping.entries().keySet();
    }

    /** Returns the mapping under a key, whose keys may be any. */
    Section sectionWithAnyKeys(String key) {
        ConfigNode node = get(key);
        return node instanceof ConfigNode.MappingNode any ? new Section(any, faults) : section(key, List.of());
    }

    /** Adds a fault of a key's value. */
    void fault(String key, String allowed) {
        faults.add(location(key), text(key), allowed);
    }

    SourceLocation location() {
        return mapping.location();
    }

    SourceLocation location(String key) {
        ConfigNode node = mapping.entries().get(key);
        return node == null ? mapping.location().key(key) : node.location();
    }

    /**
     * Adds a fault if an id has been used before.
     *
     * @param ids where each id so far was used first; receives this one unless it is empty
     */
    void requireUniqueId(String id, Map<String, SourceLocation> ids) {
        SourceLocation first = id.isEmpty() ? null : ids.putIfAbsent(id, location("id"));
        if (first != null) {
            fault("id", "is already used in " + first.file() + ", line " + first.line() + "; ids must be unique");
        }
    }

    private @Nullable ConfigNode get(String key) {
        ConfigNode node = mapping.entries().get(key);
        return node == null || node.isEmpty() ? null : node;
    }

    private List<ConfigNode> items(String key) {
        ConfigNode node = get(key);
        return switch (node) {
            case null -> List.of();
            case ConfigNode.ListNode sequence -> sequence.items();
            case ConfigNode.ScalarNode(SourceLocation location, ConfigNode.ScalarType kind, String value)
            when kind == ConfigNode.ScalarType.CELL -> cells(location, value);
            default -> {
                faults.add(node.location(), shown(node), "must be a list: [a, b], or one item on each line after '- '");
                yield List.of();
            }
        };
    }

    private static List<ConfigNode> cells(SourceLocation location, String value) {
        List<ConfigNode> items = new ArrayList<>();
        for (String item : value.split("\\|")) {
            if (!item.isBlank()) {
                items.add(new ConfigNode.ScalarNode(location, ConfigNode.ScalarType.CELL, item.strip()));
            }
        }
        return items;
    }

    private <T> @Nullable T value(ConfigNode node, Syntax<T> syntax) {
        if (!(node instanceof ConfigNode.ScalarNode scalar)) {
            faults.add(node.location(), "must be a single value, not a list or mapping");
            return null;
        }
        if (scalar.type() != ConfigNode.ScalarType.CELL && scalar.type() != syntax.scalarType()) {
            faults.add(node.location(), scalar.value(), allowed(syntax, scalar.value()));
            return null;
        }
        try {
            return syntax.parse(scalar.value());
        } catch (MalformedValueException malformed) {
            faults.add(node.location(), scalar.value(), malformed.allowed());
            return null;
        }
    }

    /**
     * Returns the correction for a value of the wrong YAML type: to add or remove quotes if the value itself is valid,
     * otherwise what the syntax allows.
     */
    private static String allowed(Syntax<?> syntax, String value) {
        try {
            syntax.parse(value);
            return "must be " + syntax.scalarType().label
                    + (syntax.scalarType() == ConfigNode.ScalarType.TEXT
                            ? "; put it in quotes"
                            : "; remove the quotes");
        } catch (MalformedValueException malformed) {
            return malformed.allowed();
        }
    }

    private static String shown(ConfigNode node) {
        return node instanceof ConfigNode.ScalarNode scalar ? scalar.value() : "";
    }
}
