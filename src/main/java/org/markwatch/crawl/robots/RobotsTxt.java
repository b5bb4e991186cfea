package org.markwatch.crawl.robots;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.content.BinaryDetector;

/** Parses robots.txt (RFC 9309). */
public final class RobotsTxt {
    private static final String PRODUCT_TOKEN = "markwatch";

    /** Upper limit of the crawl-delay that is kept. */
    private static final Duration MAX_CRAWL_DELAY = Duration.ofMinutes(2);

    /**
     * Rules with wildcards in one file, beyond which everything is disallowed. A file of 500 KiB holds 26,000 of them,
     * which cost a second of CPU for each URL.
     */
    public static final int MAX_WILDCARDS = 2_000;

    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final Set<Integer> UTF_16_MARKS = Set.of(0xFFFE, 0xFEFF);
    private static final byte[] OTHER_GROUP = "User-agent: unreadable\n".getBytes(StandardCharsets.US_ASCII);

    private RobotsTxt() {}

    /**
     * Returns the rules of a stored file.
     *
     * @param host    scheme, host and port that the file is of
     * @param content the file, empty if there is none
     * @param fault   why everything is disallowed; null if the content applies
     */
    public static RobotRules of(String host, byte[] content, @Nullable String fault) {
        if (fault != null) {
            return new RobotRules.Unreachable(fault);
        }
        return content.length == 0 ? RobotRules.ALLOW_ALL : parse(host, content);
    }

    /**
     * Returns the rules of a file.
     *
     * @param host    scheme, host and port that the file is of
     * @param content the file, in UTF-8
     */
    public static RobotRules parse(String host, byte[] content) {
        // the parser is not thread-safe, and its default limit disallows hosts with a long crawl-delay
        SimpleRobotRulesParser parser = new SimpleRobotRulesParser(Long.MAX_VALUE, 0);
        return rules(
                parser.parseContent(host + "/robots.txt", parseable(content), "text/plain", List.of(PRODUCT_TOKEN)));
    }

    /**
     * Returns the file without control bytes and byte order mark, of UTF-8 also in part, as google/robotstxt reads it. What
     * other bytes precede is no line of the grammar (RFC 9309 section 2.2); if it is the first one, it may have begun a group,
     * so that what follows does not bind all robots.
     */
    static byte[] parseable(byte[] content) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(content.length);
        int start = content.length > 1 && UTF_16_MARKS.contains((content[0] & 0xFF) << 8 | content[1] & 0xFF) ? 2 : 0;
        while (start < UTF_8_MARK.length && start < content.length && content[start] == UTF_8_MARK[start]) {
            start++;
        }
        if (start < content.length && content[start] < 0) {
            kept.writeBytes(OTHER_GROUP);
        }
        for (int i = start; i < content.length; i++) {
            if (!BinaryDetector.isBinaryByte(content[i])) {
                kept.write(content[i]);
            }
        }
        return kept.toByteArray();
    }

    private static RobotRules rules(SimpleRobotRules file) {
        long wildcards = file.getRobotRules().stream()
                .filter(rule -> rule.getPrefix().indexOf('*') >= 0)
                .count();
        return wildcards > MAX_WILDCARDS
                ? new RobotRules.Unreachable(
                        "it has " + wildcards + " rules with wildcards; at most " + MAX_WILDCARDS + " are allowed")
                : new RobotRules.Parsed(file, MAX_CRAWL_DELAY);
    }
}
