package org.markwatch.review.accounts;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.TimeZoneAwareLocaleContext;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.i18n.AbstractLocaleContextResolver;

/**
 * Gives each request the language and the time zone of the account that has signed in; without a choice of the account, the
 * first language that the browser asks for and the console has, and UTC. Spring MVC passes the zone to routes with a parameter
 * of type {@link ZoneId}. Both are read from the database at most once a request, when a page first needs them.
 */
@Component(DispatcherServlet.LOCALE_RESOLVER_BEAN_NAME)
@ConditionalOnWebApplication(type = Type.SERVLET)
class AccountLocaleResolver extends AbstractLocaleContextResolver {
    private static final String ZONE = AccountLocaleResolver.class.getName() + ".zone";

    private static final String LANGUAGE = AccountLocaleResolver.class.getName() + ".language";

    private final AccountSettings settings;

    AccountLocaleResolver(AccountSettings settings) {
        this.settings = settings;
    }

    @Override
    public LocaleContext resolveLocaleContext(HttpServletRequest request) {
        return new TimeZoneAwareLocaleContext() {
            @Override
            public Locale getLocale() {
                return language(request);
            }

            @Override
            public TimeZone getTimeZone() {
                return TimeZone.getTimeZone(zone(request));
            }
        };
    }

    private Locale language(HttpServletRequest request) {
        if (request.getAttribute(LANGUAGE) instanceof Locale known) {
            return known;
        }
        Principal account = request.getUserPrincipal();
        Locale language = (account == null ? Optional.<Locale>empty() : settings.languageOf(account.getName()))
                .orElseGet(() -> Collections.list(request.getLocales()).stream()
                        .map(asked -> Locale.of(asked.getLanguage()))
                        .filter(AccountSettings.LANGUAGES::contains)
                        .findFirst()
                        .orElse(AccountSettings.LANGUAGES.getFirst()));
        request.setAttribute(LANGUAGE, language);
        return language;
    }

    private ZoneId zone(HttpServletRequest request) {
        if (request.getAttribute(ZONE) instanceof ZoneId known) {
            return known;
        }
        Principal account = request.getUserPrincipal();
        ZoneId zone = account == null ? ZoneOffset.UTC : settings.zoneOf(account.getName());
        request.setAttribute(ZONE, zone);
        return zone;
    }

    /** Not supported: owners of accounts change their settings on a page of their own. */
    @Override
    public void setLocaleContext(
            HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable LocaleContext context) {
        throw new UnsupportedOperationException("settings belong to the account; use AccountSettings");
    }
}
