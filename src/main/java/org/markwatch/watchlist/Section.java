package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping whose values are asked for by key. What is wrong becomes a fault and a stand-in value, so that reading goes on
 * and finds the next fault; a watchlist is only made of sections without faults.
 */
final class Section {
    private final ConfigNode.MappingNode mapping;
    private final Faults faults;

    private Section(ConfigNode.MappingNode mapping, Faults faults, List<String> known) {
        this.mapping = mapping;
        this.faults = faults;
        for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                faults.add(
                        entry.getValue().location(),
                        "is not a known key; " + SpellingSuggestion.suggest(entry.getKey(), known));
            }
        }
    }

    /** A section of {@code node}, empty after a fault if it is no mapping. */
    static Section of(ConfigNode node, Faults faults, List<String> known) {
        if (node instanceof ConfigNode.MappingNode mapping) {
            return new Section(mapping, faults, known);
        }
        if (!node.isEmpty()) {
            faults.add(node.location(), "must be keys with values; known keys: " + String.join(", ", known));
        }
        return new Section(new ConfigNode.MappingNode(node.location(), Map.of()), faults, known);
    }

    boolean has(String key) {
        return get(key) != null;
    }

    <T> T required(String key, Syntax<T> syntax, T standIn) {
        if (!has(key)) {
            faults.add(location(key), "is required");
            return standIn;
        }
        return optional(key, syntax, standIn);
    }

    <T> T optional(String key, Syntax<T> syntax, T otherwise) {
        ConfigNode node = get(key);
        T value = node == null ? null : value(node, syntax);
        return value == null ? otherwise : value;
    }

    <T> @Nullable T optional(String key, Syntax<T> syntax) {
        ConfigNode node = get(key);
        return node == null ? null : value(node, syntax);
    }

    /** The items of a list, without those that have faults; an item that stands twice is a fault. */
    <T> Set<T> list(String key, Syntax<T> syntax) {
        Set<T> values = new LinkedHashSet<>();
        for (ConfigNode item : items(key)) {
            T value = value(item, syntax);
            if (value != null && !values.add(value)) {
                faults.add(item.location(), shown(item), "stands twice in the list; keep one");
            }
        }
        return values;
    }

    /** A list that must have an item. */
    <T> Set<T> requiredList(String key, Syntax<T> syntax) {
        ConfigNode node = get(key);
        if (node == null
                || node instanceof ConfigNode.ListNode sequence
                        && sequence.items().isEmpty()) {
            faults.add(location(key), "must have at least one item");
        }
        return list(key, syntax);
    }

    Section section(String key, List<String> known) {
        ConfigNode node = get(key);
        return of(node == null ? new ConfigNode.MappingNode(location(key), Map.of()) : node, faults, known);
    }

    List<Section> sections(String key, List<String> known) {
        return items(key).stream().map(item -> of(item, faults, known)).toList();
    }

    /** The keys of a mapping whose keys are free, in file order. */
    Set<String> keys() {
        return mapping.entries().keySet();
    }

    /** The keys of the free mapping under {@code key}, as a section that knows them all. */
    Section sectionWithAnyKeys(String key) {
        ConfigNode node = get(key);
        return node instanceof ConfigNode.MappingNode free
                ? new Section(free, faults, List.copyOf(free.entries().keySet()))
                : section(key, List.of());
    }

    void fault(String key, String allowed) {
        ConfigNode node = get(key);
        faults.add(location(key), node == null ? "" : shown(node), allowed);
    }

    SourceLocation location() {
        return mapping.location();
    }

    SourceLocation location(String key) {
        ConfigNode node = mapping.entries().get(key);
        return node == null ? mapping.location().key(key) : node.location();
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
            case ConfigNode.ScalarNode(SourceLocation place, ConfigNode.ScalarType kind, String value)
            when kind == ConfigNode.ScalarType.CELL -> cells(place, value);
            default -> {
                faults.add(node.location(), shown(node), "must be a list: [a, b], or one item a line after '- '");
                yield List.of();
            }
        };
    }

    private static List<ConfigNode> cells(SourceLocation place, String value) {
        List<ConfigNode> items = new ArrayList<>();
        for (String item : value.split("\\|")) {
            if (!item.isBlank()) {
                items.add(new ConfigNode.ScalarNode(place, ConfigNode.ScalarType.CELL, item.strip()));
            }
        }
        return items;
    }

    private <T> @Nullable T value(ConfigNode node, Syntax<T> syntax) {
        if (!(node instanceof ConfigNode.ScalarNode scalar)) {
            faults.add(node.location(), "must be one value, not a list or keys");
            return null;
        }
        if (scalar.type() != ConfigNode.ScalarType.CELL && scalar.type() != syntax.scalarType()) {
            faults.add(node.location(), scalar.value(), wanted(syntax, scalar.value()));
            return null;
        }
        try {
            return syntax.parse(scalar.value());
        } catch (MalformedValueException malformed) {
            faults.add(node.location(), scalar.value(), malformed.allowed());
            return null;
        }
    }

    /** Says what the key wants in its own words where it can, for {@code delay: 5} wants a unit and not quotes. */
    private static String wanted(Syntax<?> syntax, String value) {
        try {
            syntax.parse(value);
            return "must be " + syntax.scalarType().label
                    + (syntax.scalarType() == ConfigNode.ScalarType.TEXT
                            ? "; put it in quotes"
                            : "; take off the quotes");
        } catch (MalformedValueException malformed) {
            return malformed.allowed();
        }
    }

    private static String shown(ConfigNode node) {
        return node instanceof ConfigNode.ScalarNode scalar ? scalar.value() : "";
    }
}
