package org.markwatch.review.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.EntryException;
import org.markwatch.queue.Sentence;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.markwatch.review.team.ChangeProposals;
import org.markwatch.review.team.ChangeProposals.CheckedForm;
import org.markwatch.review.team.EntryAccess;
import org.markwatch.review.team.Proposal;
import org.markwatch.review.team.ProposalForm;
import org.markwatch.review.team.ProposalState;
import org.markwatch.review.team.Proposals;
import org.markwatch.watchlist.Fault;
import org.markwatch.watchlist.LineBreaks;
import org.markwatch.watchlist.edit.ConfigEntry;
import org.markwatch.watchlist.edit.EntryField;
import org.markwatch.watchlist.edit.EntryKind;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.Authentication;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Lists proposals to change the job-config, and makes and withdraws them. People approve them in the console: a token is not
 * a second person. Tokens get proposals of the kinds of entries that {@link EntryAccess} gives them.
 */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/api/v1/watchlist/proposals")
@Requires({Permission.EDIT_WATCHLIST, Permission.RUN})
class ApiProposalController {
    private static final int MOST = 100;

    private final Proposals proposals;
    private final ChangeProposals changes;

    ApiProposalController(Proposals proposals, ChangeProposals changes) {
        this.proposals = proposals;
        this.changes = changes;
    }

    /**
     * A proposal.
     *
     * @param key       key of the entry, after the change if it is added
     * @param file      relative to the job-config folder
     * @param decidedBy account that approved, rejected or withdrew it; null while it is open
     */
    record ApiProposal(
            long id,
            String kind,
            String action,
            String key,
            String file,
            String state,
            String reason,
            String proposedBy,
            Instant proposedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            String note) {
        static ApiProposal of(Proposal proposal) {
            var change = proposal.change();
            return new ApiProposal(
                    proposal.id(),
                    change.kind().label(),
                    change.action().label(),
                    change.key().isEmpty() ? ConfigEntry.key(change.kind(), change.values()) : change.key(),
                    change.file(),
                    proposal.state().label(),
                    proposal.reason(),
                    proposal.proposedBy(),
                    proposal.proposedAt(),
                    proposal.decidedBy(),
                    proposal.decidedAt(),
                    proposal.note());
        }
    }

    /**
     * A proposal with what it changes.
     *
     * @param before values of the entry before the change by field; null if an earlier release made the proposal
     * @param after  values after it; none if the entry is removed
     * @param diff   the change of the file in unified format
     */
    record ApiProposalDetails(
            ApiProposal proposal,
            @Nullable Map<String, List<String>> before,
            Map<String, List<String>> after,
            String diff) {
        static ApiProposalDetails of(Proposal proposal) {
            return new ApiProposalDetails(
                    ApiProposal.of(proposal),
                    proposal.before(),
                    proposal.change().values(),
                    proposal.diff());
        }
    }

    /** @param next value of {@code before} for the next page; null if this is the last one */
    record ApiProposalPage(
            List<ApiProposal> proposals, @Nullable Long next) {}

