package org.markwatch.queue;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * A sentence for people in any language: its key in the message files, and the values in it.
 *
 * @param values numbers, or texts that are the same in every language
 */
public record Sentence(String key, List<Object> values) {
    public Sentence {
        values = List.copyOf(values);
    }

    /** Returns the sentence with this key; {@code values} are its parameters {@code {0}}, {@code {1}} and so on. */
    public static Sentence of(String key, Object... values) {
        return new Sentence(key, List.of(values));
    }

    /** Returns the sentence in English, for programs, logs and the command line. */
    public String english() {
        String text = ResourceBundle.getBundle("messages", Locale.ROOT).getString(key);
        return new MessageFormat(text, Locale.ENGLISH).format(values.toArray());
    }
}
