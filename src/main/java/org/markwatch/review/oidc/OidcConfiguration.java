package org.markwatch.review.oidc;

import org.markwatch.queue.Audit;
import org.markwatch.review.Accounts;
import org.markwatch.watchlist.Watchlist;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;

/** Beans of the single sign-on. The secret of the client is in the environment variable {@value #SECRET}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
class OidcConfiguration {
    static final String SECRET = "MARKWATCH_OIDC_SECRET";

    @Bean
    OidcSignIn oidcSignIn(Watchlist watchlist, Environment environment, Accounts accounts, Audit audit) {
        return new OidcSignIn(watchlist.settings().oidc(), environment.getProperty(SECRET, ""), accounts, audit);
    }

    /** Verifies ID tokens with requests that end in time. */
    @Bean
    JwtDecoderFactory<ClientRegistration> idTokenDecoders(OidcSignIn signIn) {
        OidcProvider provider = signIn.provider();
        return provider == null ? new OidcIdTokenDecoderFactory() : provider;
    }
}
