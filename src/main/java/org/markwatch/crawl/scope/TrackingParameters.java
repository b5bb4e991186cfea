package org.markwatch.crawl.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.markwatch.url.HttpUrl;

/**
 * Removes tracking parameters from links: campaign parameters and session ids, which identify visits and not pages.
 * Seeds and targets of redirects are requested unchanged.
 */
final class TrackingParameters {
    private static final Set<String> CAMPAIGN = Set.of(
            "fbclid",
            "gclid",
            "gclsrc",
            "dclid",
            "gbraid",
            "wbraid",
            "msclkid",
            "yclid",
            "twclid",
            "ttclid",
            "igshid",
            "mc_cid",
            "mc_eid",
            "_ga",
            "_gl",
            "_hsenc",
            "_hsmi",
            "mkt_tok",
            "oly_anon_id",
            "oly_enc_id",
            "vero_id");
    private static final Set<String> SESSION =
            Set.of("phpsessid", "jsessionid", "sessionid", "session_id", "sid", "oscsid", "cfid", "cftoken", "zenid");
    /** A value as long as a session id; {@code sid=3} may identify a page. */
    private static final Pattern SESSION_VALUE = Pattern.compile("[A-Za-z0-9._-]{16,}");

    private static final Pattern SESSION_PATH =
            Pattern.compile(";jsessionid=[A-Za-z0-9._!-]*", Pattern.CASE_INSENSITIVE);

    private TrackingParameters() {}

    /** Returns the URL without tracking parameters; the same object if it has none. */
    static HttpUrl removeFrom(HttpUrl url) {
        String path = url.path();
        String query = url.query();
        String cleanPath =
                path.indexOf(';') < 0 ? path : SESSION_PATH.matcher(path).replaceAll("");
        String cleanQuery = query == null ? null : query(query);
        if (cleanPath.equals(path) && (query == null || query.equals(cleanQuery))) {
            return url;
        }
        String tail = cleanQuery == null || cleanQuery.isEmpty() ? "" : "?" + cleanQuery;
        return HttpUrl.of(url.origin() + cleanPath + tail);
    }

    private static String query(String query) {
        List<String> kept = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            if (!isTracking(parameter)) {
                kept.add(parameter);
            }
        }
        return String.join("&", kept);
    }

    private static boolean isTracking(String parameter) {
        int equals = parameter.indexOf('=');
        String name = (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        return name.startsWith("utm_")
                || CAMPAIGN.contains(name)
                || SESSION.contains(name) && SESSION_VALUE.matcher(value).matches();
    }
}
