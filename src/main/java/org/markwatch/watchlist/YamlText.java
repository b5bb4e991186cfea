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
 * Reads one YAML 1.2 document straight from the parser's events.
 *
 * <p>Anchors, aliases and tags are refused: nothing in a job-config needs them, and without them there is neither an alias
 * bomb nor an object to construct.
 */
final class YamlText {
    private static final int DEPTH = 16;
    private static final ScalarResolver CORE = new CoreScalarResolver(false);

    private final String file;
    private final Iterator<Event> events;

    private YamlText(String file, String text) {
        this.file = file;
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** Returns the document, an empty mapping if there is none, or null after a fault. */
    static @Nullable Node read(String file, String text, Faults faults) {
        try {
            return new YamlText(file, text).document();
        } catch (Refused refused) {
            faults.add(refused.place, refused.allowed());
        } catch (MarkedYamlEngineException broken) {
            int line = broken.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            faults.add(Place.of(file, line), "must be YAML: " + broken.getProblem());
        } catch (YamlEngineException broken) {
            faults.add(Place.of(file), "must be YAML: " + broken.getMessage());
        }
        return null;
    }

    private Node document() throws Refused {
        Node root = null;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent) {
                if (root != null) {
                    throw new Refused(Place.of(file, line(event)), "must hold one document; remove what follows '---'");
                }
                root = node(event, Place.of(file), 1);
            }
        }
        return root == null ? new Node.Mapping(Place.of(file), Map.of()) : root;
    }

    private Node node(Event event, Place parent, int depth) throws Refused {
        Place place = parent.at(line(event));
        if (depth > DEPTH) {
            throw new Refused(place, "is nested deeper than " + DEPTH + " levels");
        }
        if (event instanceof AliasEvent
                || event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw new Refused(
                    place, "anchors (&) and aliases (*) are not allowed; repeat the value, or put it in quotes");
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                refuseTag(place, scalar.getTag().isPresent());
                yield new Node.Scalar(place, kind(scalar), scalar.getValue());
            }
            case SequenceStartEvent start -> {
                refuseTag(place, start.getTag().isPresent());
                yield sequence(place, depth);
            }
            case MappingStartEvent start -> {
                refuseTag(place, start.getTag().isPresent());
                yield mapping(place, depth);
            }
            default -> throw new Refused(place, "must be a value");
        };
    }

    private Node sequence(Place place, int depth) throws Refused {
        List<Node> items = new ArrayList<>();
        for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
            items.add(node(next, place.item(items.size()), depth + 1));
        }
        return new Node.Sequence(place, items);
    }

    private Node mapping(Place place, int depth) throws Refused {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (Event next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
            if (!(next instanceof ScalarEvent key)) {
                throw new Refused(place.at(line(next)), "keys must be plain text");
            }
            Place entry = place.key(key.getValue()).at(line(next));
            Node value = node(events.next(), entry, depth + 1);
            if (entries.putIfAbsent(key.getValue(), value) != null) {
                throw new Refused(entry, "stands twice in the same mapping; keep one");
            }
        }
        return new Node.Mapping(place, entries);
    }

    private static void refuseTag(Place place, boolean tagged) throws Refused {
        if (tagged) {
            throw new Refused(place, "tags (!) are not allowed; put the value in quotes");
        }
    }

    private static Node.Kind kind(ScalarEvent scalar) {
        if (!scalar.isPlain()) {
            return Node.Kind.TEXT;
        }
        Tag tag = CORE.resolve(scalar.getValue(), true);
        if (tag.equals(Tag.INT)) {
            return Node.Kind.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Node.Kind.DECIMAL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Node.Kind.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? Node.Kind.NULL : Node.Kind.TEXT;
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    /** Well-formed YAML that a job-config may not use. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Place place;

        Refused(Place place, String allowed) {
            super(allowed, null, false, false);
            this.place = place;
        }

        String allowed() {
            return String.valueOf(getMessage());
        }
    }
}
