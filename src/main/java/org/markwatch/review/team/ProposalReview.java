package org.markwatch.review.team;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Sentence;
import org.markwatch.review.team.JobConfig.CheckedConfig;
import org.markwatch.watchlist.Fault;
import org.markwatch.watchlist.edit.ConfigFolder;
import org.markwatch.watchlist.edit.EditException;
import org.markwatch.watchlist.edit.EntryChange;
import org.markwatch.watchlist.edit.EntryKind;
import org.markwatch.watchlist.edit.FileChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes proposals, decides on them and writes approved ones into the job-config. Each step is one transaction with its
 * audit entry; approval and writing are two. One step at a time validates the folder. Thread-safe.
 */
final class ProposalReview {
    private static final Logger LOG = LoggerFactory.getLogger(ProposalReview.class);

    private final Proposals proposals;
    private final JobConfig config;
    private final ConfigFolder folder;
    private final ScheduleChanges schedules;
    private final Audit audit;
    private final TransactionTemplate transaction;

    ProposalReview(
            Proposals proposals, JobConfig config, ScheduleChanges schedules, Audit audit, DataSource dataSource) {
        this.proposals = proposals;
        this.config = config;
        this.folder = new ConfigFolder(config.folder());
        this.schedules = schedules;
        this.audit = audit;
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /** A change of a file, and the result of validating the folder with it. */
    record CheckedChange(FileChange file, CheckedConfig config) {
        boolean isValid() {
            return config.watchlist() != null;
        }
    }

    /** Returns what a change makes of its file, validated; writes nothing. */
    synchronized CheckedChange check(EntryChange change) throws EditException {
        FileChange file = folder.change(change);
        return new CheckedChange(file, config.check(Map.of(file.path(), file.after())));
    }

    /** Stores a valid change as a proposal and returns its number. */
    long propose(EntryChange change, FileChange file, String reason, String proposer) {
        return transaction.execute(status -> {
            long id = proposals.add(change, file, reason, proposer);
            Map<String, Object> details = details(change);
            details.put("reason", reason);
            details.put("base", file.baseSha256());
            details.put("after", file.afterSha256());
            audit.append(proposer, "watchlist.propose", subject(id), details);
            return id;
        });
    }

    /**
     * Approves an open proposal and writes its file, or writes that of an approved one. The approval is committed before the
     * file is touched, so that the job-config never has a change that the audit does not. Runs start by a written schedule at
     * once.
     *
     * @return what happened, in words for people
     */
    synchronized Outcome approve(long id, String approver) {
        Outcome approval = transaction.execute(status -> proposals
                .lock(id)
                .map(proposal -> approve(proposal, approver))
                .orElse(Outcome.refused(Sentence.of("proposal.there-no-proposal", id))));
        if (!approval.done()) {
            return approval;
        }
        Outcome written = write(id, approver);
        return written.done()
                ? proposals
                        .find(id)
                        .filter(ProposalReview::isWrittenSchedule)
                        .map(this::follow)
                        .orElse(written)
                : written;
    }

    private static boolean isWrittenSchedule(Proposal proposal) {
        return proposal.state() == ProposalState.WRITTEN && proposal.change().kind() == EntryKind.SCHEDULE;
    }

    private Outcome follow(Proposal schedule) {
        String file = schedule.change().file();
        return new Outcome(
                true,
                schedules.follow()
                        ? Sentence.of("proposal.schedule-is-followed", file)
                        : Sentence.of("proposal.schedule-after-next-start", file));
    }

    private Outcome approve(Proposal proposal, String approver) {
        if (!isWaiting(proposal)) {
            return already(proposal);
        }
        if (!proposal.isOfAnother(approver)) {
            return Outcome.refused(Sentence.of("proposal.you-proposed-this-change"));
        }
        try {
            EntryChange change = proposal.change();
            String now = folder.sha256(change.kind(), change.file());
            if (!now.equals(proposal.afterSha256())) {
                CheckedChange checked = check(change);
                if (!now.equals(proposal.baseSha256())
                        || !checked.file().afterSha256().equals(proposal.afterSha256())) {
                    return outdated(proposal, approver);
                }
                Optional<Fault> fault = checked.config().faults().stream().findFirst();
                if (fault.isPresent()) {
                    return Outcome.refused(Sentence.of("proposal.job-config-with-this-change", fault.get()));
                }
            }
            return decide(proposal, ProposalState.APPROVED, approver, "", Sentence.of("proposal.state.approved"));
        } catch (EditException changed) {
            LOG.info("Proposal {} does not fit its file any more: {}", proposal.id(), changed.getMessage());
            return outdated(proposal, approver);
        }
    }

    private static Outcome already(Proposal proposal) {
        return Outcome.refused(
                Sentence.of("proposal.already." + proposal.state().label(), proposal.id()));
    }

    private static boolean isWaiting(Proposal proposal) {
        return proposal.state() == ProposalState.OPEN || proposal.state() == ProposalState.APPROVED;
    }

    /** Writes the file of an approved proposal. Several consoles on one database take turns between comparison and rename. */
    private Outcome write(long id, String account) {
        return transaction.execute(status -> {
            proposals.lockFolder(config.folder());
            Proposal proposal = proposals.lock(id).orElseThrow();
            EntryChange change = proposal.change();
            if (proposal.state() != ProposalState.APPROVED) {
                return already(proposal);
            }
            try {
                if (folder.sha256(change.kind(), change.file()).equals(proposal.afterSha256())) {
                    return decide(
                            proposal,
                            ProposalState.WRITTEN,
                            account,
                            "",
                            Sentence.of("proposal.file-has-change-already", change.file()));
                }
                FileChange file = folder.change(change);
                if (!file.baseSha256().equals(proposal.baseSha256())
                        || !file.afterSha256().equals(proposal.afterSha256())) {
                    return outdated(proposal, account);
                }
                folder.write(file);
            } catch (EditException changed) {
                LOG.info("Proposal {} does not fit its file any more: {}", id, changed.getMessage());
                return outdated(proposal, account);
            } catch (IOException readOnly) {
                LOG.warn("{} cannot be written: {}", change.file(), readOnly.toString());
                return new Outcome(true, Sentence.of("proposal.approved-cannot-be-written", change.file()));
            }
            return decide(
                    proposal,
                    ProposalState.WRITTEN,
                    account,
                    "",
                    Sentence.of("proposal.approved-written-next-run", change.file()));
        });
    }

    /**
     * Returns a proposal, after its state has followed its file: an approved one whose file has the change is written. The
     * console was stopped before it could record so, or a person changed the file by hand.
     */
    Optional<Proposal> followed(long id) {
        Optional<Proposal> found = proposals.find(id);
        if (found.filter(this::isInFile).isEmpty()) {
            return found;
        }
        Optional<Proposal> written = transaction.execute(status -> {
            proposals
                    .lock(id)
                    .filter(this::isInFile)
                    .ifPresent(proposal -> record(proposal, ProposalState.WRITTEN, Audit.SYSTEM, ""));
            return proposals.find(id);
        });
        written.filter(ProposalReview::isWrittenSchedule).ifPresent(this::follow);
        return written;
    }

    private boolean isInFile(Proposal proposal) {
        try {
            return proposal.state() == ProposalState.APPROVED
                    && folder.sha256(proposal.change().kind(), proposal.change().file())
                            .equals(proposal.afterSha256());
        } catch (EditException unreadable) {
            // whoever looks again is told
            return false;
        }
    }

    private Outcome outdated(Proposal proposal, String approver) {
        Sentence why = Sentence.of(
                "proposal.not-file-difference-was", proposal.change().file());
        decide(proposal, ProposalState.OUTDATED, approver, "", why);
        return Outcome.refused(why);
    }

    private Outcome decide(Proposal proposal, ProposalState state, String account, String note, Sentence words) {
        record(proposal, state, account, note);
        return new Outcome(true, words);
    }

    private void record(Proposal proposal, ProposalState state, String account, String note) {
        if (proposal.state() == state) {
            return;
        }
        proposals.decide(proposal.id(), state, account, note);
        Map<String, Object> details = details(proposal.change());
        details.put("state", state.label());
        details.put("proposed by", proposal.proposedBy());
        details.put("note", note);
        details.put("after", proposal.afterSha256());
        audit.append(account, "watchlist." + action(state), subject(proposal.id()), details);
    }

    private static String action(ProposalState state) {
        return switch (state) {
            case REJECTED -> "reject";
            case WITHDRAWN -> "withdraw";
            case WRITTEN -> "write";
            default -> "approve";
        };
    }

    /** Rejects an open proposal of another person, with a reason. */
    Outcome reject(long id, String account, String reason) {
        return end(id, account, ProposalState.REJECTED, reason);
    }

    /** Withdraws an open proposal of the account. */
    Outcome withdraw(long id, String account) {
        return end(id, account, ProposalState.WITHDRAWN, "");
    }

    private Outcome end(long id, String account, ProposalState state, String note) {
        return transaction.execute(status -> {
            Proposal proposal = proposals.lock(id).orElse(null);
            if (proposal == null || proposal.state() != ProposalState.OPEN) {
                return Outcome.refused(Sentence.of("proposal.proposal-not-open", id));
            }
            if (proposal.isOfAnother(account) == (state == ProposalState.WITHDRAWN)) {
                return Outcome.refused(Sentence.of("proposal.you-proposed-this-change-withdraw"));
            }
            return decide(
                    proposal,
                    state,
                    account,
                    note,
                    state == ProposalState.REJECTED
                            ? Sentence.of("proposal.proposal-rejected", id)
                            : Sentence.of("proposal.proposal-withdrawn", id));
        });
    }

    private static Map<String, Object> details(EntryChange change) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("change", change.action().label() + " " + change.kind().label());
        details.put("entry", change.key());
        details.put("file", change.file());
        return details;
    }

    private static String subject(long id) {
        return "proposal:" + id;
    }

    /**
     * What a decision did.
     *
     * @param done  whether it did what was asked
     * @param words what happened, for people
     */
    record Outcome(boolean done, Sentence words) {
        static Outcome refused(Sentence words) {
            return new Outcome(false, words);
        }
    }
}
