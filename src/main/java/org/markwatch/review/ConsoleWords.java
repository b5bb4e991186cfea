package org.markwatch.review;

import java.text.NumberFormat;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.markwatch.queue.Refusal;
import org.markwatch.queue.Sentence;
import org.springframework.context.MessageSource;

/**
 * The texts of the console in the language of a reader. Routes have a parameter of this type, templates the variable
 * {@code words}.
 *
 * @param messages the message files
 */
public record ConsoleWords(MessageSource messages, Locale language) {
    /** Returns the texts in another language. */
    public ConsoleWords in(Locale other) {
        return new ConsoleWords(messages, other);
    }

    /** Returns a text with its values. */
    public String text(String key, Object... values) {
        return messages.getMessage(key, values, language);
    }

    /** Returns a sentence. */
    public String text(Sentence sentence) {
        return text(sentence.key(), sentence.values().toArray());
    }

    /** Returns why something is refused, as a sentence; in English if the exception has no text in other languages. */
    public String problem(Exception fault) {
        String text = fault instanceof Refusal refusal ? text(refusal.sentence()) : String.valueOf(fault.getMessage());
        return Character.isLowerCase(text.codePointAt(0))
                ? text.substring(0, 1).toUpperCase(language) + text.substring(1) + "."
                : text;
    }

    /**
     * Returns the label of a code that is stored or computed.
     *
     * @param family beginning of the keys of such labels, for example {@code verdict}
     * @param code   for example {@code false_positive}; one without a label is returned as it is
     */
    public String label(String family, String code) {
        String key =
                family + "." + code.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
        String label = messages.getMessage(key, null, null, language);
        return label == null ? code : label;
    }

    /**
     * Returns a severity, a lane or a label of {@code policies.yaml} in the language of the reader if the shipped policy has
     * it; others are in the language of those who wrote them.
     */
    public String policy(String configured) {
        String code = configured.replaceAll("[^\\p{L}\\p{N}]+", "-");
        String label = label("policy", code);
        return label.equals(code) ? configured : label;
    }

    /** Returns the name of a detail of the audit, for example {@code neverAskedFor}. */
    public String detailName(String key) {
        return label("audit.detail", key.replaceAll("([A-Z])", "-$1"));
    }

    /** Returns the name of something that runs count, for example {@code not-due}; with spaces if it has no label. */
    public String countName(String name) {
        String code = name.toLowerCase(Locale.ROOT).replace(' ', '-').replace('_', '-');
        String label = label("count", label("content", code));
        return label.equals(code) ? name.replace('-', ' ') : label;
    }

    /** Returns the labels of codes, separated by commas. */
    public String labels(String family, Collection<String> codes) {
        return codes.stream().map(code -> label(family, code)).collect(Collectors.joining(", "));
    }

    /** Returns a whole number with separators. */
    public String number(long number) {
        return NumberFormat.getIntegerInstance(language).format(number);
    }

    /** Returns a number with this many digits after the decimal point. */
    public String decimal(double number, int digits) {
        return String.format(language, "%." + digits + "f", number);
    }
}
