package org.markwatch.crawl.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.Link;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.PageAnalysis;
import org.markwatch.crawl.PageContent;
import org.markwatch.url.HttpUrl;

/** Extracts {@code href="…"} and nothing else, so that these tests need no HTML parser. */
public class LinkAnalyser implements PageAnalyser<String> {
    private final UUID extractorVersion;
    private final UUID rulesVersion;

    public LinkAnalyser() {
        this(new UUID(0, 1));
    }

    LinkAnalyser(UUID rulesVersion) {
        this(new UUID(0, 1), rulesVersion);
    }

    LinkAnalyser(UUID extractorVersion, UUID rulesVersion) {
        this.extractorVersion = extractorVersion;
        this.rulesVersion = rulesVersion;
    }

    private static String ownPath(Capture capture) {
        return Pattern.quote(capture.finalUrl().path().replaceAll("\\d", ""));
    }

    @Override
    public PageAnalysis<String> analyse(Capture capture) {
        List<Link> links = new ArrayList<>();
        String text = capture.text();
        for (int at = text.indexOf("href=\""); at >= 0; at = text.indexOf("href=\"", at + 1)) {
            int start = at + "href=\"".length();
            int end = text.indexOf('"', start);
            HttpUrl base = capture.finalUrl();
            base.resolve(text.substring(start, end))
                    .ifPresent(url -> links.add(new Link(url, "a", text.startsWith(" rel=\"nofollow\"", end + 1))));
        }
        int pictures = text.split("<img ", -1).length - 1;
        return new PageAnalysis<>(
                links,
                pictures == 0 ? Map.of() : Map.of(Disposition.RefusalKind.IMAGE, pictures),
                HexFormat.of().toHexDigits(text.hashCode()),
                text.replaceAll("<[^>]*>|\\d", "")
                        .replaceAll(ownPath(capture), "")
                        .hashCode(),
                text.contains("noindex"),
                text.contains("shell"),
                content(text));
    }

    @Override
    public PageContent<String> unpack(byte[] packed) {
        return content(new String(packed, StandardCharsets.UTF_8));
    }

    @Override
    public UUID extractorVersion() {
        return extractorVersion;
    }

    @Override
    public UUID rulesVersion() {
        return rulesVersion;
    }

    /** The result of the rules in these tests is the text itself. */
    private PageContent<String> content(String text) {
        return new PageContent<>() {
            @Override
            public String sha256() {
                try {
                    return HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(pack()));
                } catch (NoSuchAlgorithmException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public byte[] pack() {
                return text.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public String applyRules() {
                return text;
            }
        };
    }
}
