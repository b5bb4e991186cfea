package org.markwatch.review;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.markwatch.review.context.PageSurroundings;
import org.markwatch.url.HttpUrl;

/** The same history and outline for every page. */
final class StubPageSurroundings implements PageSurroundings {
    @Override
    public List<PastVisit> visits(HttpUrl page, int limit) {
        return List.of(
                new PastVisit(
                        7,
                        Instant.parse("2027-03-04T01:00:00Z"),
                        "fetched",
                        200,
                        "",
                        new CertificateFaults(List.of(new CertificateFaults.NamedFault("self-signed", "")))),
                new PastVisit(
                        3,
                        Instant.parse("2027-03-01T01:00:00Z"),
                        "failed",
                        503,
                        "<b>server error</b>",
                        CertificateFaults.NONE));
    }

    @Override
    public List<KnownRedirect> redirectsTo(HttpUrl page, int limit) {
        return List.of(new KnownRedirect(HttpUrl.of("https://old.example/here"), 301));
    }

    @Override
    public List<OutlineLine> outline(HttpUrl page, int limit) {
        return List.of(
                new OutlineLine("meta", "cheap memberships", false),
                new OutlineLine("h1", "Choose a plan", false),
                new OutlineLine("form placeholder", "Card number", false),
                new OutlineLine("list item", "secret extras", true),
                new OutlineLine("h2", "Ways to pay", false));
    }

    @Override
    public List<HostAnswer> answers(HttpUrl page, int limit) {
        HostCertificate issued = new HostCertificate(
                "ab".repeat(32),
                List.of("shop.example", "*.sister.example"),
                38,
                "CN=shop.example,O=<b>Shop & Sons</b>",
                "CN=Some Authority",
                Instant.parse("2027-01-01T00:00:00Z"),
                Instant.parse("2027-04-01T00:00:00Z"));
        HostCertificate own = new HostCertificate(
                "cd".repeat(32),
                List.of("shop.example"),
                0,
                "",
                "",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"));
        return List.of(
                new HostAnswer("203.0.113.7", issued, 4, 7),
                new HostAnswer("203.0.113.9", own, 3, 3),
                new HostAnswer("", null, 2, 2));
    }

    @Override
    public List<RefusedUrls> refused(HttpUrl page) {
        return List.of(
                new RefusedUrls("image", 1240, 3, 7),
                new RefusedUrls("disallowed", 12, 3, 3),
                new RefusedUrls("limit", 5, 7, 7));
    }

    @Override
    public Optional<KnownReferences> references(HttpUrl page) {
        Map<String, Integer> files = new LinkedHashMap<>();
        files.put("image", 24);
        files.put("video", 2);
        return Optional.of(new KnownReferences(
                files,
                List.of(
                        new KnownLinks("read", "", 31),
                        new KnownLinks("refused", "image", 3),
                        new KnownLinks("not-visited", "", 2))));
    }
}
