package org.markwatch.review;

import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.markwatch.queue.Audit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Configures accounts, sign-in, sessions and security headers. The content security policy allows text, style sheets,
 * scripts and requests of the console itself, and nothing else.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
class ReviewConfiguration {
    /** Sessions expire after this time without a request. */
    static final Duration IDLE = Duration.ofMinutes(30);

    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "font-src 'self'; connect-src 'self'; img-src 'none'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'";

    @Bean
    Accounts accounts(DataSource dataSource, Audit audit, Clock clock) {
        return new Accounts(dataSource, audit, clock);
    }

    @Bean
    AuthenticationProvider signIn(Accounts accounts, Audit audit, Clock clock) {
        return new SignInProvider(accounts, new SignInThrottle(clock), audit);
    }

    @Bean
    SecurityFilterChain consoleSecurity(HttpSecurity http, Accounts accounts) throws Exception {
        return http.addFilterBefore(new AccountCheckFilter(accounts), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/sign-in", "/health", "/console.css", "/console.js", "/webjars/htmx.org/**", "/error")
                        .permitAll()
                        .requestMatchers("/audit/**", "/run/**", "/held-back")
                        .hasAnyRole(Role.LEAD.name(), Role.ADMIN.name())
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> form.loginPage("/sign-in")
                        .usernameParameter("name")
                        .passwordParameter("password")
                        .defaultSuccessUrl("/queue")
                        .failureHandler((request, response, failure) -> response.sendRedirect(
                                failure instanceof LockedException ? "/sign-in?wait" : "/sign-in?wrong")))
                .logout(logout -> logout.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in?out"))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(signInEntryPoint()))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN)))
                .build();
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> session() {
        return factory -> {
            factory.getSettings().getSession().setTimeout(IDLE);
            factory.getSettings().getSession().getCookie().setName("markwatch");
            factory.getSettings().getSession().getCookie().setHttpOnly(true);
            factory.getSettings().getSession().getCookie().setSameSite(Cookie.SameSite.STRICT);
        };
    }

    /**
     * Redirects to the sign-in page. htmx would insert it into the current page, so it gets the header HX-Redirect
     * instead.
     */
    private static AuthenticationEntryPoint signInEntryPoint() {
        AuthenticationEntryPoint page = new LoginUrlAuthenticationEntryPoint("/sign-in");
        return (request, response, exception) -> {
            if (request.getHeader("HX-Request") != null) {
                response.setHeader("HX-Redirect", "/sign-in");
                response.setStatus(HttpStatus.UNAUTHORIZED.value());
            } else {
                page.commence(request, response, exception);
            }
        };
    }
}
