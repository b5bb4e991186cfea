package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.markwatch.watchlist.LexiconCategory.EntrySyntax;

/**
 * Categories of the lexicon whose words stand together: the pattern of an indicator of {@link Indicator.Type#TOGETHER}.
 *
 * @param categories 2 to 4 different categories; the last is what is done, which a negation denies
 */
public record WordGroup(List<LexiconCategory> categories) {
    private static final Syntax<LexiconCategory> CATEGORY = Syntax.choice(LexiconCategory.class);
    private static final int MOST = 4;

    public WordGroup {
        categories = List.copyOf(categories);
    }

    /** Returns the category that is looked for first; the others are sought around its words. */
    public LexiconCategory first() {
        return categories.getFirst();
    }

    /** Returns the category of what is done. */
    public LexiconCategory last() {
        return categories.getLast();
    }

    /**
     * Returns the group of a pattern that has been read.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static WordGroup of(String pattern) {
        try {
            return parse(pattern);
        } catch (MalformedValueException e) {
            throw new IllegalArgumentException("pattern=" + pattern + "; " + e.getMessage(), e);
        }
    }

    static WordGroup parse(String pattern) throws MalformedValueException {
        List<LexiconCategory> categories = new ArrayList<>();
        for (String name : Arrays.asList(pattern.strip().split(" *\\+ *", -1))) {
            LexiconCategory category = CATEGORY.parse(name);
            if (category.entrySyntax() == EntrySyntax.CLAIM) {
                throw new MalformedValueException("has " + name
                        + ", whose entries need a brand; name a category of words, phrases or expressions");
            }
            categories.add(category);
        }
        if (categories.size() < 2
                || categories.size() > MOST
                || categories.stream().distinct().count() < categories.size()) {
            throw new MalformedValueException("must be 2 to " + MOST
                    + " different categories of the lexicon with + between them, like gift-card + card-code + send-us");
        }
        return new WordGroup(categories);
    }
}
