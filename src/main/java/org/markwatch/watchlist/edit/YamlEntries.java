package org.markwatch.watchlist.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.edit.EditException.Why;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML file whose entries are the mappings of a list, a section of the document, or the document itself. It changes the characters of the values
 * that change and no others, so that comments, order and style of the file stay.
 */
final class YamlEntries implements EntryFile {

    private final EntryKind kind;
    private final YamlText text;
    private final MappingNode document;
    private final @Nullable SequenceNode list;
    private final List<MappingNode> mappings = new ArrayList<>();
    /** Values that the entries have from the rest of the document. */
    private final Map<String, List<String>> implied;

    private YamlEntries(EntryKind kind, String text, MappingNode document) {
        this.kind = kind;
        this.text = new YamlText(text);
        this.document = document;
        Node id = value(document, "id");
        this.implied = kind == EntryKind.MERCHANT && id != null ? Map.of("brand", values(id)) : Map.of();
        this.list = kind.isInList() && value(document, kind.label() + "s") instanceof SequenceNode found ? found : null;
        if (kind == EntryKind.SCHEDULE) {
            if (value(document, kind.label()) instanceof MappingNode section) {
                mappings.add(section);
            }
        } else if (!kind.isInList()) {
            mappings.add(document);
        } else if (list != null) {
            for (Node item : list.getValue()) {
                if (item instanceof MappingNode mapping) {
                    mappings.add(mapping);
                }
            }
        }
    }

    /** @throws EditException if the text is no YAML mapping */
    static YamlEntries of(EntryKind kind, String text) throws EditException {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        try {
            Node document = new Compose(settings).composeString(text).orElse(null);
            if (document instanceof MappingNode mapping) {
                return new YamlEntries(kind, text, mapping);
            }
        } catch (YamlEngineException broken) {
            throw new EditException(Why.NOT_YAML);
        }
        throw new EditException(Why.NO_KEYS);
    }

    @Override
    public List<ConfigEntry> entries() {
        if (kind == EntryKind.SCHEDULE && mappings.isEmpty()) {
            return List.of(ConfigEntry.of(kind, 1, Map.of())); // what is not written has its defaults
        }
        List<ConfigEntry> entries = new ArrayList<>();
        for (MappingNode mapping : mappings) {
            Map<String, List<String>> values = new LinkedHashMap<>(implied);
            for (NodeTuple tuple : mapping.getValue()) {
                values.put(name(tuple), values(tuple.getValueNode()));
            }
            entries.add(ConfigEntry.of(kind, text.line(mapping), values));
        }
        return entries;
    }

    @Override
    public String edited(int index, Map<String, List<String>> values) throws EditException {
        if (mappings.isEmpty()) {
            return begun(values);
        }
        MappingNode mapping = mappings.get(index);
        List<NodeTuple> tuples = mapping.getValue();
        List<NodeTuple> kept = new ArrayList<>(tuples);
        Map<String, List<String>> added = new LinkedHashMap<>();
        YamlText.Edits edits = text.edits();
        for (EntryField field : kind.fields()) {
            List<String> after = values.getOrDefault(field.name(), List.of());
            if (implied.containsKey(field.name())) {
                if (!after.equals(implied.get(field.name()))) {
                    throw new EditException(Why.FIELD_OF_FILE, field.name());
                }
                continue;
            }
            NodeTuple tuple = tuples.stream()
                    .filter(each -> name(each).equals(field.name()))
                    .findFirst()
                    .orElse(null);
            if (tuple == null) {
                if (!after.isEmpty()) {
                    added.put(field.name(), after);
                }
            } else if (after.isEmpty()) {
                kept.remove(tuple);
                edits.removeKey(mapping, tuple);
            } else {
                change(edits, field, tuple.getValueNode(), after);
            }
        }
        if (kept.isEmpty()) {
            return replaced(mapping, added);
        }
        if (!added.isEmpty()) {
            insertKeys(edits, mapping, kept.getLast(), added);
        }
        return edits.apply();
    }

    /** Returns the text with the keys of a section that has none. */
    private String begun(Map<String, List<String>> values) throws EditException {
        NodeTuple section = tuple(document, kind.label());
        boolean unwritten = section != null
                && section.getValueNode() instanceof ScalarNode scalar
                && scalar.getValue().isEmpty();
        if (document.getFlowStyle() == FlowStyle.FLOW || section != null && !unwritten) {
            throw new EditException(Why.NOT_AS_ASKED);
        }
        List<String> lines = new ArrayList<>();
        if (section == null) {
            lines.add(kind.label() + ":");
        }
        YamlText.keys(kind, values).forEach(line -> lines.add("  " + line));
        YamlText.Edits edits = text.edits();
        edits.insertLines(section == null ? document.getValue().getLast().getValueNode() : section.getKeyNode(), lines);
        return edits.apply();
    }

