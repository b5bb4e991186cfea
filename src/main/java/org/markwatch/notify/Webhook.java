package org.markwatch.notify;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import org.markwatch.watchlist.Secret;
import org.markwatch.watchlist.Settings.NoticeSettings;

/**
 * Posts the JSON summary of a run to the configured URL. Header {@value #SIGNATURE} has the HMAC-SHA-256 (RFC 2104) of the
 * time in {@value #TIMESTAMP}, a dot and the body, in hex; a receiver that checks both accepts no old request again.
 * Redirects are not followed, and the body of an answer is not read.
 */
final class Webhook {
    static final String TIMESTAMP = "X-Markwatch-Timestamp";
    static final String SIGNATURE = "X-Markwatch-Signature";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final NoticeSettings settings;
    private final Clock clock;

    Webhook(NoticeSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The receiver refused the request for good. Its message has no part of the URL, which may hold a token. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(int status) {
            super("the receiver answered " + status);
        }
    }

    /**
     * Posts a body.
     *
     * @throws RefusedException if the receiver answers with a status that another attempt does not change
     * @throws IOException      if it does not answer in time, or with 429 or 5xx
     */
    void post(String json) throws IOException, InterruptedException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.webhook()))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("User-Agent", "markwatch")
                .header(TIMESTAMP, timestamp)
                .header(SIGNATURE, "sha256=" + signature(timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()) {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            client.shutdownNow();
            int status = response.statusCode();
            if (status == 429 || status >= 500) {
                throw new IOException("the receiver answered " + status);
            }
            if (status / 100 != 2) {
                throw new RefusedException(status);
            }
        }
    }

    private String signature(String timestamp, byte[] body) {
        Secret key = settings.webhookKey();
        if (key == null) {
            throw new IllegalStateException("a webhook without key");
        }
        Mac mac = key.mac();
        mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }
}
