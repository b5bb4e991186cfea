package org.markwatch.review.action;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.markwatch.queue.ActionKind;
import org.markwatch.queue.Decision;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemEvidence;
import org.markwatch.review.Defanged;
import org.markwatch.review.PageRecords.FetchDetails;
import org.markwatch.review.context.PageSurroundings.HostAnswer;
import org.markwatch.review.context.PageSurroundings.HostCertificate;

/**
 * The text of a referral to a hotline or of a notice to an acquirer, for a person to check, complete and submit. It has the
 * defanged URL, times, rules and hashes, and no text of the page.
 */
final class Packet {
    private static final String CHANGED = "not kept: the evidence of the page has changed since the decision";

    private Packet() {}

    /**
     * @param decision decision that the action is of
     * @param evidence evidence of that decision
     * @param fetch   the last fetch of the page; empty if there is no record of one
     * @param answers addresses and certificates of its host
     */
    static String text(
            Item item,
            ActionKind kind,
            Decision decision,
            ItemEvidence evidence,
            Optional<FetchDetails> fetch,
            List<HostAnswer> answers) {
        StringBuilder text = new StringBuilder();
        if (kind == ActionKind.HOTLINE_REFERRAL) {
            text.append("""
                    REFERRAL OF A PAGE TO A NATIONAL HOTLINE
                    To: the hotline of the country that hosts the page. Look up the country in the registration of its address;
                    the list of hotlines is at inhope.org. If that country has none, use the hotline of your own country.
                    """);
        } else {
            text.append("""
                    NOTICE TO AN ACQUIRER OR PAYMENT FIRM
                    To: the acquirer of the merchant, or the firm whose payment method the page names.
                    """);
        }
        text.append("""

                From: [your organisation, name and address for questions]
                Our reference: item %d, decision %d

                PAGE
                URL (defanged: read hxxp as http, [.] as a dot): %s
                First seen: %s
                Last seen: %s
                Language stated by the page: %s
                """.formatted(
                        item.id(),
                        decision.id(),
                        Defanged.of(item.url()),
                        item.firstSeenAt(),
                        item.lastSeenAt(),
                        item.language().matches("[A-Za-z-]{2,12}") ? item.language() : "not stated"));
        fetch.ifPresent(fetched -> text.append("""
                Fetched: %s, HTTP status %d, %d bytes, by a crawler that requests text only
                """.formatted(fetched.at(), fetched.status(), fetched.bytes())));
        if (!answers.isEmpty()) {
            text.append("""

                    HOST
                    Addresses, latest first, and the certificates shown there:
                    """);
            answers.forEach(answer -> text.append(line(answer)));
        }
        text.append("""

                WHY
                Decision: %s (%s confidence, severity %s), %s
                Reason: %s
                Payment brands and kinds of use: %s
                Rules that matched, with their points:
                %s

                INTEGRITY
                SHA-256 of the evidence: %s
                SHA-256 of the rules: %s

                Nobody has seen a picture or video of this page: the program requests and shows text only, and people decided on
                text. This is a suspicion, not a confirmation.
                """.formatted(
                        decision.kind().label().replace('_', ' '),
                        decision.confidence().label(),
                        decision.severity(),
                        decision.at(),
                        Defanged.text(decision.reason()),
                        evidence.brandUses().stream()
                                .map(use -> use.brand() + " (" + use.kind() + ")")
                                .collect(Collectors.joining(", ")),
                        evidence.reasons().stream()
                                .filter(reason -> reason.points() != 0)
                                .map(reason -> "  %+d  %s, %s"
                                        .formatted(reason.points(), Defanged.text(reason.rule()), reason.group()))
                                .collect(Collectors.joining("\n")),
                        decision.evidenceSha256(),
                        decision.evidenceSha256().equals(item.evidenceSha256()) ? item.rulesetSha256() : CHANGED));
        return text.toString();
    }

    private static String line(HostAnswer answer) {
        String address = answer.address().isEmpty() ? "not known (proxy)" : Defanged.host(answer.address());
        HostCertificate certificate = answer.certificate();
        return certificate == null
                ? "  %s, no certificate (http)\n".formatted(address)
                : "  %s, certificate for %s%s, valid %s to %s\n    issuer: %s\n    SHA-256: %s\n"
                        .formatted(
                                address,
                                certificate.names().isEmpty()
                                        ? "no name"
                                        : certificate.names().stream()
                                                .map(Defanged::host)
                                                .collect(Collectors.joining(", ")),
                                certificate.moreNames() == 0 ? "" : " and " + certificate.moreNames() + " more names",
                                certificate.notBefore(),
                                certificate.notAfter(),
                                certificate.issuer().isEmpty()
                                        ? "no trusted authority"
                                        : Defanged.host(certificate.issuer()),
                                certificate.sha256());
    }
}
