package org.markwatch.review.team;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.markwatch.watchlist.LineBreaks;
import org.markwatch.watchlist.edit.ConfigEntry;
import org.markwatch.watchlist.edit.ConfigFolder;
import org.markwatch.watchlist.edit.EntryChange;
import org.markwatch.watchlist.edit.EntryChange.EntryAction;
import org.markwatch.watchlist.edit.EntryField;
import org.markwatch.watchlist.edit.EntryKind;

/**
 * The form in which a change of an entry is entered.
 *
 * @param action what to do
 * @param kind   kind of the entry
 * @param file   file of the entry, relative to the job-config folder, with {@link ConfigFolder#ANY_ID} for the id of a brand
 *               that is added; may be any text
 * @param key    key of the entry; empty if it is added
 * @param values values of the fields
 * @param base   hash of the file when the form was opened; may be any text
 * @param reason why
 */
public record ProposalForm(
        EntryAction action,
        EntryKind kind,
        String file,
        String key,
        Map<String, List<String>> values,
        String base,
        String reason) {
    /** Longest reason, in characters. */
    public static final int LONGEST_REASON = 300;

    private static final int LONGEST_FIELD = 50_000;
    /** Beginning of the names of the parameters with values of fields. */
    public static final String FIELD = "field.";

    /**
     * Reads the parameters of a request.
     *
     * @throws IllegalArgumentException if they name no kind or action, or a field is too long or has control characters; the
     *                                  message says what is allowed
     */
    public static ProposalForm of(Map<String, String> parameters) {
        EntryKind kind = EntryKind.of(parameters.getOrDefault("kind", ""))
                .orElseThrow(() ->
                        new IllegalArgumentException("kind must be seed, brand, indicator, merchant or schedule"));
        EntryAction action = Arrays.stream(EntryAction.values())
                .filter(each -> each.label().equals(parameters.getOrDefault("action", "")))
                .findFirst()
                .filter(each -> each == EntryAction.EDIT || kind.isAddable())
                .orElseThrow(() ->
                        new IllegalArgumentException("action must be add, edit or retire; for the schedule edit"));
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (EntryField field : kind.fields()) {
            String text = storable(parameters.getOrDefault(FIELD + field.name(), ""));
            if (text.length() > LONGEST_FIELD) {
                throw new IllegalArgumentException(
                        field.name() + " must have at most " + LONGEST_FIELD + " characters");
            }
            List<String> items = (field.isList() ? text.lines() : List.of(text).stream())
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .distinct()
                    .toList();
            items.forEach(item -> requireOneLine(field.name(), item));
            if (!items.isEmpty()) {
                values.put(field.name(), items);
            }
        }
        for (String name : List.of("file", "key", "base", "reason")) {
            requireOneLine(name, storable(parameters.getOrDefault(name, "")).strip());
        }
        return new ProposalForm(
                action,
                kind,
                parameters.getOrDefault("file", ""),
                parameters.getOrDefault("key", ""),
                values,
                parameters.getOrDefault("base", ""),
                storable(parameters.getOrDefault("reason", "")).strip());
    }

    /** A line break within a value would give the file, and the difference that is approved, lines of their own. */
    private static void requireOneLine(String field, String value) {
        value.codePoints().filter(LineBreaks::contains).findFirst().ifPresent(found -> {
            throw new IllegalArgumentException(
                    String.format("%s must be one line without control characters, has U+%04X", field, found));
        });
    }

    /** Returns a text without the code points that PostgreSQL cannot store: U+0000 and unpaired surrogates. */
    static String storable(String text) {
        return text.codePoints()
                .filter(c -> c != 0 && Character.getType(c) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Returns a form that is filled in with an entry. */
    public static ProposalForm of(
            EntryAction action, EntryKind kind, String file, String key, Map<String, List<String>> values) {
        return new ProposalForm(action, kind, file, key, values, "", "");
    }

    /**
     * Returns a form that is filled in with what an entry was before a proposal; empty if that is not known.
     */
    static Optional<ProposalForm> back(Proposal proposal) {
        EntryChange change = proposal.change();
        Map<String, List<String>> before = proposal.before();
        if (before == null) {
            return Optional.empty();
        }
        boolean removed =
                change.action() == EntryAction.RETIRE && change.values().isEmpty();
        EntryAction action =
                removed ? EntryAction.ADD : change.action() == EntryAction.ADD ? EntryAction.RETIRE : EntryAction.EDIT;
        String key = ConfigEntry.key(change.kind(), change.values());
        return Optional.of(of(
                action,
                change.kind(),
                change.file(),
                // earlier releases stored no id of a brand
                key.isEmpty() && !removed ? change.key() : key,
                action == EntryAction.RETIRE ? change.values() : before));
    }

    /** Returns a form for the same change with another file and other values. */
    ProposalForm with(String otherFile, Map<String, List<String>> otherValues) {
        return new ProposalForm(action, kind, otherFile, key, otherValues, base, reason);
    }

    /** Returns whether it has a reason that can be stored. */
    public boolean hasReason() {
        return !reason.isEmpty() && reason.length() <= LONGEST_REASON;
    }

    /** Returns the change; the state of a retired indicator is {@code retired}, and a removed entry has no values. */
    EntryChange change() {
        Map<String, List<String>> after = new LinkedHashMap<>(values);
        if (action == EntryAction.ADD) {
            String named = file.replace(ConfigFolder.ANY_ID, ConfigEntry.key(kind, values));
            return new EntryChange(action, kind, kind == EntryKind.BRAND ? named : file, "", after);
        }
        if (action == EntryAction.RETIRE && kind == EntryKind.INDICATOR) {
            after.put("state", List.of("retired"));
        } else if (action == EntryAction.RETIRE) {
            after.clear();
        }
        return new EntryChange(action, kind, file, key, after);
    }

    /** Returns the fields with what is entered, for the template; none if the entry is only removed. */
    public List<FormField> fields() {
        return action == EntryAction.RETIRE
                ? List.of()
                : kind.fields().stream().map(this::field).toList();
    }

    /** Returns whether a rare field has a value. */
    public boolean hasRareValue() {
        return fields().stream().anyMatch(field -> field.rare() && !field.text().isEmpty());
    }

    private FormField field(EntryField field) {
        // what decisions, grants and rules say of a brand is under its id
        boolean fixed = kind == EntryKind.BRAND
                && action == EntryAction.EDIT
                && field.name().equals("id");
        String text = fixed ? key : String.join("\n", values.getOrDefault(field.name(), List.of()));
        return new FormField(
                FIELD + field.name(),
                field.name(),
                field.name().replace('_', ' '),
                field.isList(),
                choices(field, text),
                field.type() == EntryField.FieldType.FLAG,
                field.rare(),
                fixed,
                text);
    }

    private static List<String> choices(EntryField field, String text) {
        List<String> choices = field.type() == EntryField.FieldType.FLAG
                ? List.of("", "true", "false")
                : field.name().equals("state") ? List.of("", "draft", "background", "live", "retired") : List.of();
        return choices.isEmpty() || choices.contains(text)
                ? choices
                : Stream.concat(choices.stream(), Stream.of(text)).toList();
    }

    /**
     * A field of the form.
     *
     * @param name    name in the request
     * @param code    name in the file
     * @param list    whether each line is an item
     * @param choices the values that it can have, {@code ""} for none; empty if it can have others
     * @param flag    whether it is true or false
     * @param rare    whether it is folded
     * @param fixed   whether it cannot be changed
     * @param text    what is entered
     */
    record FormField(
            String name,
            String code,
            String label,
            boolean list,
            List<String> choices,
            boolean flag,
            boolean rare,
            boolean fixed,
            String text) {}
}
