package org.markwatch.review.api;

import org.jspecify.annotations.Nullable;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.precision.Precision;
import org.markwatch.queue.precision.RulePrecision;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Shows what decisions say of an indicator. */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/api/v1/watchlist/precision")
@Requires(Permission.EDIT_WATCHLIST)
class ApiPrecisionController {
    private final CurrentWatchlist current;
    private final RulePrecision precision;

    ApiPrecisionController(CurrentWatchlist current, RulePrecision precision) {
        this.current = current;
        this.precision = precision;
    }

    /**
     * The precision of a rule in the lanes that the token may see.
     *
     * @param open      open items with the rule, at most {@link RulePrecision#MOST_COUNTED} + 1
     * @param decided   decided items with it
     * @param confirmed those with a decision that states misuse
     * @param share     share of these among them and the false positives; null if there are too few, like its 95 % interval
     */
    record ApiPrecision(
            String rule,
            long open,
            long decided,
            long confirmed,
            long falsePositives,
            @Nullable Double share,
            @Nullable Double low,
            @Nullable Double high) {
        static ApiPrecision of(String rule, Precision counts) {
            Precision.ConfirmedShare share = counts.share();
            return new ApiPrecision(
                    rule,
                    counts.open(),
                    counts.decided(),
                    counts.confirmed(),
                    counts.falsePositives(),
                    share == null ? null : share.value(),
                    share == null ? null : share.low(),
                    share == null ? null : share.high());
        }
    }

    /** @param rule {@code id@version} of an indicator in force that is not restricted */
    @GetMapping
    ApiPrecision precision(@RequestParam(defaultValue = "") String rule, LaneAccess access) {
        boolean known = current.watchlist().indicators().stream()
                .anyMatch(each -> !each.restricted() && each.rule().equals(rule));
        if (!known) {
            throw new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "The watchlist in force has no such rule, for example shop-voucher@2.");
        }
        return ApiPrecision.of(rule, precision.of(rule, access));
    }
}
