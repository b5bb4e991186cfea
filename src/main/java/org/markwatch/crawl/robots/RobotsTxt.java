package org.markwatch.crawl.robots;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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
     * Returns the file without control bytes, and each line without the bytes before it that are not ASCII, so that a NUL
     * byte or a damaged byte order mark does not hide a rule.
     */
    static byte[] parseable(byte[] content) {
        byte[] kept = new byte[content.length];
        int n = 0;
        boolean lineStart = true;
        for (byte b : content) {
            if (BinaryDetector.isBinaryByte(b) || lineStart && b < 0) {
                continue;
            }
            kept[n++] = b;
            lineStart = b == '\n' || b == '\r' || lineStart && b == ' ';
        }
        return Arrays.copyOf(kept, n);
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
