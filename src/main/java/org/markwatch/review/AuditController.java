package org.markwatch.review;

import java.security.Principal;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.AuditFilter;
import org.markwatch.queue.AuditReader;
import org.markwatch.queue.AuditSearch;
import org.markwatch.queue.LaneAccess;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Shows and verifies the audit chain. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@Requires(Permission.READ_AUDIT)
class AuditController {
    private static final int PAGE_SIZE = 50;

    private final Audit audit;
    private final AuditSearch search;

    AuditController(Audit audit, AuditSearch search) {
        this.audit = audit;
        this.search = search;
    }

    @GetMapping("/audit")
    String entries(
            @ModelAttribute AuditFilterForm form,
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            Authentication reader,
            LaneAccess access,
            ZoneId zone,
            ConsoleWords words,
            Model model) {
        AuditFilter filter = form.toFilter(zone);
        Map<String, Object> details = new LinkedHashMap<>(filter.restrictions());
        if (before != Long.MAX_VALUE) {
            details.put("before", before);
        }
        audit.append(reader.getName(), "audit.view", "audit", details);
        List<AuditEntry> entries = search.page(
                filter,
                new AuditReader(reader.getName(), Permission.DECIDE.isHeldBy(reader), access),
                before,
                PAGE_SIZE);
        model.addAttribute("filter", form);
        model.addAttribute("filtered", !filter.equals(AuditFilter.ALL));
        model.addAttribute("first", before == Long.MAX_VALUE);
        model.addAttribute("unprotected", !audit.isProtected());
        model.addAttribute("restricted", !access.hidden().isEmpty());
        model.addAttribute("actions", HistoryEntry.actions());
        model.addAttribute(
                "entries",
                entries.stream().map(entry -> HistoryEntry.of(entry, words)).toList());
        model.addAttribute(
                "older", entries.size() == PAGE_SIZE ? entries.getLast().seq() : null);
        return "audit";
    }

    /** Verifies the chain. Reads every entry, so it runs only on request. */
    @PostMapping("/audit/verify")
    String verify(Principal reader, ConsoleWords words, RedirectAttributes redirect) {
        Optional<Audit.BrokenLink> found = audit.verify();
        audit.append(reader.getName(), "audit.verify", "audit", Map.of("intact", found.isEmpty()));
        found.ifPresentOrElse(
                broken -> redirect.addFlashAttribute(
                        "problem", words.text("audit.chain-broken-at-entry", broken.seq(), broken.why())),
                () -> redirect.addFlashAttribute("notice", words.text("audit.chain-intact-from-first")));
        return "redirect:/audit";
    }
}
