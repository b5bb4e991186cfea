/**
 * A real PostgreSQL in a folder.
 *
 * <p>In: a data folder. Out: a running server and its JDBC URL, stopped again on close. It knows no table.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.markwatch.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
