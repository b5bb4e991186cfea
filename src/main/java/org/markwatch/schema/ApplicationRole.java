package org.markwatch.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The role of a database by which the program works. It owns nothing: it can read and append to the audit and the
 * decisions, but not change or delete them, nor alter tables, switch their triggers off or make temporary tables. The owner
 * of the tables migrates them and grants the rest.
 */
public final class ApplicationRole {
    /** Name of the role in an embedded database. */
    public static final String EMBEDDED = "markwatch_app";

    private static final String TABLES = "select, insert, update, delete, truncate";
    private static final String FUNCTIONS = "add_month, drop_month, seal_audit, delete_sealed_audit";

    /** Whether the owner of the tables owns the database too, and may say who makes temporary tables in it. */
    private static final String OWNS_DATABASE =
            "(select pg_has_role(datdba, 'usage') from pg_database where datname = current_database())";

    private final DataSource owner;
    private final String name;

    /**
     * @param owner connects as the owner of the tables
     * @param name  name of the role
     */
    public ApplicationRole(DataSource owner, String name) {
        this.owner = owner;
        this.name = name;
    }

    /** Creates the role, or sets its password, and grants it what the program needs. The owner is a superuser. */
    public void provide(String password) {
        inTransaction(jdbc -> {
            boolean missing = jdbc.queryForList("select 1 from pg_roles where rolname = ?", name)
                    .isEmpty();
            jdbc.execute(text(
                    jdbc,
                    missing
                            ? "format('create role %I login password %L', ?, ?)"
                            : "format('alter role %I login password %L', ?, ?)",
                    name,
                    password));
            grantMissing(jdbc);
        });
    }

    /**
     * Grants the role what the program needs, and nothing else; tables that the owner makes later are granted too.
     *
     * @throws IllegalArgumentException if there is no such role, or it can act as the owner; the message is a line for
     *                                  the user
     */
    public void grant() {
        inTransaction(jdbc -> {
            List<Boolean> powerful = jdbc.query("""
                    select r.rolsuper or pg_has_role(r.oid, c.relowner, 'member')
                      from pg_roles r, pg_class c where r.rolname = ? and c.oid = 'audit'::regclass
                    """, (row, number) -> row.getBoolean(1), name);
            if (powerful.isEmpty()) {
                throw new IllegalArgumentException("the database has no role " + name
                        + "; create it first, for example: CREATE ROLE " + name + " LOGIN PASSWORD '…'");
            }
            if (powerful.getFirst()) {
                throw new IllegalArgumentException("role " + name
                        + " owns the tables or is a superuser, so grants cannot restrict it; name another role");
            }
            grantMissing(jdbc);
        });
    }

    private void grantMissing(JdbcTemplate jdbc) {
        Boolean granted = jdbc.queryForObject("""
                select bool_and(has_table_privilege(?, c.oid, 'select')) and not has_table_privilege(?, 'audit', 'update')
                       and has_function_privilege(?, 'add_month(text, date)', 'execute')
                       and not (has_database_privilege(?, current_database(), 'temporary') and %s)
                  from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
                """.formatted(OWNS_DATABASE), Boolean.class, name, name, name, name);
        if (Boolean.TRUE.equals(granted)) {
            return; // grants lock rows of the catalog, which other processes use
        }
        String schema = text(jdbc, "quote_ident(current_schema())");
        String role = text(jdbc, "quote_ident(?)", name);
        for (String grant : List.of(
                "grant usage on schema %1$s to %2$s",
                "grant " + TABLES + " on all tables in schema %1$s to %2$s",
                "grant usage, select on all sequences in schema %1$s to %2$s",
                "alter default privileges in schema %1$s grant " + TABLES + " on tables to %2$s",
                "alter default privileges in schema %1$s grant usage, select on sequences to %2$s",
                "grant execute on function " + FUNCTIONS + " to %2$s",
                "revoke update, delete, truncate on audit, decision from %2$s",
                "revoke insert, delete, truncate on audit_head from %2$s",
                "revoke insert, update, delete, truncate on audit_start, " + Schema.HISTORY_TABLE + " from %2$s")) {
            jdbc.execute(grant.formatted(schema, role));
        }
        if (Boolean.TRUE.equals(jdbc.queryForObject("select " + OWNS_DATABASE, Boolean.class))) {
            jdbc.execute("revoke temporary on database " + text(jdbc, "quote_ident(current_database())")
                    + " from public, " + role);
        }
    }

    /**
     * Returns whether the role of a database's connections cannot act as the owner of the tables. False if there are no
     * tables yet.
     */
    public static boolean isRestricted(DataSource database) {
        return Boolean.TRUE.equals(new JdbcTemplate(database).queryForObject("""
                        select coalesce(bool_or(not pg_has_role(current_user, relowner, 'usage')), false)
                          from pg_class where oid = to_regclass('audit')
                        """, Boolean.class));
    }

    /** Returns the text that PostgreSQL makes of an expression. */
    private static String text(JdbcTemplate jdbc, String expression, Object... values) {
        return String.valueOf(jdbc.queryForObject("select " + expression, String.class, values));
    }

    private interface Work {
        void with(JdbcTemplate jdbc);
    }

    private void inTransaction(Work work) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(hashtextextended('markwatch grants', 0))");
            work.with(new JdbcTemplate(new SingleConnectionDataSource(connection, true)));
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("the role " + name + " cannot be granted: " + e.getMessage(), e);
        }
    }
}