    /** Returns the text with other keys in place of all that a section has. */
    private String replaced(MappingNode mapping, Map<String, List<String>> values) throws EditException {
        if (kind != EntryKind.SCHEDULE) {
            throw new EditException(Why.EMPTY_ENTRY);
        }
        YamlText.Edits edits = text.edits();
        edits.replaceKeys(mapping, YamlText.keys(kind, values));
        return edits.apply();
    }

    private static void change(YamlText.Edits edits, EntryField field, Node value, List<String> after) {
        if (!field.isList() || !(value instanceof SequenceNode sequence)) {
            if (!values(value).equals(after)) {
                edits.replace(value, YamlText.rendered(field, after));
            }
            return;
        }
        List<String> before = values(value);
        List<Node> dropped = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            if (!after.contains(before.get(i))) {
                dropped.add(sequence.getValue().get(i));
            }
        }
        List<String> added =
                after.stream().filter(item -> !before.contains(item)).toList();
        if (dropped.size() == before.size()) {
            edits.replace(value, YamlText.rendered(field, after));
        } else if (!dropped.isEmpty() || !added.isEmpty()) {
            edits.changeItems(
                    sequence, dropped, added.stream().map(YamlText::scalar).toList());
        }
    }

    private void insertKeys(
            YamlText.Edits edits, MappingNode mapping, NodeTuple after, Map<String, List<String>> added) {
        List<String> lines = YamlText.keys(kind, added);
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            edits.insertAfter(after.getValueNode(), ", " + String.join(", ", lines));
        } else {
            String indent = text.indent(mapping.getValue().getFirst().getKeyNode());
            edits.insertLines(
                    after.getValueNode(),
                    lines.stream().map(line -> indent + line).toList());
        }
    }

    @Override
    public String added(Map<String, List<String>> values) throws EditException {
        if (kind == EntryKind.BRAND) {
            throw new EditException(Why.FILE_TAKEN);
        }
        if (list == null || list.getFlowStyle() == FlowStyle.FLOW || mappings.isEmpty()) {
            throw new EditException(Why.NO_BLOCK_LIST);
        }
        Node last = list.getValue().getLast();
        String indent = text.indentOfDash(last);
        List<String> lines = new ArrayList<>();
        if (kind == EntryKind.INDICATOR || text.isAfterBlankLine(last)) {
            lines.add("");
        }
        for (String line : YamlText.keys(kind, values)) {
            boolean first = lines.stream().allMatch(String::isEmpty);
            lines.add(indent + (first ? "- " : "  ") + line);
        }
        YamlText.Edits edits = text.edits();
        edits.insertLines(last, lines);
        return edits.apply();
    }

    @Override
    public String removed(int index) throws EditException {
        MappingNode mapping = mappings.get(index);
        if (kind == EntryKind.BRAND) {
            return removed(mapping);
        }
        if (list == null || mappings.size() == 1) {
            throw new EditException(Why.ONLY_ENTRY);
        }
        YamlText.Edits edits = text.edits();
        edits.changeItems(list, List.of(mapping), List.of());
        return edits.apply();
    }

    /** Returns the text of a removed file. A pack that holds more than the form shows is not removed by it. */
    private String removed(MappingNode pack) throws EditException {
        for (NodeTuple tuple : pack.getValue()) {
            if (kind.fields().stream().noneMatch(field -> field.name().equals(name(tuple)))) {
                throw new EditException(Why.OTHER_KEY, name(tuple));
            }
        }
        return "";
    }

    private static @Nullable Node value(MappingNode mapping, String key) {
        NodeTuple tuple = tuple(mapping, key);
        return tuple == null ? null : tuple.getValueNode();
    }

    private static @Nullable NodeTuple tuple(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> name(tuple).equals(key))
                .findFirst()
                .orElse(null);
    }

    private static String name(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
    }

    private static List<String> values(Node node) {
        return switch (node) {
            case ScalarNode scalar
            when scalar.isPlain() && List.of("", "~", "null").contains(scalar.getValue()) -> List.of();
            case ScalarNode scalar -> List.of(scalar.getValue());
            case SequenceNode sequence ->
                sequence.getValue().stream()
                        .map(item -> item instanceof ScalarNode scalar ? scalar.getValue() : "")
                        .toList();
            default -> List.of();
        };
    }
}
