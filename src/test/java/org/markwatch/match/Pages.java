package org.markwatch.match;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.markwatch.extract.PageText;
import org.markwatch.extract.Passage;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;

/** Builds pages passage by passage, with offsets by field as the extractor gives them. */
public final class Pages {
    private final HttpUrl url;
    private final List<Passage> passages = new ArrayList<>();
    private final Map<Field, StringBuilder> fields = new EnumMap<>(Field.class);

    private Pages(String url) {
        this.url = HttpUrl.of(url);
        with(Field.URL, "host", this.url.host());
    }

    public static Pages at(String url) {
        return new Pages(url);
    }

    public static Pages page() {
        return at("https://store.example/");
    }

    public Pages with(Field field, String detail, String text) {
        return with(field, detail, text, false);
    }

    /** Text that markup hides. */
    public Pages hidden(String text) {
        return with(Field.TEXT, "p", text, true);
    }

    public Pages hidden(Field field, String detail, String text) {
        return with(field, detail, text, true);
    }

    private Pages with(Field field, String detail, String text, boolean hidden) {
        StringBuilder all = fields.computeIfAbsent(field, f -> new StringBuilder());
        if (!all.isEmpty()) {
            all.append('\n');
        }
        passages.add(new Passage(field, detail, text, all.length(), hidden));
        all.append(text);
        return this;
    }

    public Pages text(String text) {
        return with(Field.TEXT, "p", text);
    }

    public Pages image(String detail, String text) {
        return with(Field.IMAGE, detail, text);
    }

    public PageText build() {
        return new PageText(url, "", "", passages);
    }

    public String field(Field field) {
        return fields.getOrDefault(field, new StringBuilder()).toString();
    }
}
