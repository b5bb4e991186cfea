package org.markwatch.review;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.markwatch.queue.AuditEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An audit entry as shown in the console.
 *
 * @param kind   CSS class of the action, for example {@code item-claim}
 * @param details audit details by name, without empty values and hashes of the evidence
 * @param sha256 first 12 characters of the hash of the entry
 */
record HistoryEntry(
        long seq,
        Instant at,
        String actor,
        String action,
        String kind,
        String subject,
        Map<String, String> details,
        String sha256) {
    private static final String WITHHELD = "withheld while an item waits that you may decide";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("item.view", "opened it"),
            Map.entry("item.reveal", "revealed text"),
            Map.entry("item.claim", "claimed it"),
            Map.entry("item.release", "released it"),
            Map.entry("item.skip", "skipped it"),
            Map.entry("item.decide", "decided"),
            Map.entry("item.reopen", "re-opened it"),
            Map.entry("item.close", "closed it"),
            Map.entry("item.benign", "found the page benign on direct fetch"),
            Map.entry("cluster.view", "opened the cluster"),
            Map.entry("cluster.decide", "decided the cluster"),
            Map.entry("cluster.undo", "took a bulk decision back"),
            Map.entry("item.undo", "took the decision back"),
            Map.entry("item.free", "took it from its holder"),
            Map.entry("item.assign", "assigned it"),
            Map.entry("item.assign.refused", "failed to assign it"),
            Map.entry("item.move", "moved it"),
            Map.entry("queue.search", "searched"),
            Map.entry("export", "exported"),
            Map.entry("audit.view", "read the audit"),
            Map.entry("audit.verify", "verified the chain"),
            Map.entry("sign-in.blocked", "was blocked from signing in"),
            Map.entry("sign-out", "signed out"),
            Map.entry("sign-in", "signed in"),
            Map.entry("sign-in.refused", "failed to sign in"),
            Map.entry("account.add", "added the account"),
            Map.entry("account.password", "replaced the password"),
            Map.entry("account.roles", "changed the roles"),
            Map.entry("account.reset", "set a one-time password"),
            Map.entry("account.password.refused", "entered a wrong password"),
            Map.entry("account.end", "ended the sessions and tokens"),
            Map.entry("account.link", "linked the account to a single sign-on"),
            Map.entry("account.link.open", "opened the account to a single sign-on"),
            Map.entry("account.lock", "locked the account"),
            Map.entry("account.unlock", "unlocked the account"),
            Map.entry("account.disable", "locked the account"),
            Map.entry("account.enable", "unlocked the account"),
            Map.entry("run.stop", "requested a stop"),
            Map.entry("watchlist.propose", "proposed a change"),
            Map.entry("watchlist.approve", "approved a change"),
            Map.entry("watchlist.write", "wrote an approved change"),
            Map.entry("watchlist.reject", "rejected a change"),
            Map.entry("watchlist.withdraw", "withdrew a change"),
            Map.entry("watchlist.try", "tried rules on a page"),
            Map.entry("run.attest", "attested requests"),
            Map.entry("robots.ignore", "disregarded robots.txt by authority"),
            Map.entry("retention.purge", "purged data"),
            Map.entry("account.settings", "changed the settings"),
            Map.entry("account.password.blocked", "was blocked from changing the password"),
            Map.entry("action.choose", "chose the action"),
            Map.entry("action.done", "recorded the receipt"),
            Map.entry("action.packet", "opened the draft"),
            Map.entry("audit.purge", "removed old entries of the audit"),
            Map.entry("calibration.add", "made it a calibration item"),
            Map.entry("calibration.retire", "ended its use for calibration"),
            Map.entry("database.backup", "made a backup"),
            Map.entry("database.restore", "restored a backup"),
            Map.entry("run.start", "requested a run"),
            Map.entry("token.create", "made a token"),
            Map.entry("token.revoke", "revoked a token"),
            Map.entry("hold.place", "placed a legal hold"),
            Map.entry("hold.release", "released a legal hold"));

    /** Returns the words for the usual actions, by action, sorted by action. */
    static SortedMap<String, String> actions() {
        return new TreeMap<>(WORDS);
    }

    static HistoryEntry of(AuditEntry entry) {
        Map<String, String> details = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> detail : JSON.readTree(entry.details()).properties()) {
            String value = detail.getValue().isString()
                    ? detail.getValue().stringValue()
                    : detail.getValue().toString();
            if (!value.isEmpty() && !detail.getKey().equals("evidence")) {
                details.put(detail.getKey(), DisplayText.escape(value));
            }
        }
        return new HistoryEntry(
                entry.seq(),
                entry.at(),
                DisplayText.escape(entry.actor()),
                entry.isWithheld() ? WITHHELD : WORDS.getOrDefault(entry.action(), entry.action()),
                entry.action().replace('.', '-'),
                DisplayText.escape(entry.subject()),
                details,
                entry.sha256().substring(0, 12));
    }
}
