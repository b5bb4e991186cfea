package org.markwatch.review.team;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Sentence;
import org.markwatch.review.team.JobConfig.CheckedConfig;
import org.markwatch.review.team.ProposalReview.CheckedChange;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.edit.ConfigFolder;
import org.markwatch.watchlist.edit.EditException;
import org.markwatch.watchlist.edit.EntryChange;
import org.markwatch.watchlist.edit.EntryChange.EntryAction;
import org.markwatch.watchlist.edit.EntryField;
import org.markwatch.watchlist.edit.EntryKind;
import org.markwatch.watchlist.edit.FileChange;

/** Takes changes of the job-config that people and programs propose, and checks them. Thread-safe. */
public final class ChangeProposals {
    private final ProposalReview review;
    private final ScheduleChanges schedules;
    private final ConfigFolder folder;

    ChangeProposals(ProposalReview review, ScheduleChanges schedules, JobConfig config) {
        this.review = review;
        this.schedules = schedules;
        this.folder = new ConfigFolder(config.folder());
    }

    /**
     * A form, and what it would do.
     *
     * @param file    the change of its file; null if the file cannot take it
     * @param config  the result of validating the job-config with it
     * @param refusal why it cannot be proposed, apart from faults; null if nothing else prevents it
     */
    public record CheckedForm(
            ProposalForm form,
            @Nullable FileChange file,
            CheckedConfig config,
            @Nullable Sentence refusal) {
        /** Returns whether the change can be proposed. */
        public boolean isValid() {
            return refusal == null && config.watchlist() != null;
        }
    }

    /**
     * Returns a form that names an entry with what the job-config has of it: the file, unless the form has one, and the values
     * of those fields that the form does not set; of all fields if the entry is retired. A form that adds an entry gets the
     * usual file.
     *
     * @param set names of the fields that the form sets
     * @return empty if no file has the entry
     */
    public Optional<ProposalForm> completed(ProposalForm form, Set<String> set) {
        if (form.action() == EntryAction.ADD) {
            List<String> files = folder.filesToAddTo(form.kind());
            return Optional.of(
                    files.isEmpty() || !form.file().isEmpty() ? form : form.with(files.getFirst(), form.values()));
        }
        return folder.find(form.kind(), form.key()).map(found -> {
            Map<String, List<String>> values = new LinkedHashMap<>(found.entry().values());
            if (form.action() == EntryAction.EDIT) {
                values.keySet().removeAll(set);
                values.putAll(form.values());
            }
            return form.with(form.file().isEmpty() ? found.file() : form.file(), values);
        });
    }

    /**
     * Returns a form for the change of a proposal on the entry as its file has it now. What others have changed since stays,
     * unless the proposal changes the same.
     */
    ProposalForm repeated(Proposal proposal) {
        EntryChange change = proposal.change();
        ProposalForm form =
                ProposalForm.of(change.action(), change.kind(), change.file(), change.key(), change.values());
        return onFile(form, proposal.before());
    }

    /** Returns a form that undoes a proposal in the same way; empty if the values before it are not known. */
    Optional<ProposalForm> setBack(Proposal proposal) {
        return ProposalForm.back(proposal)
                .map(form -> onFile(form, proposal.change().values()));
    }

    /** @param before values of the entry before the change; null if an earlier release did not store them */
    private ProposalForm onFile(ProposalForm form, @Nullable Map<String, List<String>> before) {
        return form.action() != EntryAction.EDIT
                ? form
                : folder.find(form.kind(), form.key())
                        .map(found -> form.with(
                                found.file(),
                                onEntry(form, before, found.entry().values())))
                        .orElse(form);
    }

    private static Map<String, List<String>> onEntry(
            ProposalForm form, @Nullable Map<String, List<String>> before, Map<String, List<String>> now) {
        Map<String, List<String>> values = new LinkedHashMap<>(now);
        if (before == null) {
            values.putAll(form.values());
            return values;
        }
        for (EntryField field : form.kind().fields()) {
            List<String> from = before.getOrDefault(field.name(), List.of());
            List<String> to = form.values().getOrDefault(field.name(), List.of());
            if (field.isList()) {
                List<String> items = new ArrayList<>(now.getOrDefault(field.name(), List.of()));
                items.removeIf(item -> from.contains(item) && !to.contains(item));
                to.stream()
                        .filter(item -> !from.contains(item) && !items.contains(item))
                        .forEach(items::add);
                values.put(field.name(), items);
            } else if (!from.equals(to)) {
                values.put(field.name(), to);
            }
        }
        return values;
    }

    /** Returns what a form would do; writes and stores nothing. */
    public CheckedForm check(ProposalForm form) {
        try {
            CheckedChange change = review.check(form.change());
            boolean moved =
                    !form.base().isEmpty() && !form.base().equals(change.file().baseSha256());
            return new CheckedForm(
                    form,
                    change.file(),
                    change.config(),
                    moved ? Sentence.of("proposal.file-has-changed-since") : scheduleRefusal(form.kind(), change));
        } catch (EditException refused) {
            return new CheckedForm(form, null, new CheckedConfig(null, List.of(), List.of()), refusal(refused));
        }
    }

    private @Nullable Sentence scheduleRefusal(EntryKind kind, CheckedChange change) {
        Watchlist after = change.config().watchlist();
        return kind == EntryKind.SCHEDULE && after != null
                ? schedules.refusal(after.settings().schedule()).orElse(null)
                : null;
    }

    /** Returns why a file cannot be changed, for people. */
    static Sentence refusal(EditException refused) {
        return Sentence.of("edit." + refused.why().label(), refused.file(), refused.detail());
    }

    /**
     * Stores a proposal and returns its number.
     *
     * @param checked a valid change with a reason
     */
    public long propose(CheckedForm checked, String proposer) {
        FileChange file = checked.file();
        if (file == null || !checked.isValid() || !checked.form().hasReason()) {
            throw new IllegalArgumentException("the change is not valid, or has no reason");
        }
        return review.propose(checked.form().change(), file, checked.form().reason(), proposer);
    }

    /** Returns a proposal; empty if there is none with this number. */
    public Optional<Proposal> find(long id) {
        return review.followed(id);
    }

    /** Withdraws an open proposal of the account; returns why that cannot be, empty if it is done. */
    public Optional<Sentence> withdraw(long id, String account) {
        ProposalReview.Outcome outcome = review.withdraw(id, account);
        return outcome.done() ? Optional.empty() : Optional.of(outcome.words());
    }
}
