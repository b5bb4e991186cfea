package org.markwatch.brand;

/** On which side of acceptance wording the name stands. */
public enum Side {
    NAME_AFTER,
    NAME_BEFORE,
    EITHER
}
