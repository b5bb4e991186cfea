/**
 * How far reviewers agree with each other and with known answers.
 *
 * <p>In: second reviews and decisions on copies of calibration items. Out: counts and Cohen's kappa by lane, pair of
 * reviewers, and reviewer. The package ranks nobody and writes no table.
 */
@NullMarked
@NamedInterface("agreement")
package org.markwatch.queue.agreement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
