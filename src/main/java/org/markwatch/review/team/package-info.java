/**
 * The pages for brand teams: the watchlist that is in force, changes of the job-config that one person proposes and another
 * approves, and a trial of rules.
 *
 * <p>In: the watchlist, the files of the job-config folder, and what people enter. Out: proposals (table {@code
 * watchlist_proposal}) and changed job-config files. The package validates and analyses by {@link
 * org.markwatch.review.team.JobConfig} and {@link org.markwatch.review.team.RuleTrial}, which the application implements.
 */
@NullMarked
@NamedInterface("team")
package org.markwatch.review.team;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
