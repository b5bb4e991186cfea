package org.markwatch.review.api;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import javax.sql.DataSource;
import org.markwatch.queue.Audit;
import org.markwatch.review.Accounts;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** Configures the API: requests carry a token, never a session, and so need no CSRF token. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
class ApiConfiguration {
    @Bean
    ApiTokens apiTokens(DataSource database, Audit audit, Clock clock) {
        return new ApiTokens(database, audit, clock);
    }

    @Bean
    FilterRegistrationBean<ApiErrorFilter> apiErrors() {
        FilterRegistrationBean<ApiErrorFilter> errors =
                new FilterRegistrationBean<>(new ApiErrorFilter(new ApiProblems()));
        errors.setDispatcherTypes(DispatcherType.ERROR);
        return errors;
    }

    @Bean
    @Order(2)
    SecurityFilterChain apiSecurity(HttpSecurity http, ApiTokens tokens, Accounts accounts, Clock clock)
            throws Exception {
        ApiProblems problems = new ApiProblems();
        return http.securityMatcher("/api/**")
                .addFilterBefore(
                        new ApiTokenFilter(tokens, accounts, new ApiThrottle(clock), problems),
                        AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, fault) -> {
                            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                            problems.write(
                                    response,
                                    HttpStatus.UNAUTHORIZED,
                                    "Send a token that is valid: 'Authorization: Bearer mw_…'. The console makes tokens.");
                        })
                        .accessDeniedHandler((request, response, fault) -> problems.write(
                                response,
                                HttpStatus.FORBIDDEN,
                                "The account of the token, or the token, does not have this permission.")))
                .build();
    }
}
