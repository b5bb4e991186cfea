package org.markwatch.review.team;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.markwatch.queue.Audit;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.Sentence;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.markwatch.review.ZoneTimes;
import org.markwatch.review.team.ChangeProposals.CheckedForm;
import org.markwatch.review.team.ProposalReview.Outcome;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.edit.ConfigFolder;
import org.markwatch.watchlist.edit.EditException;
import org.markwatch.watchlist.edit.EntryChange.EntryAction;
import org.markwatch.watchlist.edit.EntryKind;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Takes proposals to change the job-config, lists them, and lets another person decide on them. Accounts get proposals of the
 * kinds of entries that {@link EntryAccess} gives them.
 */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@Requires({Permission.EDIT_WATCHLIST, Permission.RUN})
class ProposalController {
    private static final int PAGE_SIZE = 50;
    /** Kept pages that a proposal is tried on. */
    private static final int TRIED_PAGES = 200;

    private final Proposals proposals;
    private final ProposalReview review;
    private final ChangeProposals changes;
    private final ScheduleChanges schedules;
    private final ConfigFolder folder;
    private final RuleTrial trial;
    private final CurrentWatchlist current;
    private final HeldBackPages pages;
    private final TrialSlots slots;
    private final Audit audit;

    ProposalController(
            Proposals proposals,
            ProposalReview review,
            ChangeProposals changes,
            ScheduleChanges schedules,
            JobConfig config,
            RuleTrial trial,
            CurrentWatchlist current,
            HeldBackPages pages,
            TrialSlots slots,
            Audit audit) {
        this.proposals = proposals;
        this.review = review;
        this.changes = changes;
        this.schedules = schedules;
        this.folder = new ConfigFolder(config.folder());
        this.trial = trial;
        this.current = current;
        this.pages = pages;
        this.slots = slots;
        this.audit = audit;
    }

