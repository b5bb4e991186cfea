package org.markwatch.review.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.markwatch.watchlist.Settings.OidcSettings;

/** Reads the metadata of a provider on loopback. */
class OidcProviderTest {
    private HttpServer server;
    private String metadata = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/realm/.well-known/openid-configuration", exchange -> {
            byte[] body = metadata.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void readsTheMetadataBelowThePathOfTheIssuer() {
        String issuer = root() + "/realm/";
        metadata = metadata(issuer);

        assertThat(provider(issuer).findByRegistrationId(OidcProvider.NAME))
                .isNotNull()
                .extracting(known -> known.getProviderDetails().getTokenUri())
                .isEqualTo(root() + "/token");
    }

    @Test
    void refusesTheMetadataOfAnotherIssuer() {
        metadata = metadata("https://other.example/realm");

        assertThat(provider(root() + "/realm").findByRegistrationId(OidcProvider.NAME))
                .isNull();
    }

    @Test
    void refusesAnAnswerThatIsNoMetadata() {
        for (String answer : new String[] {"", "[]", "null", "{}", "<html>"}) {
            metadata = answer;
            assertThat(provider(root() + "/realm").findByRegistrationId(OidcProvider.NAME))
                    .as(answer)
                    .isNull();
        }
    }

    private String root() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private String metadata(String issuer) {
        return """
                {"issuer": "%1$s", "authorization_endpoint": "%2$s/authorize", "token_endpoint": "%2$s/token",
                 "jwks_uri": "%2$s/keys", "subject_types_supported": ["public"]}
                """.formatted(issuer, root());
    }

    private static OidcProvider provider(String issuer) {
        return new OidcProvider(new OidcSettings(issuer, "markwatch", "preferred_username", "", true), "");
    }
}
