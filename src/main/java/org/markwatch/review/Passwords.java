package org.markwatch.review;

import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Collectors;
import org.markwatch.queue.EntryException;
import org.markwatch.queue.Sentence;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Generates passwords and hashes them by Argon2id (RFC 9106) with 19 MiB, two passes and one lane. Hashes of earlier
 * releases are bcrypt; a sign-in replaces them.
 */
public final class Passwords {
    /** Minimum length of a password, in characters. */
    public static final int MIN_LENGTH = 12;
    /** Maximum length of a password, in characters, so that hashing stays cheap. */
    public static final int MAX_LENGTH = 128;

    /** Characters that cannot be mistaken for one another. */
    private static final String CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int MEMORY_KIB = 19 * 1024;
    private static final String ALGORITHM = "argon2id";

    /** Prefixes hashes with their algorithm, and knows which ones to replace. */
    static final PasswordEncoder ENCODER = new DelegatingPasswordEncoder(
            ALGORITHM,
            Map.of(
                    ALGORITHM,
                    new Argon2PasswordEncoder(16, 32, 1, MEMORY_KIB, 2),
                    "bcrypt",
                    new BCryptPasswordEncoder()));

    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** Generates a random password: 20 characters of 31, in groups of four; 99 bits. */
    public static String generate() {
        return RANDOM.ints(20, 0, CHARACTERS.length())
                .mapToObj(CHARACTERS::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining())
                .replaceAll("(.{4})(?!$)", "$1-");
    }

    /**
     * Returns the hash of a password.
     *
     * @throws IllegalArgumentException if it has fewer than {@value #MIN_LENGTH} or more than {@value #MAX_LENGTH}
     *                                  characters; the message is a line for the user
     */
    static String hash(String password) {
        if (password.length() < MIN_LENGTH) {
            throw new EntryException(Sentence.of("refusal.password-has-characters-at", password.length(), MIN_LENGTH));
        }
        if (password.length() > MAX_LENGTH) {
            throw new EntryException(
                    Sentence.of("refusal.password-has-characters-at-most", password.length(), MAX_LENGTH));
        }
        return String.valueOf(ENCODER.encode(password));
    }
}
