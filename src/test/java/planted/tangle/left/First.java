package planted.tangle.left;

import planted.tangle.right.Second;

/** Depends on the package of {@link Second}, of which another class depends on this package. */
public class First {
    Second second;
}
