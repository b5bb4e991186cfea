package planted.cycle;

/** Depends on {@link There}, which depends on it. */
class Here {
    There there;
}
