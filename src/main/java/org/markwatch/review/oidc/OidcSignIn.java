package org.markwatch.review.oidc;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.review.Accounts;
import org.markwatch.review.SignInMethod;
import org.markwatch.watchlist.Settings.OidcSettings;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.web.client.RestClient;

/** Sign-in by OpenID Connect, if {@code markwatch.yaml} has the section {@code oidc}. */
final class OidcSignIn implements SignInMethod {
    private final @Nullable OidcSettings settings;
    private final @Nullable OidcProvider provider;
    private final Accounts accounts;
    private final Audit audit;

    /** @param secret secret of the client; empty for none */
    OidcSignIn(@Nullable OidcSettings settings, String secret, Accounts accounts, Audit audit) {
        this.settings = settings;
        this.provider = settings == null ? null : new OidcProvider(settings, secret);
        this.accounts = accounts;
        this.audit = audit;
    }

    @Override
    public boolean isOffered() {
        return settings != null;
    }

    @Override
    public boolean allowsPasswords() {
        return settings == null || settings.localPasswords();
    }

    /** Returns whether the provider can be reached, or was reached before. */
    boolean isReachable() {
        return provider != null && provider.findByRegistrationId(OidcProvider.NAME) != null;
    }

    @Override
    public void configure(HttpSecurity http, AuthenticationSuccessHandler success) {
        if (settings == null || provider == null) {
            return;
        }
        OidcAccounts users = new OidcAccounts(accounts, audit, settings);
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestFactory(OidcProvider.requests())
                .configureMessageConverters(converters -> converters
                        .disableDefaults()
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        http.oauth2Login(login -> login.loginPage("/sign-in")
                .clientRegistrationRepository(provider)
                .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(new OidcRequests(provider)))
                .tokenEndpoint(endpoint -> endpoint.accessTokenResponseClient(tokens))
                .userInfoEndpoint(endpoint -> endpoint.oidcUserService(users))
                .successHandler((request, response, account) -> {
                    audit.append(
                            account.getName(),
                            Accounts.SIGN_IN,
                            "account:" + account.getName(),
                            Map.of("address", request.getRemoteAddr(), "by", "oidc"));
                    success.onAuthenticationSuccess(request, response, account);
                })
                .failureHandler((request, response, failure) -> response.sendRedirect(
                        failure instanceof OAuth2AuthenticationException refused
                                        && refused.getError().getErrorCode().equals(OidcAccounts.NO_ACCOUNT)
                                ? "/sign-in?refused"
                                : "/sign-in?failed")));
    }

    /** Returns the provider, which also verifies tokens; null if sign-on is off. */
    @Nullable
    OidcProvider provider() {
        return provider;
    }
}
