package org.markwatch.review.oidc;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.review.AccountLinks;
import org.markwatch.review.AccountPrincipal;
import org.markwatch.review.Accounts;
import org.markwatch.review.Role;
import org.markwatch.review.SignOnIdentity;
import org.markwatch.watchlist.Settings.OidcSettings;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Finds the account of the person of a verified ID token. The claim with the name counts only until the person has an
 * account: whoever may change it must not get the account of somebody else. If the settings name a claim with roles, an
 * account is added and follows these roles; otherwise it must exist. If the claim names no role any more, the
 * sessions and tokens of the account end. A locked account stays locked.
 */
final class OidcAccounts implements OAuth2UserService<OidcUserRequest, OidcUser> {
    /** Error code of a sign-on without an account. */
    static final String NO_ACCOUNT = "no_account";

    private static final String ACTOR = "oidc";
    private static final int LONGEST_NAME = 64;

    private final Accounts accounts;
    private final AccountLinks links;
    private final Audit audit;
    private final OidcSettings settings;

    OidcAccounts(Accounts accounts, Audit audit, OidcSettings settings) {
        this.accounts = accounts.by(ACTOR);
        this.links = this.accounts.links();
        this.audit = audit;
        this.settings = settings;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcIdToken token = request.getIdToken();
        SignOnIdentity person =
                new SignOnIdentity(String.valueOf(token.getIssuer()), String.valueOf(token.getSubject()));
        Optional<String> own = links.nameOf(person);
        String name = own.isPresent() ? own.get() : claimedName(token);
        Set<Role> roles = settings.rolesClaim().isEmpty()
                ? Set.of()
                : roles(token.getClaims().get(settings.rolesClaim()));
        if (roles.isEmpty() && !settings.rolesClaim().isEmpty()) {
            String why = "the claim " + settings.rolesClaim() + " names no role";
            own.ifPresent(account -> accounts.endAccess(account, why));
            throw refused(name, why);
        }
        if (own.isEmpty() && !links.link(name, person, roles)) {
            throw refused(
                    name, "no account of this person; 'markwatch user link' opens an account to the next sign-on");
        }
        if (!roles.isEmpty()) {
            accounts.followRoles(name, roles);
        }
        AccountPrincipal account = accounts.principal(name).orElseThrow(() -> refused(name, "the account is locked"));
        links.signedOn(name);
        return new OidcPrincipal(account, token);
    }

    private String claimedName(OidcIdToken token) {
        String claim = token.getClaimAsString(settings.nameClaim());
        if (claim == null || claim.isBlank()) {
            throw refused("", "the ID token has no claim " + settings.nameClaim());
        }
        String name = claim.strip().toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
            throw refused(name, "no valid name of an account");
        }
        return name;
    }

    /** Returns the roles that a claim names; the provider may use it for other programs too, so other values are ignored. */
    private static Set<Role> roles(@Nullable Object claim) {
        Collection<?> values = claim instanceof Collection<?> list
                ? list
                : claim instanceof String text ? Arrays.asList(text.split("[ ,]+")) : List.of();
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (values.contains(role.label())) {
                roles.add(role);
            }
        }
        return roles;
    }

    private OAuth2AuthenticationException refused(String name, String why) {
        String visible = name.replaceAll("[^a-z0-9._-]", "?");
        String subject = "account:" + visible.substring(0, Math.min(visible.length(), LONGEST_NAME));
        audit.append(ACTOR, "sign-in.refused", subject, Map.of("why", why));
        return new OAuth2AuthenticationException(new OAuth2Error(NO_ACCOUNT), why);
    }
}
