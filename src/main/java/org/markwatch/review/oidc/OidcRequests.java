package org.markwatch.review.oidc;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Begins a sign-on at the one path for it. The resolver of the library answers 500 to the name of another provider, and if
 * the provider cannot be reached.
 */
final class OidcRequests implements OAuth2AuthorizationRequestResolver {
    private static final String PATH =
            OAuth2AuthorizationRequestRedirectFilter.DEFAULT_AUTHORIZATION_REQUEST_BASE_URI + "/" + OidcProvider.NAME;

    private final OidcProvider provider;
    private final DefaultOAuth2AuthorizationRequestResolver resolver;

    OidcRequests(OidcProvider provider) {
        this.provider = provider;
        this.resolver = new DefaultOAuth2AuthorizationRequestResolver(provider);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        boolean begins =
                request.getRequestURI().equals(PATH) && provider.findByRegistrationId(OidcProvider.NAME) != null;
        return begins ? resolver.resolve(request) : null;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String name) {
        return resolver.resolve(request, name);
    }
}
