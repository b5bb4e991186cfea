/**
 * Backups of the database.
 *
 * <p>In: a database, or a backup file and an empty database. Out: a file with the rows of all tables and a manifest that
 * proves them complete, or a database with these rows. The file has no statement; the tables of a restored database come
 * from the migrations of the program. The package does not encrypt a file and does not read the job-config.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"schema", "queue"})
package org.markwatch.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
