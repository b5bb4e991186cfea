package org.markwatch.review;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
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

    AuditController(Audit audit) {
        this.audit = audit;
    }

    @GetMapping("/audit")
    String entries(@RequestParam(defaultValue = "" + Long.MAX_VALUE) long before, Principal reader, Model model) {
        audit.append(
                reader.getName(),
                "audit.view",
                "audit",
                before == Long.MAX_VALUE ? Map.of() : Map.of("before", before));
        List<AuditEntry> entries = audit.entriesBefore(before, PAGE_SIZE);
        model.addAttribute("entries", entries.stream().map(HistoryEntry::of).toList());
        model.addAttribute(
                "older", entries.size() == PAGE_SIZE ? entries.getLast().seq() : null);
        return "audit";
    }

    /** Verifies the chain. Reads every entry, so it runs only on request. */
    @PostMapping("/audit/verify")
    String verify(Principal reader, RedirectAttributes redirect) {
        Optional<Audit.BrokenLink> found = audit.verify();
        audit.append(reader.getName(), "audit.verify", "audit", Map.of("intact", found.isEmpty()));
        found.ifPresentOrElse(
                broken -> redirect.addFlashAttribute(
                        "problem",
                        "The chain is broken at entry " + broken.seq() + ": " + broken.why()
                                + ". Leave the database as it is and inform its administrator."),
                () -> redirect.addFlashAttribute("notice", "The chain is intact from the first entry to the last."));
        return "redirect:/audit";
    }
}
