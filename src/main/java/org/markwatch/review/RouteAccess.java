package org.markwatch.review;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Checks each request before its route handles it: the account has the permission of {@link Requires}, and an item in the
 * path exists for it. A route of the console without {@link Requires} or {@link NoPermission} answers 403. Routes with a
 * parameter of type {@link LaneAccess} get that of the account.
 */
final class RouteAccess implements HandlerInterceptor, HandlerMethodArgumentResolver {
    private static final Pattern ITEM_NUMBER = Pattern.compile("[0-9]{1,18}");

    private final CurrentWatchlist watchlist;
    private final Items items;

    RouteAccess(CurrentWatchlist watchlist, Items items) {
        this.watchlist = watchlist;
        this.items = items;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod route && isOfConsole(route)) {
            Authentication account = SecurityContextHolder.getContext().getAuthentication();
            requirePermission(route, account);
            requireItem(request, account);
        }
        return true;
    }

    private static boolean isOfConsole(HandlerMethod route) {
        return route.getBeanType().getName().startsWith("org.markwatch.");
    }

    private static void requirePermission(HandlerMethod route, @Nullable Authentication account) {
        if (route.hasMethodAnnotation(NoPermission.class)) {
            return;
        }
        Requires requires = route.getMethodAnnotation(Requires.class);
        if (requires == null) {
            requires = AnnotatedElementUtils.findMergedAnnotation(route.getBeanType(), Requires.class);
        }
        if (requires == null || Arrays.stream(requires.value()).noneMatch(each -> each.isHeldBy(account))) {
            throw new AccessDeniedException(
                    requires == null
                            ? route + " states no permission"
                            : "requires one of " + Arrays.toString(requires.value()));
        }
    }

    /** Answers 404 for an item that the account may not see, as for one that does not exist. */
    private void requireItem(HttpServletRequest request, @Nullable Authentication account) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (!String.valueOf(pattern).contains("/items/{id}")) {
            return;
        }
        Map<?, ?> variables = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        String id = String.valueOf(variables.get("id"));
        // one spelling only: the binding of the parameter also reads 0x1f, #1f and +31 as numbers
        if (!ITEM_NUMBER.matcher(id).matches()
                || !items.isVisible(
                        Long.parseLong(id), account == null ? "" : account.getName(), laneAccess(account))) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no such item");
        }
    }

    /** Returns the lanes that an account may not see: the restricted ones, unless it has a permission for them. */
    LaneAccess laneAccess(@Nullable Authentication account) {
        return laneAccess(Permission.SEE_RESTRICTED.isHeldBy(account));
    }

    /** Returns the lanes that accounts with these roles may not see. */
    LaneAccess laneAccess(Set<Role> roles) {
        return laneAccess(Role.permissions(roles).contains(Permission.SEE_RESTRICTED));
    }

    private LaneAccess laneAccess(boolean seesRestricted) {
        return seesRestricted ? LaneAccess.ALL : new LaneAccess(watchlist.restrictedLanes());
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == LaneAccess.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return laneAccess(SecurityContextHolder.getContext().getAuthentication());
    }
}
