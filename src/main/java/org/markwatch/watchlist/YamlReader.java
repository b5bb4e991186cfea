package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * Reads a file with one YAML 1.2 document from the events of the parser.
 *
 * <p>It rejects anchors, aliases and tags, so that a document cannot expand by aliases or construct objects.
 */
final class YamlReader {
    private static final int MAX_DEPTH = 16;
    private static final ScalarResolver CORE_SCHEMA = new CoreScalarResolver(false);

    private final String file;
    private final Iterator<Event> events;

    private YamlReader(String file, String text) {
        this.file = file;
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /**
     * Returns the document, an empty mapping for an empty file, or null after a fault.
     *
     * @param file path for faults
     */
    static @Nullable ConfigNode read(String file, String text, Faults faults) {
        try {
            return new YamlReader(file, text).document();
        } catch (UnsupportedYamlException e) {
            faults.add(e.location, e.allowed());
        } catch (MarkedYamlEngineException broken) {
            int line = broken.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            faults.add(SourceLocation.of(file, line), "must be YAML: " + broken.getProblem());
        } catch (YamlEngineException broken) {
            faults.add(SourceLocation.of(file), "must be YAML: " + broken.getMessage());
        }
        return null;
    }

    private ConfigNode document() throws UnsupportedYamlException {
        ConfigNode root = null;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent) {
                if (root != null) {
                    throw new UnsupportedYamlException(
                            SourceLocation.of(file, line(event)),
                            "must have one document; remove the text after '---'");
                }
                root = node(event, SourceLocation.of(file), 1);
            }
        }
        return root == null ? new ConfigNode.MappingNode(SourceLocation.of(file), Map.of()) : root;
    }

    private ConfigNode node(Event event, SourceLocation parent, int depth) throws UnsupportedYamlException {
        SourceLocation location = parent.atLine(line(event));
        if (depth > MAX_DEPTH) {
            throw new UnsupportedYamlException(location, "is nested deeper than " + MAX_DEPTH + " levels");
        }
        if (event instanceof AliasEvent
                || event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw new UnsupportedYamlException(
                    location, "anchors (&) and aliases (*) are not allowed; repeat the value, or put it in quotes");
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                rejectTag(location, scalar.getTag().isPresent());
                yield new ConfigNode.ScalarNode(location, kind(scalar), scalar.getValue());
            }
            case SequenceStartEvent start -> {
                rejectTag(location, start.getTag().isPresent());
                yield sequence(location, depth);
            }
            case MappingStartEvent start -> {
                rejectTag(location, start.getTag().isPresent());
                yield mapping(location, depth);
            }
            default -> throw new UnsupportedYamlException(location, "must be a value");
        };
    }

    private ConfigNode sequence(SourceLocation location, int depth) throws UnsupportedYamlException {
        List<ConfigNode> items = new ArrayList<>();
        for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
            items.add(node(next, location.listItem(items.size()), depth + 1));
        }
        return new ConfigNode.ListNode(location, items);
    }

    private ConfigNode mapping(SourceLocation location, int depth) throws UnsupportedYamlException {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        for (Event next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
            if (!(next instanceof ScalarEvent key)) {
                throw new UnsupportedYamlException(location.atLine(line(next)), "must have scalar keys");
            }
            SourceLocation entry = location.key(key.getValue()).atLine(line(next));
            ConfigNode value = node(events.next(), entry, depth + 1);
            if (entries.putIfAbsent(key.getValue(), value) != null) {
                throw new UnsupportedYamlException(entry, "occurs twice in the same mapping; keep one");
            }
        }
        return new ConfigNode.MappingNode(location, entries);
    }

    private static void rejectTag(SourceLocation location, boolean tagged) throws UnsupportedYamlException {
        if (tagged) {
            throw new UnsupportedYamlException(location, "tags (!) are not allowed; put the value in quotes");
        }
    }

    private static ConfigNode.ScalarType kind(ScalarEvent scalar) {
        if (!scalar.isPlain()) {
            return ConfigNode.ScalarType.TEXT;
        }
        Tag tag = CORE_SCHEMA.resolve(scalar.getValue(), true);
        if (tag.equals(Tag.INT)) {
            return ConfigNode.ScalarType.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return ConfigNode.ScalarType.DECIMAL;
        }
        if (tag.equals(Tag.BOOL)) {
            return ConfigNode.ScalarType.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? ConfigNode.ScalarType.NULL : ConfigNode.ScalarType.TEXT;
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    /** Thrown for well-formed YAML that a job-config may not use. */
    private static final class UnsupportedYamlException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient SourceLocation location;

        UnsupportedYamlException(SourceLocation location, String allowed) {
            super(allowed, null, false, false);
            this.location = location;
        }

        String allowed() {
            return String.valueOf(getMessage());
        }
    }
}