    @GetMapping
    ApiProposalPage list(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = "25") int limit,
            Authentication reader) {
        int most = ApiPage.limit(limit, MOST);
        ProposalState chosen =
                state.isEmpty() ? null : ApiPage.choice("state", state, ProposalState.values(), ProposalState::label);
        List<Proposal> found = proposals.list(EntryAccess.kinds(reader), chosen, before, most + 1);
        return new ApiProposalPage(
                found.stream().limit(most).map(ApiProposal::of).toList(),
                found.size() > most ? found.get(most - 1).id() : null);
    }

    @GetMapping("/{id}")
    ApiProposalDetails show(@PathVariable long id, Authentication reader) {
        return ApiProposalDetails.of(find(id, reader));
    }

    private Proposal find(long id, Authentication reader) {
        return changes.find(id)
                .filter(proposal ->
                        EntryAccess.kinds(reader).contains(proposal.change().kind()))
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no proposal " + id + "."));
    }

    /**
     * A change of one entry.
     *
     * @param kind   seed, brand, indicator, merchant or schedule
     * @param action add, edit or retire
     * @param key    key of the entry; null if it is added
     * @param file   file to add it to; null for the usual one
     * @param values values by field; of an entry that is edited, fields that are missing stay as they are
     * @param reason why, 1 to 300 characters
     */
    record ApiNewProposal(
            @Nullable String kind,
            @Nullable String action,
            @Nullable String key,
            @Nullable String file,
            @Nullable Map<String, @Nullable List<@Nullable String>> values,
            @Nullable String reason) {
        Map<String, @Nullable List<@Nullable String>> given() {
            return values == null ? Map.of() : values;
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ApiProposalDetails propose(@RequestBody ApiNewProposal entered, Authentication proposer) {
        ProposalForm form = form(entered);
        EntryAccess.require(form.kind(), proposer);
        if (!form.hasReason()) {
            throw new EntryException(Sentence.of("proposal.give-reason-characters", ProposalForm.LONGEST_REASON));
        }
        CheckedForm checked = changes.check(changes.completed(
                        form, entered.given().keySet())
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND,
                        "No file of the job-config has this " + form.kind().label() + ".")));
        if (checked.refusal() != null) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, checked.refusal().english());
        }
        if (!checked.isValid()) {
            throw faults(checked.config().faults());
        }
        return ApiProposalDetails.of(
                changes.find(changes.propose(checked, proposer.getName())).orElseThrow());
    }

    private static ProposalForm form(ApiNewProposal entered) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("kind", Objects.requireNonNullElse(entered.kind(), ""));
        parameters.put("action", Objects.requireNonNullElse(entered.action(), ""));
        parameters.put("key", Objects.requireNonNullElse(entered.key(), ""));
        parameters.put("file", Objects.requireNonNullElse(entered.file(), ""));
        parameters.put("reason", Objects.requireNonNullElse(entered.reason(), ""));
        for (Map.Entry<String, @Nullable List<@Nullable String>> each :
                entered.given().entrySet()) {
            parameters.put(ProposalForm.FIELD + each.getKey(), lines(each.getValue()));
        }
        try {
            ProposalForm form = ProposalForm.of(parameters);
            requireFields(form.kind(), entered.given());
            return form;
        } catch (IllegalArgumentException malformed) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, malformed.getMessage(), malformed);
        }
    }

    /** Returns the items as the form has them, one on each line. */
    private static String lines(@Nullable List<@Nullable String> items) {
        List<String> lines = new ArrayList<>();
        for (String item : Objects.requireNonNullElse(items, List.<@Nullable String>of())) {
            if (item == null || item.codePoints().anyMatch(LineBreaks::contains)) {
                throw new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "values: each value must be one line without control characters.");
            }
            lines.add(item);
        }
        return String.join("\n", lines);
    }

    /** @throws IllegalArgumentException if a field is none of the kind, or has more values than it can have */
    private static void requireFields(EntryKind kind, Map<String, @Nullable List<@Nullable String>> values) {
        values.forEach((name, items) -> {
            Optional<EntryField> field = kind.fields().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst();
            if (field.isEmpty()) {
                throw new IllegalArgumentException("values: a " + kind.label() + " has the fields "
                        + String.join(
                                ", ",
                                kind.fields().stream().map(EntryField::name).toList()));
            }
            if (!field.get().isList() && items != null && items.size() > 1) {
                throw new IllegalArgumentException("values: " + name + " has one value");
            }
        });
    }

    private static ErrorResponseException faults(List<Fault> faults) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, "The job-config with this change has faults; see 'faults'.");
        problem.setProperty("faults", faults.stream().map(Fault::toString).toList());
        return new ErrorResponseException(HttpStatus.BAD_REQUEST, problem, null);
    }

    /** Withdraws an open proposal of the account. */
    @PostMapping("/{id}/withdraw")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(@PathVariable long id, Authentication proposer) {
        find(id, proposer);
        changes.withdraw(id, proposer.getName()).ifPresent(refused -> {
            throw new ResponseStatusException(HttpStatus.CONFLICT, refused.english());
        });
    }
}
