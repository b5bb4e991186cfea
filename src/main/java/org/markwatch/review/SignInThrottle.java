package org.markwatch.review;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Slows down the guessing of passwords. Failures of an account from a {@linkplain #place place} make that account wait there:
 * after {@value #FREE_PAIR} failures one second, twice as long after each further one, at most {@link #LONGEST_WAIT}. A place is
 * a browser from which the account has signed in before, or else an address.
 *
 * <p>Failures from many addresses, and of many accounts, also make those wait that have never signed in from there. An
 * account at a place from which it has signed in before waits for failures there only, so that nobody elsewhere can lock it
 * out, and nobody at all can lock it out of such a browser. Forgets the least recently used counts above a fixed number. Thread-safe.
 */
public final class SignInThrottle {
    /** Longest time from a failure to the next attempt. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    /** Failures are forgotten this long after the last one. */
    static final Duration FORGET = Duration.ofMinutes(15);

    private static final int FREE_PAIR = 5;
    private static final int FREE_ADDRESS = 30;
    private static final int FREE_ACCOUNT = 50;
    private static final int MAX_COUNTS = 10_000;

    private final Clock clock;
    private final Map<Key, Failures> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Failures> eldest) {
            return size() > MAX_COUNTS;
        }
    };

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * Returns the place of an attempt.
     *
     * @param device number of a browser from which the account has signed in before; empty if there is none
     */
    static String place(String address, String device) {
        return device.isEmpty() ? address : "device " + device;
    }

    /**
     * Counts an attempt as a failure until {@link #succeeded}, unless it has to wait. Counting first makes attempts at
     * the same time wait for each other.
     *
     * @param place    see {@link #place}
     * @param familiar whether the account has signed in from the place before
     * @return what to do with the attempt
     */
    public synchronized SignInWait attempt(String account, String place, boolean familiar) {
        Instant now = clock.instant();
        List<Key> keys = familiar
                ? List.of(new Key(account, place, FREE_PAIR))
                : List.of(
                        new Key(account, place, FREE_PAIR),
                        new Key(account, "", FREE_ACCOUNT),
                        new Key("", place, FREE_ADDRESS));
        Key slowest = Collections.max(keys, Comparator.comparing(key -> waitOf(key, now)));
        Duration wait = waitOf(slowest, now);
        if (!wait.isZero()) { // a count that makes wait exists; an attempt that waits adds none, whatever name it has
            Failures failures = failures(slowest, now);
            counts.put(slowest, new Failures(failures.count(), failures.last(), true));
            return new SignInWait(wait, !failures.reported());
        }
        keys.forEach(key -> counts.put(key, new Failures(failures(key, now).count() + 1, now, false)));
        return new SignInWait(Duration.ZERO, false);
    }

    /**
     * Forgets the failures of an account from a place, and takes back the counting of its last attempt.
     *
     * @param familiar as in {@link #attempt}
     */
    public synchronized void succeeded(String account, String place, boolean familiar) {
        counts.remove(new Key(account, place, FREE_PAIR));
        if (familiar) {
            return;
        }
        Instant now = clock.instant();
        for (Key key : List.of(new Key(account, "", FREE_ACCOUNT), new Key("", place, FREE_ADDRESS))) {
            Failures failures = failures(key, now);
            if (failures.count() > 0) {
                counts.put(key, new Failures(failures.count() - 1, failures.last(), false));
            }
        }
    }

    private Duration waitOf(Key key, Instant now) {
        Failures failures = failures(key, now);
        int beyond = failures.count() - key.free();
        if (beyond < 0) {
            return Duration.ZERO;
        }
        long seconds = beyond < 6 ? 1L << beyond : LONGEST_WAIT.toSeconds();
        Duration rest = Duration.between(now, failures.last().plusSeconds(seconds));
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    private Failures failures(Key key, Instant now) {
        Failures failures = counts.get(key);
        return failures == null || failures.last().plus(FORGET).isBefore(now)
                ? new Failures(0, Instant.EPOCH, false)
                : failures;
    }

    /**
     * What to do with an attempt.
     *
     * @param rest  time until the next attempt; zero if this one may go on
     * @param first whether it is the first one that has to wait since the last failure that makes it wait, which may be one
     *              of another account at the address
     */
    public record SignInWait(Duration rest, boolean first) {
        /** Returns the time until the next attempt in seconds, rounded up; 1 or more. */
        public long seconds() {
            return Math.max(1, rest.plusMillis(999).toSeconds());
        }
    }

    /**
     * @param account account, empty for all accounts
     * @param place   place, empty for all places
     * @param free    number of failures without a wait
     */
    private record Key(String account, String place, int free) {}

    /** @param reported whether an attempt had to wait since the last failure */
    private record Failures(int count, Instant last, boolean reported) {}
}
