package planted.cycle;

/** Depends on {@link Here}, which depends on it. */
class There {
    Here here;
}
