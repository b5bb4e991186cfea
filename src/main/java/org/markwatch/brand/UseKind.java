package org.markwatch.brand;

import java.util.Locale;

/** How a page uses a brand. The names in exports are lower case with hyphens. */
public enum UseKind {
    /** The page says that it takes the brand. */
    ACCEPTANCE,
    /** A reference to the brand's logo. */
    LOGO,
    /** The page presents itself as the brand. */
    IMPERSONATION,
    /** The host name looks like the brand's. */
    LOOKALIKE_HOST,
    /** An asset of the brand's own host is referred to. */
    ASSET,
    /** The name, and no more. */
    MENTION;

    /** Returns the name in exports, for example {@code lookalike-host}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
