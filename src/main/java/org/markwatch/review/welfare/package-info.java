/**
 * The pages of breaks, of the lanes that people leave out, and of the load of a team.
 *
 * <p>In: how long people have worked on items. Out: pages for them and for supervisors. The pages compare nobody.
 */
@NullMarked
package org.markwatch.review.welfare;

import org.jspecify.annotations.NullMarked;
