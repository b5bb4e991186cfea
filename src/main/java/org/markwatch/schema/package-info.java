/**
 * The versions of the database: the schema, which Flyway migrates, and the server that it needs.
 *
 * <p>In: a database. Out: its versions, a migrated schema, or the reason why the program cannot use it. The package does
 * not read or write the tables of another package.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"database"})
package org.markwatch.schema;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
