package org.markwatch.watchlist.edit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A kind of entry of a job-config folder that can be changed by itself. */
public enum EntryKind {
    /** A seed in {@code seeds.csv} or {@code seeds.yaml}; its key is the URL in normal form. */
    SEED(
            EntryField.text("url"),
            EntryField.text("label"),
            EntryField.text("owner"),
            EntryField.text("scope"),
            EntryField.number("max_depth").asRare(),
            EntryField.number("max_pages").asRare(),
            EntryField.text("delay").asRare(),
            EntryField.text("proxy").asRare(),
            EntryField.text("robots").asRare(),
            EntryField.text("authority").asRare(),
            EntryField.list("tags").asRare()),
    /** A brand pack, a file {@code brands/ID.yaml} of its own; its key is the id. */
    BRAND(
            EntryField.text("id"),
            EntryField.text("name"),
            EntryField.flag("bank").asRare(),
            EntryField.list("aliases").asRare(),
            EntryField.list("ambiguous").asRare(),
            EntryField.list("logo_names").asRare(),
            EntryField.list("logo_classes").asRare(),
            EntryField.list("official_hosts")),
    /** An indicator in {@code indicators/*.yaml} or {@code indicators/*.csv}; its key is the id. */
    INDICATOR(
            EntryField.text("id"),
            EntryField.number("version"),
            EntryField.text("type"),
            EntryField.text("pattern"),
            EntryField.text("group"),
            EntryField.number("weight"),
            EntryField.list("scope"),
            EntryField.text("language"),
            EntryField.text("state"),
            EntryField.text("valid_from"),
            EntryField.text("valid_until"),
            EntryField.text("source"),
            EntryField.list("match"),
            EntryField.list("no_match")),
    /** A host that may show a brand, in {@code brands/merchants.csv} or in a brand pack; its key is {@code BRAND HOST}. */
    MERCHANT(EntryField.text("brand"), EntryField.text("host"), EntryField.text("owner"), EntryField.text("until")),
    /** The section {@code schedule} of {@code markwatch.yaml}, which may be missing. Cannot be added or retired. */
    SCHEDULE(EntryField.textOr("never", "cron"), EntryField.text("zone"), EntryField.list("black-outs"));

    private final List<EntryField> fields;

    EntryKind(EntryField... fields) {
        this.fields = List.of(fields);
    }

    /** Returns the fields that can be changed, in the order of a form. */
    public List<EntryField> fields() {
        return fields;
    }

    /** Returns the values of a field as people write them: an empty text by the word that the field has for it. */
    List<String> written(String name, List<String> values) {
        return values.equals(List.of(""))
                ? fields.stream()
                        .filter(field ->
                                field.name().equals(name) && !field.none().isEmpty())
                        .map(field -> List.of(field.none()))
                        .findFirst()
                        .orElse(values)
                : values;
    }

    /** Returns the name in tables and addresses, for example {@code seed}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether entries can be added and retired. */
    public boolean isAddable() {
        return this != SCHEDULE;
    }

    /** Returns whether a file has any number of entries. */
    boolean isInList() {
        return this != BRAND && this != SCHEDULE;
    }

    /** Returns the kind with this {@link #label}; empty if there is none. */
    public static Optional<EntryKind> of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }
}
