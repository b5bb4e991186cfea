package org.markwatch.review;

import java.security.Principal;
import java.util.Map;
import org.markwatch.queue.Audit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Stops the run in progress. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
class RunController {
    private final ObjectProvider<RunControl> runs;
    private final Audit audit;

    RunController(ObjectProvider<RunControl> runs, Audit audit) {
        this.runs = runs;
        this.audit = audit;
    }

    @Requires(Permission.RUN)
    @PostMapping("/run/stop")
    String stop(@RequestParam long run, Principal operator, RedirectAttributes redirect) {
        RunControl control = runs.getIfAvailable();
        if (control == null
                || control.activeRun().filter(each -> each.run() == run).isEmpty()) {
            redirect.addFlashAttribute("notice", "Run " + run + " is no longer in progress.");
            return "redirect:/queue";
        }
        audit.append(operator.getName(), "run.stop", "run:" + run, Map.of());
        control.stop(run);
        redirect.addFlashAttribute("notice", "Run " + run + " is stopping. The next start resumes it.");
        return "redirect:/queue";
    }
}
