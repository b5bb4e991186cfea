package db.migration;

import db.tables.SqlScript;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Creates the tables of Spring Batch and Quartz. */
public final class V1__libraries extends BaseJavaMigration {
    @Override
    public void migrate(Context context) throws Exception {
        SqlScript.execute(context, SqlScript.SPRING_BATCH);
        SqlScript.execute(context, SqlScript.QUARTZ);
    }
}
