package org.markwatch.review;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits the guessing of passwords. Counts failed sign-ins by account and address, by address, and by account, each for
 * {@link #WINDOW} from the first failure. Evicts the least recently used counts above a fixed number. Thread-safe.
 */
final class SignInThrottle {
    /** How long failures are counted. */
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

    /** Returns whether a sign-in is blocked. */
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

    /** Clears the failures of this account from this address, but not those of the address with other accounts. */
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
