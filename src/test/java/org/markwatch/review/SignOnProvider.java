package org.markwatch.review;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.util.UriComponentsBuilder;

/** A provider of single sign-on on loopback, which lets everybody in as {@link #name} and checks PKCE. */
final class SignOnProvider {
    private final HttpServer server;
    private final RSAKey published = key("one");
    private final RSAKey unpublished = key("one");
    private Map<String, String> authorization = Map.of();

    /** Claim preferred_username of the next token. */
    String name = "";
    /** Claim sub of the next token; empty for one of the name. */
    String subject = "";
    /** Claim roles of the next token. */
    Object roles = "";
    /** Audience of the next token. */
    String audience = "markwatch";
    /** Whether the next token is signed by a key that the provider does not publish. */
    boolean forged;

    SignOnProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void stop() {
        server.stop(0);
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/.well-known/openid-configuration" -> json(exchange, """
                    {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                     "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"],
                     "id_token_signing_alg_values_supported": ["RS256"]}
                    """.formatted(issuer()));
            case "/authorize" -> {
                authorization = parameters(exchange.getRequestURI().getRawQuery());
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                authorization.get("redirect_uri") + "?code=c&state="
                                        + URLEncoder.encode(
                                                String.valueOf(authorization.get("state")), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(302, -1);
            }
            case "/token" -> {
                Map<String, String> request =
                        parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                boolean proven = challenge(String.valueOf(request.get("code_verifier")))
                        .equals(authorization.get("code_challenge"));
                if (proven) {
                    json(exchange, """
                            {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": "%s"}
                            """.formatted(token()));
                } else {
                    exchange.sendResponseHeaders(400, -1);
                }
            }
            case "/keys" -> json(exchange, new JWKSet(published.toPublicJWK()).toString());
            default -> exchange.sendResponseHeaders(404, -1);
        }
        exchange.close();
    }

    private String token() {
        Instant now = Instant.now();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .audience(audience)
                        .subject(subject.isEmpty() ? "subject of " + name : subject)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(60)))
                        .claim("nonce", authorization.get("nonce"))
                        .claim("preferred_username", name)
                        .claim("roles", roles)
                        .build());
        try {
            token.sign(new RSASSASigner(forged ? unpublished : published));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> values = new HashMap<>();
        UriComponentsBuilder.fromUriString("?" + query)
                .build()
                .getQueryParams()
                .forEach((key, all) ->
                        values.put(key, URLDecoder.decode(String.valueOf(all.getFirst()), StandardCharsets.UTF_8)));
        return values;
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void json(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
