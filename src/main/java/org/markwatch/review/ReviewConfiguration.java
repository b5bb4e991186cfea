package org.markwatch.review;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;
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
    /** Sessions of visitors who have not signed in expire after this time without a request. */
    static final Duration ANONYMOUS = Duration.ofMinutes(10);

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
    DeviceCookies deviceCookies(DataSource dataSource) {
        return new DeviceCookies(dataSource);
    }

    @Bean
    PasswordAttempts passwordAttempts(SignInThrottle throttle, DeviceCookies devices, Audit audit) {
        return new PasswordAttempts(throttle, devices, audit);
    }

    @Bean
    AuthenticationProvider signIn(Accounts accounts, SignInThrottle throttle, Audit audit, Clock clock) {
        return new SignInProvider(accounts, throttle, audit, clock);
    }

    @Bean
    SecurityFilterChain consoleSecurity(
            HttpSecurity http,
            Accounts accounts,
            Drafts drafts,
            DeviceCookies devices,
            Audit audit,
            SignInMethod method) {
        SessionEnd sessionEnd = new SessionEnd(devices);
        AuthenticationSuccessHandler entered = toKeptEntriesOrPage(drafts, devices);
        if (method.isOffered()) {
            method.configure(http, entered);
        }
        if (!method.isOffered() || method.allowsPasswords()) {
            http.formLogin(form -> form.loginPage("/sign-in")
                    .usernameParameter("name")
                    .passwordParameter("password")
                    .authenticationDetailsSource(request -> new SignInDetails(request, deviceOf(request, devices)))
                    .successHandler(entered)
                    .failureHandler((request, response, failure) -> response.sendRedirect(
                            failure instanceof SignInProvider.WaitException wait
                                    ? "/sign-in?wait=" + wait.seconds()
                                    : "/sign-in?wrong")));
        }
        return http.requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .addFilterBefore(new AccountCheckFilter(accounts), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests
                        // the end of a stream that was authorised when it began, perhaps after the session has ended
                        .dispatcherTypeMatchers(DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(
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

    private static String deviceOf(HttpServletRequest signIn, DeviceCookies devices) {
        String name = Objects.requireNonNullElse(signIn.getParameter("name"), "");
        return devices.deviceOf(SignInProvider.account(name), signIn).orElse("");
    }

    /** Redirects to the item or cluster whose entries the session kept, otherwise to the requested page or the first one. */
    private static AuthenticationSuccessHandler toKeptEntriesOrPage(Drafts drafts, DeviceCookies devices) {
        return (request, response, account) -> {
            HttpSession session = request.getSession();
            session.setMaxInactiveInterval((int) IDLE.toSeconds());
            devices.remember(account.getName(), request, response);
            String page = RequestedPage.take(request, response);
            FormSubject kept = KeptEntries.save(session, account.getName(), drafts);
            String form = KeptForm.pageOf(session, account.getName());
            response.sendRedirect(kept != null ? kept.address() : form != null ? form : page);
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
            factory.getSettings().getSession().setTimeout(ANONYMOUS);
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
