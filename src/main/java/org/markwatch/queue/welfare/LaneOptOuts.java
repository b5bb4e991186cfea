package org.markwatch.queue.welfare;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.markwatch.queue.Audit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The lanes from which people are dealt no item (table {@code lane_opt_out}). Nobody gives a reason. Thread-safe. */
public final class LaneOptOuts {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    private final Audit audit;

    public LaneOptOuts(DataSource dataSource, Audit audit) {
        this.jdbc = JdbcClient.create(dataSource);
        this.audit = audit;
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /** Returns the lanes that an account leaves out. */
    public Set<String> of(String account) {
        return jdbc.sql("select lane from lane_opt_out where account = ?")
                .param(account)
                .query((row, number) -> row.getString("lane"))
                .set();
    }

    /** Replaces the lanes that an account leaves out. The audit records that, not which: nobody has to account for them. */
    public void replace(String account, Collection<String> lanes) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from lane_opt_out where account = ?")
                    .param(account)
                    .update();
            jdbc.sql("insert into lane_opt_out (account, lane) select distinct ?, lane from unnest(?) lane")
                    .params(account, lanes.toArray(String[]::new))
                    .update();
            audit.append(account, "account.lanes", "account:" + account, Map.of());
        });
    }
}
