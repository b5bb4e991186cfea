/**
 * Changes single entries of the files of a job-config folder.
 *
 * <p>In: an entry with the values that it should have. Out: the text of the file with that entry changed and all other
 * lines, comments and the order as they were. The package validates nothing: {@link
 * org.markwatch.watchlist.WatchlistReader} reads the changed text.
 */
@NullMarked
@NamedInterface("edit")
package org.markwatch.watchlist.edit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
