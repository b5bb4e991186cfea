package org.markwatch.review.oidc;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.review.AccountPrincipal;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** The account of a session that began with a single sign-on. */
final class OidcPrincipal extends AccountPrincipal implements OidcUser {
    private static final long serialVersionUID = 1L;

    private final OidcIdToken token;

    OidcPrincipal(AccountPrincipal account, OidcIdToken token) {
        super(account);
        this.token = token;
    }

    /** Returns false: who signs in elsewhere needs no password here. */
    @Override
    protected boolean mustReplacePassword() {
        return false;
    }

    @Override
    public @Nullable Instant signedOnAt() {
        return token.getIssuedAt();
    }

    @Override
    public Map<String, Object> getClaims() {
        return token.getClaims();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return token.getClaims();
    }

    @Override
    public OidcUserInfo getUserInfo() {
        return new OidcUserInfo(token.getClaims());
    }

    @Override
    public OidcIdToken getIdToken() {
        return token;
    }

    @Override
    public String getName() {
        return getUsername();
    }
}
