package planted.tangle.right;

/** See {@link planted.tangle.left.First}. */
public class Second {}
