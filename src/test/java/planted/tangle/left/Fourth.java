package planted.tangle.left;

/** See {@link planted.tangle.right.Third}. */
public class Fourth {}
