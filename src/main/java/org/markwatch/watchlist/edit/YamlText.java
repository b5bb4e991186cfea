package org.markwatch.watchlist.edit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The text of a YAML document with the places of its nodes. Places are offsets in {@code char}s. */
final class YamlText {
    private static final int MAX_WIDTH = 130;
    private static final Pattern PLAIN = Pattern.compile("\\p{L}[\\p{L}\\p{N}_./-]*( [\\p{L}\\p{N}_./-]+)*");
    private static final Set<String> RESERVED = Set.of("true", "false", "null", "yes", "no", "on", "off");
    private static final Set<String> FLAGS = Set.of("true", "false");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}");

    private final String text;
    private final String lineEnd;

    YamlText(String text) {
        this.text = text;
        this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    }

    /** Returns the line of the beginning of a node, from 1. */
    int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    Edits edits() {
        return new Edits();
    }

    /** Returns the spaces before the column of a node. */
    String indent(Node node) {
        return " ".repeat(node.getStartMark().map(Mark::getColumn).orElse(0));
    }

    /** Returns what stands before the dash of an item of a block list on its line. */
    String indentOfDash(Node item) {
        int dash = dash(item);
        return " ".repeat(dash - lineStart(dash));
    }

    /** Returns whether a blank line stands before an item of a block list. */
    boolean isAfterBlankLine(Node item) {
        return text.substring(0, lineStart(dash(item))).endsWith(lineEnd + lineEnd);
    }

    private int start(Node node) {
        return offset(node.getStartMark().orElseThrow());
    }

    private int offset(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    /** Returns where the last character of a node ends; block collections end with their last value. */
    private int end(Node node) {
        if (node instanceof CollectionNode<?> collection
                && collection.getFlowStyle() != FlowStyle.FLOW
                && !collection.getValue().isEmpty()) {
            return end(
                    collection.getValue().getLast() instanceof NodeTuple tuple
                            ? tuple.getValueNode()
                            : (Node) collection.getValue().getLast());
        }
        int end = offset(node.getEndMark().orElseThrow());
        // the end of a literal or folded scalar is the beginning of a later line
        while (end > start(node) && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private int dash(Node item) {
        int place = start(item);
        if (text.charAt(place) == '-' && Character.isWhitespace(text.charAt(place + 1))) {
            return place;
        }
        return text.lastIndexOf('-', place - 1);
    }

    private int lineStart(int place) {
        return text.lastIndexOf('\n', place - 1) + 1;
    }

    /** Returns the end of the line of a place, before its line end. */
    private int lineEnd(int place) {
        int end = text.indexOf(lineEnd, place);
        return end < 0 ? text.length() : end;
    }

    private int nextLine(int place) {
        return Math.min(lineEnd(place) + lineEnd.length(), text.length());
    }

    /** Returns the fields of an entry that have values in YAML, a key with its value on each line. */
    static List<String> keys(EntryKind kind, Map<String, List<String>> values) {
        List<String> lines = new ArrayList<>();
        for (EntryField field : kind.fields()) {
            List<String> value = values.getOrDefault(field.name(), List.of());
            if (!value.isEmpty()) {
                lines.add(field.name() + ": " + rendered(field, value));
            }
        }
        return lines;
    }

    /** Returns the value of a field in YAML, on one line. */
    static String rendered(EntryField field, List<String> values) {
        return switch (field.type()) {
            case TEXT -> scalar(values.getFirst());
            case NUMBER -> NUMBER.matcher(values.getFirst()).matches() ? values.getFirst() : scalar(values.getFirst());
            case FLAG -> FLAGS.contains(values.getFirst()) ? values.getFirst() : scalar(values.getFirst());
            case LIST ->
                "[" + String.join(", ", values.stream().map(YamlText::scalar).toList()) + "]";
        };
    }

    /** Returns a text in YAML: plain if it is a few words, otherwise in quotes. */
    static String scalar(String value) {
        if (PLAIN.matcher(value).matches() && !RESERVED.contains(value.toLowerCase(Locale.ROOT))) {
            return value;
        }
        if (value.codePoints().noneMatch(YamlText::needsEscape)) {
            return "'" + value.replace("'", "''") + "'";
        }
        StringBuilder escaped = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append('\\').appendCodePoint(c);
            } else if (needsEscape(c)) {
                escaped.append(String.format("\\U%08x", c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.append('"').toString();
    }

    private static boolean needsEscape(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** Changes that do not overlap, collected and then applied together. */
    final class Edits {
        private final List<Replacement> replacements = new ArrayList<>();

        private record Replacement(int from, int to, String with) {}

        void replace(Node value, String with) {
            int from = start(value);
            int to = end(value);
            // a key without a value ends at its colon
            replacements.add(new Replacement(from, Math.max(from, to), to <= from ? " " + with : with));
        }

        void insertAfter(Node node, String addition) {
            replacements.add(new Replacement(end(node), end(node), addition));
        }

        /** Inserts lines after the line on which a node ends. */
        void insertLines(Node node, List<String> lines) {
            int place = lineEnd(end(node));
            replacements.add(new Replacement(place, place, lineEnd + String.join(lineEnd, lines)));
        }

        /** Replaces all keys of a mapping. */
        void replaceKeys(MappingNode mapping, List<String> lines) {
            List<NodeTuple> tuples = mapping.getValue();
            if (mapping.getFlowStyle() == FlowStyle.FLOW) {
                replace(mapping, "{" + String.join(", ", lines) + "}");
                return;
            }
            String indent = indent(tuples.getFirst().getKeyNode());
            replacements.add(new Replacement(
                    lineStart(start(tuples.getFirst().getKeyNode())),
                    nextLine(end(mapping)),
                    lines.stream().map(line -> indent + line + lineEnd).collect(Collectors.joining())));
        }

        /** Removes a key that is not the only one of its mapping. */
        void removeKey(MappingNode mapping, NodeTuple tuple) {
            List<NodeTuple> tuples = mapping.getValue();
            int index = tuples.indexOf(tuple);
            int from = start(tuple.getKeyNode());
            if (mapping.getFlowStyle() == FlowStyle.FLOW && index == tuples.size() - 1 && index > 0) {
                replacements.add(
                        new Replacement(end(tuples.get(index - 1).getValueNode()), end(tuple.getValueNode()), ""));
            } else if ((mapping.getFlowStyle() == FlowStyle.FLOW || index == 0) && index + 1 < tuples.size()) {
                replacements.add(
                        new Replacement(from, start(tuples.get(index + 1).getKeyNode()), ""));
            } else {
                replacements.add(
                        new Replacement(lineStart(from), nextLine(Math.max(from, end(tuple.getValueNode()))), ""));
            }
        }

        /**
         * Removes items of a list and adds others after the last one that stays.
         *
         * @param dropped items to remove, fewer than all
         * @param added   items to add, in YAML
         */
        void changeItems(SequenceNode list, List<? extends Node> dropped, List<String> added) {
            List<Node> items = list.getValue();
            int lastKept = items.size() - 1;
            while (dropped.contains(items.get(lastKept))) {
                lastKept--;
            }
            if (list.getFlowStyle() == FlowStyle.FLOW) {
                for (int i = 0; i < lastKept; i++) {
                    if (dropped.contains(items.get(i))) {
                        replacements.add(new Replacement(start(items.get(i)), start(items.get(i + 1)), ""));
                    }
                }
                int from = end(items.get(lastKept));
                replacements.add(new Replacement(from, end(items.getLast()), flow(items, from, added)));
                return;
            }
            for (Node item : dropped) {
                int from = lineStart(dash(item));
                int to = nextLine(end(item));
                boolean blank = to < text.length() && lineEnd(to) == to;
                replacements.add(new Replacement(from, blank ? nextLine(to) : to, ""));
            }
            if (!added.isEmpty()) {
                String indent = indentOfDash(items.get(lastKept));
                insertLines(
                        items.get(lastKept),
                        added.stream().map(item -> indent + "- " + item).toList());
            }
        }

        /** Returns items that follow others in a flow list, on new lines where the line would be too long. */
        private String flow(List<Node> items, int place, List<String> added) {
            StringBuilder text = new StringBuilder();
            int width = place - lineStart(place);
            for (String item : added) {
                if (width + 2 + item.length() > MAX_WIDTH) {
                    text.append(',').append(lineEnd).append(indent(items.getFirst()));
                    width = indent(items.getFirst()).length();
                } else {
                    text.append(", ");
                    width += 2;
                }
                text.append(item);
                width += item.length();
            }
            return text.toString();
        }

        String apply() {
            StringBuilder changed = new StringBuilder(text);
            replacements.stream()
                    .sorted(Comparator.comparingInt(Replacement::from)
                            .thenComparingInt(Replacement::to)
                            .reversed())
                    .forEach(each -> changed.replace(each.from, each.to, each.with));
            return changed.toString();
        }
    }
}
