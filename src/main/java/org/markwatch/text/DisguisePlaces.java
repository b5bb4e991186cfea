package org.markwatch.text;

/**
 * Where a text, but for its letters of other scripts, may have what {@link Disguise} undoes: the last of three letters that stand
 * alone with one character between them, or beside a letter what is written for one. Told by bits, 64 characters at once. A
 * buffer: filled again and again by one thread.
 */
public final class DisguisePlaces {
    private static final int TILE = FoldedBytes.TILE;

    private long[] standIns = new long[4];
    private final OrderedPlaces places = new OrderedPlaces();

    /** Takes in a text and forgets the one before. */
    void find(FoldedBytes text) {
        int tiles = text.tiles();
        if (standIns.length <= tiles) {
            standIns = new long[tiles * 2];
        }
        text.standIns(standIns);
        // the bits of a tile know no neighbours but those that are shifted in from the tiles beside it
        places.clear();
        long wordBefore = 0;
        long letterBefore = 0;
        long aloneBefore = 0;
        for (int tile = 0; tile < tiles; tile++) {
            long word = text.inWord(tile);
            long wordAfter = text.inWord(tile + 1);
            long letters = word & ~standIns[tile];
            long lettersAfter = wordAfter & ~standIns[tile + 1];
            long alone = letters & ~(word << 1 | wordBefore | word >>> 1 | wordAfter << TILE - 1);
            long third = alone & (alone << 2 | aloneBefore >>> TILE - 2) & (alone << 4 | aloneBefore >>> TILE - 4);
            long besideLetter =
                    standIns[tile] & (letters << 1 | letterBefore | letters >>> 1 | lettersAfter << TILE - 1);
            places.add(tile, third | besideLetter);
            wordBefore = word >>> TILE - 1;
            letterBefore = letters >>> TILE - 1;
            aloneBefore = alone;
        }
    }

    /** Whether there may be a digit in a piece: a digit or what else is written for a letter. */
    public boolean mayHaveDigit(int from, int to) {
        for (int tile = from / TILE; tile * TILE < to; tile++) {
            if ((standIns[tile] & FoldedBytes.piece(tile, from, to)) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The first one from an offset on, the greatest number if there is none; found at once if offsets are asked for in their order. */
    public int next(int from) {
        return places.next(from);
    }
}
