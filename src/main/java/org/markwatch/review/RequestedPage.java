package org.markwatch.review;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * The page that somebody without a session asked for, in a cookie until the sign-in: path and query only. It costs the
 * console no memory, and leads to no other site.
 */
final class RequestedPage {
    private static final String COOKIE = "markwatch-page";
    private static final int MAX_LENGTH = 1_000;
    /** A path of the console; browsers read two slashes, and a backslash, as the beginning of a host. */
    private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[!-~]*");

    private RequestedPage() {}

    /** Sets the cookie, if a person opens a page. */
    static void remember(HttpServletRequest request, HttpServletResponse response) {
        String query = request.getQueryString();
        String page = request.getRequestURI() + (query == null ? "" : "?" + query);
        if (isNavigation(request)
                && page.length() <= MAX_LENGTH
                && PATH.matcher(page).matches()) {
            set(
                    Base64.getUrlEncoder().withoutPadding().encodeToString(page.getBytes(StandardCharsets.US_ASCII)),
                    ReviewConfiguration.ANONYMOUS,
                    request,
                    response);
        }
    }

    private static boolean isNavigation(HttpServletRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        String accept = Objects.requireNonNullElse(request.getHeader("Accept"), "");
        return request.getMethod().equals("GET")
                && (mode == null ? accept.contains("text/html") : mode.equals("navigate"));
    }

    /** Deletes the cookie, and returns the page; {@code /} if there is none. */
    static String take(HttpServletRequest request, HttpServletResponse response) {
        String page = Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(Cookie::getValue)
                .map(RequestedPage::decoded)
                .filter(path -> PATH.matcher(path).matches())
                .findFirst()
                .orElse("/");
        set("", Duration.ZERO, request, response);
        return page;
    }

    private static String decoded(String value) {
        try {
            return new String(Base64.getUrlDecoder().decode(value), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private static void set(String value, Duration age, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, value)
                        .maxAge(age)
                        .path("/")
                        .httpOnly(true)
                        .sameSite("Lax") // the provider of a single sign-on sends the browser back from another site
                        .secure(request.isSecure())
                        .build()
                        .toString());
    }
}
