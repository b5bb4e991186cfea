package org.markwatch.review.accounts;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.markwatch.queue.Audit;
import org.markwatch.queue.EntryException;
import org.markwatch.queue.ScreenQueries;
import org.markwatch.queue.Sentence;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How the owner of an account wants to see the console. A change is written to the audit; sessions go on. Thread-safe.
 */
@Component
class AccountSettings {
    /** The languages of the console, the first for browsers that ask for none of them. */
    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.of("es"));

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;

    AccountSettings(DataSource dataSource, Audit audit) {
        this.jdbc = ScreenQueries.client(dataSource);
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

    /** Returns the language of an account; empty for the one that the browser asks for. */
    Optional<Locale> languageOf(String account) {
        return jdbc.sql("select language from account where name = ? and language is not null")
                .param(account)
                .query(String.class)
                .optional()
                .filter(tag -> LANGUAGES.contains(Locale.forLanguageTag(tag)))
                .map(Locale::forLanguageTag);
    }

    /**
     * Replaces the settings of an account.
     *
     * @param zone     a name in the IANA time zone database, or {@code UTC}
     * @param language tag of one of {@link #LANGUAGES}; empty for the one that the browser asks for
     * @throws EntryException if one of them is not offered
     */
    void replace(String account, String zone, String language) {
        if (!TimeZones.isOffered(zone)) {
            throw new EntryException(Sentence.of("refusal.choose-time-zone-list"));
        }
        if (!language.isEmpty() && !LANGUAGES.contains(Locale.forLanguageTag(language))) {
            throw new EntryException(Sentence.of("refusal.choose-language-list"));
        }
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update account set time_zone = nullif(?, 'UTC'), language = nullif(?, '') where name = ?")
                    .params(zone, language, account)
                    .update();
            audit.append(account, "account.settings", "account:" + account, Map.of("zone", zone, "language", language));
        });
    }
}
