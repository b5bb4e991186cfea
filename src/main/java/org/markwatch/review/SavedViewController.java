package org.markwatch.review;

import java.security.Principal;
import java.util.Map;
import java.util.TreeMap;
import org.markwatch.review.view.SavedViews;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Keeps the filter of the queue as a view of the account. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/queue/views")
@Requires(Permission.VIEW_ITEMS)
class SavedViewController {
    private final SavedViews views;

    SavedViewController(SavedViews views) {
        this.views = views;
    }

    @PostMapping("/save")
    String save(
            @RequestParam(defaultValue = "") String name,
            @ModelAttribute FilterForm form,
            Principal account,
            ConsoleWords words,
            RedirectAttributes redirect) {
        try {
            Map<String, String> entries = new TreeMap<>(form.entries());
            entries.values().removeIf(String::isEmpty);
            views.save(account.getName(), name, entries);
            redirect.addFlashAttribute(
                    "notice", words.text("queue.view-kept-under-this", DisplayText.escape(name.strip())));
        } catch (IllegalArgumentException e) {
            redirect.addFlashAttribute("problem", words.problem(e));
        }
        return "redirect:" + form.link("after", "");
    }

    @PostMapping("/delete")
    String delete(@RequestParam(defaultValue = "") String name, Principal account) {
        views.delete(account.getName(), name);
        return "redirect:/queue?show=open";
    }

    /** Makes a view the one that the queue shows first, or no view if {@code first} is {@code no}. */
    @PostMapping("/default")
    String makeDefault(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String first,
            Principal account) {
        views.makeDefault(account.getName(), first.equals("no") ? "" : name);
        return "redirect:/queue";
    }
}
