package org.markwatch.watchlist;

/**
 * Points of the features of each kind of use that is decided by evidence.
 *
 * @param acceptance    claims of acceptance
 * @param logo          references to pictures that draw the mark
 * @param impersonation impersonations
 */
public record EvidenceTables(EvidenceTable acceptance, EvidenceTable logo, EvidenceTable impersonation) {

    /** Returns the built-in tables. */
    public static EvidenceTables builtIn() {
        return EvidenceFile.BuiltInEvidence.TABLES;
    }
}
