package org.markwatch.review.accounts;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import javax.sql.DataSource;
import org.markwatch.queue.Audit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How the owner of an account wants to see the console. A change is written to the audit; sessions go on. Thread-safe.
 */
@Component
class AccountSettings {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;

    AccountSettings(DataSource dataSource, Audit audit) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.audit = audit;
    }

    /** Returns the time zone of an account; UTC if it has chosen none, or there is no such account. */
    ZoneId zoneOf(String account) {
        return jdbc.sql("select time_zone from account where name = ? and time_zone is not null")
                .param(account)
                .query(String.class)
                .optional()
                .filter(TimeZones::isOffered)
                .map(ZoneId::of)
                .orElse(ZoneOffset.UTC);
    }

    /**
     * Replaces the time zone of an account.
     *
     * @param zone a name in the IANA time zone database, or {@code UTC}
     * @throws IllegalArgumentException if the zone is not offered; the message is a line for the user
     */
    void replaceZone(String account, String zone) {
        if (!TimeZones.isOffered(zone)) {
            throw new IllegalArgumentException("Choose a time zone of the list.");
        }
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update account set time_zone = nullif(?, 'UTC') where name = ?")
                    .params(zone, account)
                    .update();
            audit.append(account, "account.settings", "account:" + account, Map.of("zone", zone));
        });
    }
}
