package planted.tangle.right;

import planted.tangle.left.Fourth;

/** Depends on the package of {@link Fourth}, of which another class depends on this package. */
public class Third {
    Fourth fourth;
}
