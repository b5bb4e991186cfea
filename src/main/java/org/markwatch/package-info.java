/** Scheduled, text-only crawls for misuse of payment marks, queued for human review. */
@NullMarked
package org.markwatch;

import org.jspecify.annotations.NullMarked;
