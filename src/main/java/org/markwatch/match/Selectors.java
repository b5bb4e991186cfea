package org.markwatch.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.markwatch.extract.Passage;
import org.markwatch.text.FoldedText;

/** Selectors by the last name of their paths, so that a value meets only those that could mean it. */
final class Selectors {
    private final Map<String, List<At>> byName = new HashMap<>();

    private record At(Selector selector, int indicator) {}

    void add(Selector selector, int indicator) {
        byName.computeIfAbsent(selector.name(), n -> new ArrayList<>()).add(new At(selector, indicator));
    }

    /**
     * @param types of the page's objects
     * @param text  the passage's text, folded
     */
    void find(Passage passage, JsonLdTypes types, FoldedText text, ValueSink found) {
        List<At> candidates = byName.get(Selector.nameOf(passage).toLowerCase(Locale.ROOT));
        if (candidates == null) {
            return;
        }
        for (At at : candidates) {
            if (at.selector.selects(passage, types)) {
                RegexRule value = at.selector.value();
                if (value == null) {
                    found.add(at.indicator, 0, passage.text().length());
                } else {
                    value.search(
                            text,
                            0,
                            Math.min(text.length(), RegexRule.BOUND),
                            (target, start, end) ->
                                    found.add(at.indicator, text.sourceStart(start), text.sourceEnd(end)));
                }
            }
        }
    }
}
