package db.baseline;

import db.tables.SqlScript;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.baseline.BaselineJavaMigration;

/**
 * Creates a new database as the migrations up to version 33 do. Flyway skips these migrations in a new database, and this
 * one in a database that has any of them.
 */
public final class B33__baseline extends BaselineJavaMigration {
    @Override
    public void migrate(Context context) throws Exception {
        SqlScript.execute(context, SqlScript.SPRING_BATCH);
        SqlScript.execute(context, SqlScript.QUARTZ);
        SqlScript.execute(context, SqlScript.MARKWATCH);
    }
}
