package org.markwatch.review;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.markwatch.queue.ScreenQueries;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Cookies by which the console knows a browser from which an account has signed in before. Each account has its own cookie in
 * a browser: a random number, signed for the account by HMAC-SHA-256 under a key of the database (table {@code console_key}).
 * It admits to nothing. Thread-safe.
 */
final class DeviceCookies {
    /** How long after its last sign-in a browser is known. */
    static final Duration KNOWN = Duration.ofDays(180);

    private static final int NUMBER_BYTES = 16;
    private static final int NAME_BYTES = 8;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    DeviceCookies(DataSource dataSource) {
        this.key = new SecretKeySpec(
                ScreenQueries.client(dataSource)
                        .sql("select key from console_key")
                        .query(byte[].class)
                        .single(),
                "HmacSHA256");
    }

    /** Returns the number of the browser, if the account has signed in from it; empty without a valid cookie. */
    Optional<String> deviceOf(String account, HttpServletRequest request) {
        String name = name(account);
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .flatMap(value -> number(account, value).stream())
                .findFirst();
    }

    /** Lets the browser of a response be known, by the number that it has or by a new one. */
    void remember(String account, HttpServletRequest request, HttpServletResponse response) {
        String number = deviceOf(account, request).orElseGet(this::newNumber);
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name(account), number + "." + signature(account, number))
                        .maxAge(KNOWN)
                        .path("/")
                        .httpOnly(true)
                        .sameSite("Strict")
                        .secure(request.isSecure())
                        .build()
                        .toString());
    }

    private Optional<String> number(String account, String value) {
        int dot = value.indexOf('.');
        if (dot < 1) {
            return Optional.empty();
        }
        String number = value.substring(0, dot);
        boolean valid = MessageDigest.isEqual(
                signature(account, number).getBytes(StandardCharsets.UTF_8),
                value.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
        return valid ? Optional.of(number) : Optional.empty();
    }

    private String newNumber() {
        byte[] bytes = new byte[NUMBER_BYTES];
        random.nextBytes(bytes);
        return base64(bytes);
    }

    private String name(String account) {
        return "markwatch-device-" + HexFormat.of().formatHex(hmac("name\n" + account), 0, NAME_BYTES);
    }

    private String signature(String account, String number) {
        return base64(hmac("device\n" + account + "\n" + number));
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
