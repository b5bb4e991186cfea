package org.markwatch.review.oidc;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Settings.OidcSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * What the provider says of itself, read at the first sign-on and kept, so that the console starts without it. Verifies ID
 * tokens. Requests end after {@link #TIMEOUT}. Thread-safe.
 */
final class OidcProvider implements ClientRegistrationRepository, JwtDecoderFactory<ClientRegistration> {
    /** Name of the provider in paths of the console. */
    static final String NAME = "oidc";
    /** Longest wait for the provider, to connect and to answer. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(OidcProvider.class);

    private final OidcSettings settings;
    private final String secret;
    private final Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();
    private volatile @Nullable ClientRegistration registration;

    /** @param secret secret of the client; empty for a public client, which PKCE protects alone */
    OidcProvider(OidcSettings settings, String secret) {
        this.settings = settings;
        this.secret = secret;
    }

    /** Returns the provider as Spring Security knows it; null if it is another one, or cannot be reached. */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String name) {
        ClientRegistration known = registration;
        if (known != null || !name.equals(NAME)) {
            return name.equals(NAME) ? known : null;
        }
        try {
            known = ClientRegistrations.fromOidcConfiguration(metadata())
                    .registrationId(NAME)
                    .clientId(settings.clientId())
                    .clientSecret(secret)
                    .clientAuthenticationMethod(
                            secret.isEmpty()
                                    ? ClientAuthenticationMethod.NONE
                                    : ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .clientSettings(ClientRegistration.ClientSettings.builder()
                            .requireProofKey(true)
                            .build())
                    .scope("openid", "profile")
                    .userNameAttributeName(settings.nameClaim())
                    .build();
            registration = known;
            return known;
        } catch (RuntimeException e) { // the library names no narrower type
            LOG.warn("oidc.issuer {} cannot be used: {}", settings.issuer(), e.getMessage());
            return null;
        }
    }

    /** Reads what the provider says of itself (OpenID Connect Discovery 1.0, section 4). */
    private Map<String, Object> metadata() {
        String issuer = settings.issuer();
        String address = issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration";
        Map<String, Object> metadata = new RestTemplate(requests())
                .exchange(
                        URI.create(address),
                        HttpMethod.GET,
                        null,
                        new ParameterizedTypeReference<Map<String, Object>>() {})
                .getBody();
        Object stated = metadata == null ? null : metadata.get("issuer");
        if (metadata == null || !issuer.equals(stated)) {
            throw new IllegalStateException("issuer=" + stated + " at " + address + "; must be " + issuer
                    + ": enter in oidc.issuer what the provider states");
        }
        return metadata;
    }

    @Override
    public JwtDecoder createDecoder(ClientRegistration context) {
        return decoders.computeIfAbsent(context.getRegistrationId(), name -> {
            NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(
                            String.valueOf(context.getProviderDetails().getJwkSetUri()))
                    .restOperations(new RestTemplate(requests()))
                    .build();
            decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                    JwtValidators.createDefault(), new OidcIdTokenValidator(context)));
            decoder.setClaimSetConverter(
                    new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
            return decoder;
        });
    }

    /** Returns a factory of requests to the provider. */
    static SimpleClientHttpRequestFactory requests() {
        SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(TIMEOUT);
        requests.setReadTimeout(TIMEOUT);
        return requests;
    }
}
