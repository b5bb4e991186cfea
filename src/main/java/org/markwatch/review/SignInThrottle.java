package org.markwatch.review;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down the guessing of passwords. Counts failures by account and address, by address, and by account, each for
 * {@link #WINDOW} from the first; forgets the longest unused counts when there are too many. Safe for use by many threads.
 */
final class SignInThrottle {
    /** How long failures count. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    private static final int LIMIT_PAIR = 5;
    private static final int LIMIT_ADDRESS = 30;
    private static final int LIMIT_ACCOUNT = 50;
    private static final int MAX_COUNTS = 10_000;

    private final Clock clock;
    private final Map<String, Failures> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MAX_COUNTS;
        }
    };

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /** Whether another try has to wait. */
    synchronized boolean blocks(String account, String address) {
        return count(pair(account, address)) >= LIMIT_PAIR
                || count(address(address)) >= LIMIT_ADDRESS
                || count(account(account)) >= LIMIT_ACCOUNT;
    }

    synchronized void failed(String account, String address) {
        add(pair(account, address));
        add(address(address));
        add(account(account));
    }

    /** The right password clears what was mistyped before, but not the guesses at other accounts. */
    synchronized void succeeded(String account, String address) {
        counts.remove(pair(account, address));
    }

    private int count(String key) {
        Failures failures = counts.get(key);
        return failures == null || failures.until().isBefore(clock.instant()) ? 0 : failures.count();
    }

    private void add(String key) {
        Instant now = clock.instant();
        counts.compute(
                key,
                (k, failures) -> failures == null || failures.until().isBefore(now)
                        ? new Failures(1, now.plus(WINDOW))
                        : new Failures(failures.count() + 1, failures.until()));
    }

    private static String pair(String account, String address) {
        return "pair " + address + " " + account;
    }

    private static String address(String address) {
        return "address " + address;
    }

    private static String account(String account) {
        return "account " + account;
    }

    private record Failures(int count, Instant until) {}
}
