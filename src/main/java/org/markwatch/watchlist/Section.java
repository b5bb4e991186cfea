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
    private final Node.Mapping mapping;
    private final Faults faults;

    private Section(Node.Mapping mapping, Faults faults, List<String> known) {
        this.mapping = mapping;
        this.faults = faults;
        for (Map.Entry<String, Node> entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                faults.add(
                        entry.getValue().place(), "is not a known key; " + Nearest.suggestion(entry.getKey(), known));
            }
        }
    }

    /** A section of {@code node}, empty after a fault if it is no mapping. */
    static Section of(Node node, Faults faults, List<String> known) {
        if (node instanceof Node.Mapping mapping) {
            return new Section(mapping, faults, known);
        }
        if (!node.isEmpty()) {
            faults.add(node.place(), "must be keys with values; known keys: " + String.join(", ", known));
        }
        return new Section(new Node.Mapping(node.place(), Map.of()), faults, known);
    }

    boolean has(String key) {
        return get(key) != null;
    }

    <T> T required(String key, Syntax<T> syntax, T standIn) {
        if (!has(key)) {
            faults.add(place(key), "is required");
            return standIn;
        }
        return optional(key, syntax, standIn);
    }

    <T> T optional(String key, Syntax<T> syntax, T otherwise) {
        Node node = get(key);
        T value = node == null ? null : value(node, syntax);
        return value == null ? otherwise : value;
    }

    <T> @Nullable T optional(String key, Syntax<T> syntax) {
        Node node = get(key);
        return node == null ? null : value(node, syntax);
    }

    /** The items of a list, without those that have faults; an item that stands twice is a fault. */
    <T> Set<T> list(String key, Syntax<T> syntax) {
        Set<T> values = new LinkedHashSet<>();
        for (Node item : items(key)) {
            T value = value(item, syntax);
            if (value != null && !values.add(value)) {
                faults.add(item.place(), shown(item), "stands twice in the list; keep one");
            }
        }
        return values;
    }

    /** A list that must have an item. */
    <T> Set<T> requiredList(String key, Syntax<T> syntax) {
        Node node = get(key);
        if (node == null
                || node instanceof Node.Sequence sequence && sequence.items().isEmpty()) {
            faults.add(place(key), "must have at least one item");
        }
        return list(key, syntax);
    }

    Section section(String key, List<String> known) {
        Node node = get(key);
        return of(node == null ? new Node.Mapping(place(key), Map.of()) : node, faults, known);
    }

    List<Section> sections(String key, List<String> known) {
        return items(key).stream().map(item -> of(item, faults, known)).toList();
    }

    /** The keys of a mapping whose keys are free, in file order. */
    Set<String> keys() {
        return mapping.entries().keySet();
    }

    /** The keys of the free mapping under {@code key}, as a section that knows them all. */
    Section free(String key) {
        Node node = get(key);
        return node instanceof Node.Mapping free
                ? new Section(free, faults, List.copyOf(free.entries().keySet()))
                : section(key, List.of());
    }

    void fault(String key, String allowed) {
        Node node = get(key);
        faults.add(place(key), node == null ? "" : shown(node), allowed);
    }

    Place place() {
        return mapping.place();
    }

    Place place(String key) {
        Node node = mapping.entries().get(key);
        return node == null ? mapping.place().key(key) : node.place();
    }

    private @Nullable Node get(String key) {
        Node node = mapping.entries().get(key);
        return node == null || node.isEmpty() ? null : node;
    }

    private List<Node> items(String key) {
        Node node = get(key);
        return switch (node) {
            case null -> List.of();
            case Node.Sequence sequence -> sequence.items();
            case Node.Scalar(Place place, Node.Kind kind, String value)
            when kind == Node.Kind.CELL -> cells(place, value);
            default -> {
                faults.add(node.place(), shown(node), "must be a list: [a, b], or one item a line after '- '");
                yield List.of();
            }
        };
    }

    private static List<Node> cells(Place place, String value) {
        List<Node> items = new ArrayList<>();
        for (String item : value.split("\\|")) {
            if (!item.isBlank()) {
                items.add(new Node.Scalar(place, Node.Kind.CELL, item.strip()));
            }
        }
        return items;
    }

    private <T> @Nullable T value(Node node, Syntax<T> syntax) {
        if (!(node instanceof Node.Scalar scalar)) {
            faults.add(node.place(), "must be one value, not a list or keys");
            return null;
        }
        if (scalar.kind() != Node.Kind.CELL && scalar.kind() != syntax.kind()) {
            faults.add(node.place(), scalar.value(), wanted(syntax, scalar.value()));
            return null;
        }
        try {
            return syntax.parse(scalar.value());
        } catch (Malformed malformed) {
            faults.add(node.place(), scalar.value(), malformed.allowed());
            return null;
        }
    }

    /** Says what the key wants in its own words where it can, for {@code delay: 5} wants a unit and not quotes. */
    private static String wanted(Syntax<?> syntax, String value) {
        try {
            syntax.parse(value);
            return "must be " + syntax.kind().label
                    + (syntax.kind() == Node.Kind.TEXT ? "; put it in quotes" : "; take off the quotes");
        } catch (Malformed malformed) {
            return malformed.allowed();
        }
    }

    private static String shown(Node node) {
        return node instanceof Node.Scalar scalar ? scalar.value() : "";
    }
}
