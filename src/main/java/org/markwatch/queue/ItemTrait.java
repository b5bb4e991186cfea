package org.markwatch.queue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.score.Finding;

/**
 * Something that an item may have in common with others.
 *
 * @param value 16 hex digits of a fingerprint, {@code provider:id}, {@code format:number}, or a host name; at most {@value #MAX_LENGTH} characters
 * @param bits  the fingerprint; null for other kinds
 */
record ItemTrait(ClusterKind kind, String value, @Nullable Long bits) {
    /** Near-duplicates differ in at most 3 of 64 bits (Manku, Jain and Das Sarma 2007, section 4). */
    static final int NEAR = 3;

    private static final int MAX_LENGTH = 300;

    /** Returns the traits of a finding with a value that can be stored, the host first. */
    static List<ItemTrait> of(Finding finding) {
        Set<ItemTrait> traits = new LinkedHashSet<>();
        traits.add(new ItemTrait(ClusterKind.HOST, finding.url().host(), null));
        for (String trait : finding.traits()) {
            int colon = trait.indexOf(':');
            String kind = trait.substring(0, Math.max(colon, 0));
            String value = trait.substring(colon + 1);
            switch (kind) {
                case "dom" -> traits.add(fingerprint(ClusterKind.STRUCTURE, value));
                case "text" -> traits.add(fingerprint(ClusterKind.WORDING, value));
                case "account" -> traits.add(new ItemTrait(ClusterKind.ACCOUNT, StoredText.of(value), null));
                case "shell", "" -> {
                    // says how the page is built, not whose it is
                }
                default -> traits.add(new ItemTrait(ClusterKind.ANALYTICS, StoredText.of(trait), null));
            }
        }
        traits.removeIf(trait -> trait.value().isEmpty() || trait.value().length() > MAX_LENGTH);
        return List.copyOf(traits);
    }

    private static ItemTrait fingerprint(ClusterKind kind, String hex) {
        return new ItemTrait(kind, hex, Long.parseUnsignedLong(hex, 16));
    }

    /** Returns whether both are fingerprints of the same kind that differ in at most {@value #NEAR} bits. */
    boolean isNear(ItemTrait other) {
        return kind == other.kind && bits != null && other.bits != null && Long.bitCount(bits ^ other.bits) <= NEAR;
    }
}
