package org.markwatch.report;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@link Format#JSONL}. */
final class JsonLines implements RowFormat.Rows {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Appendable out;
    private final List<String> headers;

    JsonLines(Appendable out, List<String> headers) {
        this.out = out;
        this.headers = headers;
    }

    @Override
    public void add(List<?> values) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < headers.size(); i++) {
            object.put(headers.get(i), values.get(i));
        }
        out.append(JSON.writeValueAsString(object)).append('\n');
    }
}
