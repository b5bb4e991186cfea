/**
 * Runs an embedded PostgreSQL server, and pools database connections.
 *
 * <p>In: a data folder. Out: a running server and its JDBC URL; closing it stops the server. The package does not
 * create or read any table.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.markwatch.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