    /**
     * Shows the form of a change.
     *
     * @param from  number of a proposal that is made anew; 0 for none
     * @param back  whether its entry is to be as it was before that proposal
     * @param typed what was entered before the session ended; empty for nothing
     */
    @GetMapping("/watchlist/change")
    String form(
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "edit") String action,
            @RequestParam(defaultValue = "0") long from,
            @RequestParam(defaultValue = "false") boolean back,
            @ModelAttribute(name = "typed", binding = false) Map<String, String> typed,
            Authentication editor,
            Model model) {
        if (!typed.isEmpty()) {
            return form(completed(read(typed, editor)), model);
        }
        if (from != 0) {
            Proposal earlier = find(from, editor);
            return form(
                    back
                            ? changes.setBack(earlier).orElseThrow(ProposalController::unknown)
                            : changes.repeated(earlier),
                    model);
        }
        ProposalForm empty = read(Map.of("kind", kind, "action", action, "key", key), editor);
        return form(
                changes.completed(empty, Set.of())
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no file has this entry")),
                model);
    }

    private String form(ProposalForm form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("files", folder.filesToAddTo(form.kind()));
        model.addAttribute("longestReason", ProposalForm.LONGEST_REASON);
        model.addAttribute("base", base(form));
        return "proposal-form";
    }

    /** Returns the hash of the file of a form; empty if the form names none. */
    private String base(ProposalForm form) {
        try {
            return folder.sha256(form.kind(), form.file());
        } catch (EditException none) {
            return "";
        }
    }

    private static ProposalForm read(Map<String, String> parameters, Authentication editor) {
        try {
            ProposalForm form = ProposalForm.of(parameters);
            EntryAccess.require(form.kind(), editor);
            return form;
        } catch (IllegalArgumentException malformed) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, malformed.getMessage(), malformed);
        }
    }

    /** Shows the difference and the faults of what is entered, and stores it if that is asked for and it is valid. */
    @PostMapping("/watchlist/change")
    String change(
            @RequestParam Map<String, String> fields,
            Authentication proposer,
            ZoneId zone,
            ConsoleWords words,
            Model model,
            RedirectAttributes redirect) {
        ProposalForm form = completed(read(fields, proposer));
        CheckedForm checked = changes.check(form);
        if (checked.file() != null) {
            model.addAttribute("diff", ShownDiffLine.of(checked.file().diff()));
            model.addAttribute("faults", checked.config().faults());
            model.addAttribute("notes", checked.config().notes());
        }
        addNextRuns(checked, zone, words, model);
        if (checked.refusal() != null) {
            model.addAttribute("problem", words.text(checked.refusal()));
        } else if ("propose".equals(fields.get("then")) && checked.isValid()) {
            if (form.hasReason()) {
                long id = changes.propose(checked, proposer.getName());
                redirect.addFlashAttribute("notice", words.text("proposal.proposed-another-person-has"));
                return "redirect:/watchlist/proposals/" + id;
            }
            model.addAttribute("problem", words.text("proposal.give-reason-characters", ProposalForm.LONGEST_REASON));
        }
        return form(form, model);
    }

    private void addNextRuns(CheckedForm checked, ZoneId zone, ConsoleWords words, Model model) {
        Watchlist after = checked.config().watchlist();
        if (checked.form().kind() == EntryKind.SCHEDULE && after != null) {
            model.addAttribute("next", schedules.next(after.settings().schedule(), new ZoneTimes(zone), words));
        }
    }

    /** Returns the form with the values that the file has, if the form itself has none to show. */
    private ProposalForm completed(ProposalForm form) {
        return form.action() == EntryAction.RETIRE
                ? changes.completed(form, Set.of()).orElse(form)
                : form;
    }

    @GetMapping("/watchlist/proposals")
    String list(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            Authentication reader,
            Model model) {
        ProposalState chosen = ProposalState.of(state).orElse(null);
        List<Proposal> found = proposals.list(EntryAccess.kinds(reader), chosen, before, PAGE_SIZE + 1);
        model.addAttribute(
                "rows", found.stream().limit(PAGE_SIZE).map(ProposalRow::of).toList());
        model.addAttribute("state", chosen == null ? "" : chosen.label());
        model.addAttribute("states", ProposalState.values());
        model.addAttribute(
                "older", found.size() > PAGE_SIZE ? found.get(PAGE_SIZE - 1).id() : null);
        return "proposals";
    }

    @GetMapping("/watchlist/proposals/{id}")
    String show(@PathVariable long id, Authentication reader, Model model) {
        find(id, reader);
        return show(review.followed(id).orElseThrow(ProposalController::unknown), reader, model);
    }

    private Proposal find(long id, Authentication reader) {
        Proposal proposal = proposals.find(id).orElseThrow(ProposalController::unknown);
        EntryAccess.require(proposal.change().kind(), reader);
        return proposal;
    }

    private static ResponseStatusException unknown() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    private static String show(Proposal proposal, Authentication reader, Model model) {
        model.addAttribute("row", ProposalRow.of(proposal));
        model.addAttribute("diff", ShownDiffLine.of(proposal.diff()));
        boolean open = proposal.state() == ProposalState.OPEN;
        boolean another = proposal.isOfAnother(reader.getName());
        model.addAttribute("mayDecide", open && another);
        model.addAttribute("mayWithdraw", open && !another);
        model.addAttribute("mayWrite", proposal.state() == ProposalState.APPROVED && another);
        model.addAttribute(
                "mayTry",
                proposal.change().kind() != EntryKind.SCHEDULE && (open || proposal.state() == ProposalState.APPROVED));
        model.addAttribute("mayGoBack", proposal.state() == ProposalState.WRITTEN && proposal.before() != null);
        model.addAttribute("outdated", proposal.state() == ProposalState.OUTDATED);
        return "proposal";
    }

    /** Approves a proposal, or tries to write the file of an approved one again. */
    @PostMapping("/watchlist/proposals/{id}/approve")
    String approve(@PathVariable long id, Authentication approver, ConsoleWords words, RedirectAttributes redirect) {
        return back(find(id, approver), review.approve(id, approver.getName()), words, redirect);
    }

    @PostMapping("/watchlist/proposals/{id}/reject")
    String reject(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String reason,
            Authentication reader,
            ConsoleWords words,
            RedirectAttributes redirect) {
        Proposal proposal = find(id, reader);
        String given = ProposalForm.storable(reason).strip();
        Outcome outcome = given.isEmpty() || given.length() > ProposalForm.LONGEST_REASON
                ? Outcome.refused(Sentence.of("proposal.give-reason-characters", ProposalForm.LONGEST_REASON))
                : review.reject(id, reader.getName(), given);
        return back(proposal, outcome, words, redirect);
    }

    @PostMapping("/watchlist/proposals/{id}/withdraw")
    String withdraw(@PathVariable long id, Authentication reader, ConsoleWords words, RedirectAttributes redirect) {
        return back(find(id, reader), review.withdraw(id, reader.getName()), words, redirect);
    }

    private static String back(Proposal proposal, Outcome outcome, ConsoleWords words, RedirectAttributes redirect) {
        redirect.addFlashAttribute(outcome.done() ? "notice" : "problem", words.text(outcome.words()));
        return "redirect:/watchlist/proposals/" + proposal.id();
    }

    /** Shows what the proposal would change on the kept text of the pages that became known last. */
    @PostMapping("/watchlist/proposals/{id}/try")
    @Requires(Permission.EDIT_WATCHLIST)
    String tryOut(@PathVariable long id, Authentication reader, LaneAccess access, ConsoleWords words, Model model) {
        Proposal proposal = find(id, reader);
        Watchlist changed = null;
        try {
            changed = review.check(proposal.change()).config().watchlist();
        } catch (EditException refused) {
            model.addAttribute("problem", words.text(ChangeProposals.refusal(refused)));
        }
        if (changed != null) {
            Watchlist after = changed;
            slots.run(() -> tried(proposal, after, access, reader))
                    .ifPresentOrElse(
                            tried -> model.addAttribute("tried", tried),
                            () -> model.addAttribute("problem", words.text(TrialSlots.TAKEN)));
        } else if (!model.containsAttribute("problem")) {
            model.addAttribute("problem", words.text("proposal.job-config-with-this"));
        }
        return show(proposal, reader, model);
    }

    private TriedProposal tried(Proposal proposal, Watchlist after, LaneAccess access, Authentication reader) {
        audit.append(reader.getName(), "watchlist.try", "proposal:" + proposal.id(), Map.of("most pages", TRIED_PAGES));
        RuleTrial.TriedChange change = trial.compare(current.watchlist(), after, TRIED_PAGES);
        var hidden = pages.hidden(
                change.changes().stream().map(each -> each.page().toString()).toList(), access);
        return TriedProposal.of(
                change.pages(),
                change.changes().stream()
                        .filter(each -> !hidden.contains(each.page().toString())
                                && each.lanes().stream().allMatch(access::allows))
                        .toList(),
                Permission.REVEAL.isHeldBy(reader));
    }
}
