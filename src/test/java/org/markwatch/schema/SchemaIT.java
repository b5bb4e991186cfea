package org.markwatch.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.markwatch.database.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

class SchemaIT {
    private final DataSource database = TestDatabase.empty();
    private final Schema schema = new Schema(database);

    @Test
    void makesNewDatabaseFromBaseline() {
        assertThat(schema.version()).isZero();

        schema.migrate();

        assertThat(schema.version()).isEqualTo(schema.latestVersion());
        assertThat(applied()).startsWith("33 baseline").doesNotContain("2 crawl");
    }

    @Test
    void migratesOldDatabaseStepByStep() {
        schema.migrateTo(24);
        assertThat(schema.version()).isEqualTo(24);

        schema.migrate();

        assertThat(applied()).startsWith("1 libraries", "2 crawl").doesNotContain("33 baseline");
    }

    @Test
    void baselineEqualsMigrations() {
        schema.migrateTo(OldDatabase.VERSION);
        schema.migrate();
        assertThat(applied()).startsWith("1 libraries");
        DataSource fresh = TestDatabase.empty();
        new Schema(fresh).migrate();

        assertThat(catalog(fresh)).hasSizeGreaterThan(500).containsExactlyInAnyOrderElementsOf(catalog(database));
    }

    @Test
    void countsThePagesOfSeedsAgain() {
        schema.migrateTo(90);
        JdbcClient jdbc = JdbcClient.create(database);
        jdbc.sql("insert into seed (url, known, texts) values ('http://a.example/', 9, 9), ('http://b.example/', 0, 0)")
                .update();
        jdbc.sql("""
                        insert into page (url_hash, url, host, seed, depth, priority, first_run, run_id, disposition)
                        select md5(n::text)::uuid, n::text, '', s.id, 0, 0, 1, 1, case when n = 1 then 'failed' else 'fetched' end
                        from seed s, generate_series(1, 3) n where s.url = 'http://b.example/'""").update();

        schema.migrate();

        assertThat(jdbc.sql("select known || ' ' || texts from seed order by url")
                        .query(String.class)
                        .list())
                .containsExactly("0 0", "3 2");
    }

    private List<String> applied() {
        return JdbcClient.create(database)
                .sql("select version || ' ' || description from flyway_schema_history where version is not null"
                        + " order by installed_rank")
                .query((row, number) -> row.getString(1))
                .list();
    }

    /**
     * Returns a line for each object of the schema. The names of not-null constraints are left out: PostgreSQL 18 makes
     * them, and nothing refers to them.
     */
    private static List<String> catalog(DataSource database) {
        return JdbcClient.create(database)
                .sql("""
                        with relation as (
                            select c.* from pg_class c
                            where c.relnamespace = 'public'::regnamespace and c.relname not like 'flyway%'),
                        line as (
                            select format('%s %s %s %s %s', c.relkind, c.relname, c.reloptions, pg_get_partkeydef(c.oid),
                                obj_description(c.oid, 'pg_class')) as line
                            from relation c
                            union all
                            select format('column %s.%s %s %s %s null=%s default=%s identity=%s storage=%s %s', c.relname, a.attnum,
                                a.attname, format_type(a.atttypid, a.atttypmod), a.attcollation, not a.attnotnull,
                                pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attstorage, col_description(c.oid, a.attnum))
                            from relation c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                            left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
                            where c.relkind in ('r', 'p')
                            union all
                            select format('constraint %s.%s %s', c.relname, k.conname, pg_get_constraintdef(k.oid))
                            from relation c join pg_constraint k on k.conrelid = c.oid where k.contype <> 'n'
                            union all
                            select pg_get_indexdef(c.oid) from relation c where c.relkind in ('i', 'I')
                            union all
                            select format('sequence %s %s owned by %s.%s', c.relname, x, d.refobjid::regclass, d.refobjsubid)
                            from relation c join pg_sequence s on s.seqrelid = c.oid
                            left join pg_depend d on d.objid = c.oid and d.deptype in ('a', 'i') and d.classid = 'pg_class'::regclass
                                and d.refobjsubid > 0
                            cross join lateral (select s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcycle) x
                            union all
                            select pg_get_triggerdef(t.oid) from relation c join pg_trigger t on t.tgrelid = c.oid where not t.tgisinternal
                            union all
                            select pg_get_functiondef(p.oid) from pg_proc p where p.pronamespace = 'public'::regnamespace)
                        select line from line order by line""")
                .query((row, number) -> row.getString(1))
                .list();
    }
}
