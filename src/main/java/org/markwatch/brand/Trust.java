package org.markwatch.brand;

/** How far a reference can be believed by itself. Strongest first. */
enum Trust {
    /** Says it alone. */
    ALONE,
    /** A brand's main name that is a common word, drawn as an icon and nothing else: on a page about buying. */
    ON_COMMERCE_PAGE,
    /** An abbreviation or a common word: beside another brand's logo. */
    BESIDE_LOGO,
    /** The same with unknown words around it: beside a sure logo with a similar name, {@code ico_pg_visa.gif}. */
    IN_SERIES,
    /** A name in a caption or the file name of a photograph. */
    NAMED_ONLY
}
