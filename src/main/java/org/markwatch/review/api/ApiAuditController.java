package org.markwatch.review.api;

import java.security.Principal;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.AuditFilter;
import org.markwatch.queue.AuditReader;
import org.markwatch.queue.AuditSearch;
import org.markwatch.queue.LaneAccess;
import org.markwatch.review.AuditFilterForm;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads the audit; each reading is written to it. */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/api/v1/audit")
@Requires(Permission.READ_AUDIT)
class ApiAuditController {
    private static final int MOST = 1000;

    private final Audit audit;
    private final AuditSearch search;

    ApiAuditController(Audit audit, AuditSearch search) {
        this.audit = audit;
        this.search = search;
    }

    /** @param next value of {@code before} for the next page; null if this is the last one */
    record ApiAuditPage(
            List<ApiAuditEntry> entries, @Nullable Long next) {}

    @GetMapping
    ApiAuditPage entries(
            @ModelAttribute AuditFilterForm form,
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = "50") int limit,
            Principal reader,
            LaneAccess access) {
        AuditFilter filter = form.toFilter(ZoneOffset.UTC);
        int most = ApiPage.limit(limit, MOST);
        Map<String, Object> details = new LinkedHashMap<>(filter.restrictions());
        if (before != Long.MAX_VALUE) {
            details.put("before", before);
        }
        audit.append(reader.getName(), "audit.view", "audit", details);
        List<AuditEntry> entries = search.page(
                filter,
                // a token without a scope to decide may belong to somebody who decides: first decisions are withheld
                new AuditReader(reader.getName(), true, access),
                before,
                most);
        return new ApiAuditPage(
                entries.stream().map(ApiAuditEntry::of).toList(),
                entries.size() == most ? entries.getLast().seq() : null);
    }
}
