/**
 * Single sign-on to the console by OpenID Connect Core 1.0 (authorization code flow with PKCE, RFC 7636). In: settings of
 * the watchlist, ID tokens of the provider. Out: accounts that have signed in. The package sends requests to the provider
 * only.
 */
@NullMarked
package org.markwatch.review.oidc;

import org.jspecify.annotations.NullMarked;
