package org.markwatch.review;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.ActionKind;
import org.markwatch.queue.Confidence;
import org.markwatch.queue.Decision;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.DecisionRequest;
import org.markwatch.queue.EntryException;
import org.markwatch.queue.Item;
import org.markwatch.queue.Sentence;

/**
 * The decision form as submitted. The console keeps its entries as a draft until the item is decided.
 *
 * @param action   label of an {@link ActionKind}; empty for the usual action of the decision
 * @param evidence {@link Item#evidenceSha256}, or token of the plan, that the page with the form showed
 * @param draft    not empty if the request has the entries of the form; requests of a page without the form do not
 */
public record DecisionForm(
        String verdict,
        String severity,
        String confidence,
        String reason,
        String note,
        String validUntil,
        String duplicateOf,
        String action,
        String evidence,
        String draft) {
    /** Longest entry that a draft keeps, in characters: longer ones than a decision may have, so that nothing is lost. */
    private static final int MAX_ENTRY = 20_000;

    /** Cuts entries that are far too long; null is an empty entry. */
    public DecisionForm(
            @Nullable String verdict,
            @Nullable String severity,
            @Nullable String confidence,
            @Nullable String reason,
            @Nullable String note,
            @Nullable String validUntil,
            @Nullable String duplicateOf,
            @Nullable String action,
            @Nullable String evidence,
            @Nullable String draft) {
        this.verdict = entry(verdict);
        this.severity = entry(severity);
        this.confidence = entry(confidence);
        this.reason = entry(reason);
        this.note = entry(note);
        this.validUntil = entry(validUntil);
        this.duplicateOf = entry(duplicateOf);
        this.action = entry(action);
        this.evidence = entry(evidence);
        this.draft = entry(draft);
    }

    /** Returns a form without entries. */
    public static DecisionForm empty() {
        return new DecisionForm(null, null, null, null, null, null, null, null, null, null);
    }

    /** Returns a form for an item with the entries of a draft; {@link #fields} of a form. */
    static DecisionForm of(Item item, Map<String, String> fields) {
        return new DecisionForm(
                fields.get("verdict"),
                fields.getOrDefault("severity", item.severity()),
                fields.get("confidence"),
                fields.get("reason"),
                fields.get("note"),
                fields.get("validUntil"),
                fields.get("duplicateOf"),
                fields.get("action"),
                item.evidenceSha256(),
                "kept");
    }

    /** Returns a form for a cluster with the entries of a draft; {@link #fields} of a form. */
    public static DecisionForm of(Map<String, String> fields) {
        return new DecisionForm(
                fields.get("verdict"),
                fields.get("severity"),
                fields.get("confidence"),
                fields.get("reason"),
                fields.get("note"),
                fields.get("validUntil"),
                fields.get("duplicateOf"),
                fields.get("action"),
                null,
                "kept");
    }

    /** Returns the form with a severity if it has none. */
    public DecisionForm withPresetSeverity(String preset) {
        return severity.isEmpty()
                ? new DecisionForm(
                        verdict, preset, confidence, reason, note, validUntil, duplicateOf, action, evidence, draft)
                : this;
    }

    /** Returns the form that a request has submitted; without entries if it has none. */
    static DecisionForm of(HttpServletRequest request) {
        return new DecisionForm(
                request.getParameter("verdict"),
                request.getParameter("severity"),
                request.getParameter("confidence"),
                request.getParameter("reason"),
                request.getParameter("note"),
                request.getParameter("validUntil"),
                request.getParameter("duplicateOf"),
                request.getParameter("action"),
                request.getParameter("evidence"),
                request.getParameter("draft"));
    }

    /** Returns a form with the values of a decision. */
    static DecisionForm of(Decision decision) {
        return new DecisionForm(
                decision.kind().label(),
                decision.severity(),
                decision.confidence().label(),
                decision.reason(),
                decision.note(),
                decision.validUntil() == null ? "" : decision.validUntil().toString(),
                decision.duplicateOf() == null ? "" : decision.duplicateOf().toString(),
                "",
                decision.evidenceSha256(),
                "kept");
    }

    /** Returns the entries by field, without those that are empty. */
    public Map<String, String> fields() {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "verdict", verdict,
                "severity", severity,
                "confidence", confidence,
                "reason", reason,
                "note", note,
                "validUntil", validUntil,
                "duplicateOf", duplicateOf,
                "action", action));
        fields.values().removeIf(String::isEmpty);
        return fields;
    }

    /** Returns whether the request has the entries of the form. */
    boolean isSubmitted() {
        return !draft.isEmpty();
    }

    /**
     * Returns the form as a request, with a usual reason in English. Ignores the values of fields that belong to another
     * kind of decision.
     *
     * @throws IllegalArgumentException if a value is missing or not valid; the message is a sentence for the reviewer
     */
    public DecisionRequest toRequest(ConsoleWords words) {
        DecisionKind chosen = choice(DecisionKind.class, verdict, Sentence.of("refusal.choose-decision"));
        return new DecisionRequest(
                chosen,
                severity,
                choice(Confidence.class, confidence, Sentence.of("refusal.choose-how-sure-you")),
                chosen.usualReasons().stream()
                        .filter(usual -> words.label("usual-reason", usual).equals(reason.strip()))
                        .findFirst()
                        .orElse(reason),
                note,
                chosen == DecisionKind.AUTHORISED_MERCHANT ? date() : null,
                chosen == DecisionKind.DUPLICATE_OF ? item() : null,
                evidence,
                action.isEmpty()
                        ? chosen.usualAction()
                        : ActionKind.of(action)
                                .orElseThrow(
                                        () -> new EntryException(Sentence.of("refusal.choose-one-offered-actions"))));
    }

    private @Nullable LocalDate date() {
        if (validUntil.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(validUntil.strip());
        } catch (DateTimeParseException e) {
            throw new EntryException(Sentence.of("refusal.last-day-authorisation-must"), e);
        }
    }

    private @Nullable Long item() {
        String digits = duplicateOf.strip().replaceFirst("^#", "");
        if (digits.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            throw new EntryException(Sentence.of("refusal.other-item-must-be"), e);
        }
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String value, Sentence refusal) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> new EntryException(refusal));
    }

    /** Browsers send a line break as two characters, and count it as one against the limit of a field. */
    private static String entry(@Nullable String value) {
        String entry = value == null ? "" : value.replace("\r\n", "\n");
        return entry.substring(0, Math.min(entry.length(), MAX_ENTRY));
    }
}
