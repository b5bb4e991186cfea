package org.markwatch.review;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Drafts;
import org.markwatch.queue.Items;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.welfare.Exposure;
import org.markwatch.review.view.SavedViews;
import org.markwatch.watchlist.Watchlist;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Configures accounts, sign-in, sessions and security headers. The content security policy allows text, style sheets,
 * scripts and requests of the console itself, and nothing else.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
class ReviewConfiguration {
    /** Sessions expire after this time without a request. */
    static final Duration IDLE = Duration.ofMinutes(30);

    /** Largest number of sessions of an account; one more ends the session that was used least recently. */
    static final int MOST_SESSIONS = 3;

    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "font-src 'self'; connect-src 'self'; img-src 'none'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'";

    @Bean
    Accounts accounts(DataSource dataSource, Audit audit, Clock clock) {
        return new Accounts(dataSource, audit, clock);
    }

    /** The texts of the console: messages.properties in English, and a file for each other language. */
    @Bean
    MessageSource messageSource() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        messages.setAlwaysUseMessageFormat(true);
        return messages;
    }

    @Bean
    SavedViews savedViews(DataSource dataSource) {
        return new SavedViews(dataSource);
    }

    @Bean
    CurrentWatchlist currentWatchlist(Watchlist watchlist, QueuePolicy policy) {
        return new CurrentWatchlist(watchlist, policy.lanes());
    }

    @Bean
    RouteAccess routeAccess(CurrentWatchlist watchlist, Items items) {
        return new RouteAccess(watchlist, items);
    }

    @Bean
    WebMvcConfigurer accessOfRoutes(
            RouteAccess access, Exposure exposure, Claims claims, Drafts drafts, MessageSource messages) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(access);
                interceptors
                        .addInterceptor(new ExposureGate(exposure, claims, drafts))
                        .addPathPatterns(ExposureGate.ROUTES);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(access);
                resolvers.add(new ConsoleWordsArgument(messages));
            }
        };
    }

    @Bean
    SignInThrottle signInThrottle(Clock clock) {
        return new SignInThrottle(clock);
    }

    @Bean
    PasswordAttempts passwordAttempts(SignInThrottle throttle, Audit audit) {
        return new PasswordAttempts(throttle, audit);
    }

    @Bean
    AuthenticationProvider signIn(Accounts accounts, SignInThrottle throttle, Audit audit, Clock clock) {
        return new SignInProvider(accounts, throttle, audit, clock);
    }

    @Bean
    SecurityFilterChain consoleSecurity(
            HttpSecurity http, Accounts accounts, Drafts drafts, Audit audit, SignInMethod method) {
        SessionEnd sessionEnd = new SessionEnd();
        AuthenticationSuccessHandler entered = toKeptEntriesOrPage(drafts);
        if (method.isOffered()) {
            method.configure(http, entered);
        }
        if (!method.isOffered() || method.allowsPasswords()) {
            http.formLogin(form -> form.loginPage("/sign-in")
                    .usernameParameter("name")
                    .passwordParameter("password")
                    .successHandler(entered)
                    .failureHandler((request, response, failure) -> response.sendRedirect(
                            failure instanceof SignInProvider.WaitException wait
                                    ? "/sign-in?wait=" + wait.seconds()
                                    : "/sign-in?wrong")));
        }
        return http.addFilterBefore(new AccountCheckFilter(accounts), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/sign-in",
                                "/sign-in/oidc",
                                "/health",
                                "/console*.css",
                                "/console*.js",
                                "/webjars/htmx.org/**",
                                "/error")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .sessionManagement(sessions -> sessions.sessionConcurrency(concurrency ->
                        concurrency.maximumSessions(MOST_SESSIONS).expiredUrl("/sign-in?ended")))
                .logout(logout -> logout.logoutUrl("/sign-out")
                        .addLogoutHandler((request, response, account) -> {
                            if (account != null) {
                                audit.append(account.getName(), "sign-out", "account:" + account.getName(), Map.of());
                            }
                        })
                        .logoutSuccessUrl("/sign-in?out"))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(sessionEnd).accessDeniedHandler(sessionEnd))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN)))
                .build();
    }

    /** Redirects to the item or cluster whose entries the session kept, otherwise to the requested page or the first one. */
    private static AuthenticationSuccessHandler toKeptEntriesOrPage(Drafts drafts) {
        SavedRequestAwareAuthenticationSuccessHandler requested = new SavedRequestAwareAuthenticationSuccessHandler();
        requested.setDefaultTargetUrl("/");
        return (request, response, account) -> {
            FormSubject kept = KeptEntries.save(request.getSession(), account.getName(), drafts);
            if (kept == null) {
                requested.onAuthenticationSuccess(request, response, account);
            } else {
                response.sendRedirect(kept.address());
            }
        };
    }

    /** Tells Spring Security which sessions have ended, for {@link #MOST_SESSIONS}. */
    @Bean
    HttpSessionEventPublisher sessionEvents() {
        return new HttpSessionEventPublisher();
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> session(Watchlist watchlist) {
        return factory -> {
            factory.getSettings().getSession().setTimeout(IDLE);
            factory.getSettings().getSession().getCookie().setName("markwatch");
            factory.getSettings().getSession().getCookie().setHttpOnly(true);
            factory.getSettings()
                    .getSession()
                    .getCookie()
                    .setSameSite(
                            // the provider of a single sign-on sends the browser back from another site
                            watchlist.settings().oidc() == null ? Cookie.SameSite.STRICT : Cookie.SameSite.LAX);
        };
    }
}
