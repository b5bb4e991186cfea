package org.markwatch.review;

/**
 * A person as a provider of single sign-on knows it (OpenID Connect Core 1.0, section 5.7). Unlike every other claim, the two
 * together never pass to another person.
 *
 * @param issuer  claim {@code iss}
 * @param subject claim {@code sub}
 */
public record SignOnIdentity(String issuer, String subject) {}
