package org.markwatch.extract;

import java.util.HashMap;
import java.util.Map;

/** How an element separates the text inside it from the text around it. */
enum Layout {
    /** Its text is a separate block. */
    BLOCK,
    /** It ends a line. */
    BREAK,
    /** It is inline but separates the words before and after it, as an image does. */
    REPLACED,
    /** It does not separate text: a word may start before and end inside it. */
    INLINE;

    private static final Map<String, Layout> BY_NAME = new HashMap<>();

    static {
        String blocks = "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
                + " figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li listing"
                + " main menu nav noembed noframes noscript ol optgroup option p pre search section select summary table tbody td template"
                + " textarea tfoot th thead tr ul video xmp";
        for (String name : blocks.split(" ")) {
            BY_NAME.put(name, BLOCK);
        }
        for (String name : "audio button canvas embed img input math object picture svg".split(" ")) {
            BY_NAME.put(name, REPLACED);
        }
        BY_NAME.put("br", BREAK);
    }

    /** @param name element name in lower case; unknown elements are inline */
    static Layout of(String name) {
        return BY_NAME.getOrDefault(name, INLINE);
    }
}
