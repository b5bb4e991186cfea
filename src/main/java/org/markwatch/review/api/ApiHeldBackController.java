package org.markwatch.review.api;

import java.util.List;
import java.util.Map;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.HeldBackPages.HeldBackPage;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.SampleResult;
import org.markwatch.review.Defanged;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.markwatch.url.HttpUrl;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the pages that the rules hold back, without any text of them, and what the sample of such pages showed. */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/api/v1/held-back")
@Requires(Permission.SEE_TEAM)
class ApiHeldBackController {
    private final HeldBackPages heldBack;

    ApiHeldBackController(HeldBackPages heldBack) {
        this.heldBack = heldBack;
    }

    /**
     * A page that is held back.
     *
     * @param origin defanged scheme, host and port
     * @param points points of its rules before contexts
     */
    record ApiHeldBackPage(String origin, String reason, int points, List<String> brands, List<String> groups) {
        static ApiHeldBackPage of(HeldBackPage page) {
            return new ApiHeldBackPage(
                    Defanged.of(HttpUrl.of(page.url())).origin(),
                    page.reason(),
                    page.points(),
                    page.brands(),
                    page.groups());
        }
    }

    /** What reviewers found on sampled pages; see {@link SampleResult}. */
    record ApiSample(long sampled, long decided, long hits, double low, double high) {
        static ApiSample of(SampleResult sample) {
            return new ApiSample(sample.sampled(), sample.decided(), sample.hits(), sample.low(), sample.high());
        }
    }

    /**
     * What is held back.
     *
     * @param run    last run with counts; 0 if there is none
     * @param counts pages of that run by reason
     * @param pages  most points first, at most 500
     */
    record ApiHeldBack(long run, Map<String, Long> counts, ApiSample sample, List<ApiHeldBackPage> pages) {}

    @GetMapping
    ApiHeldBack list(LaneAccess access) {
        long run = heldBack.lastRun();
        return new ApiHeldBack(
                run,
                heldBack.counts(run),
                ApiSample.of(heldBack.sampleResult(access)),
                heldBack.list(access).stream().map(ApiHeldBackPage::of).toList());
    }
}
