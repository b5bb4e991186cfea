package org.markwatch.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.text.Automaton;
import org.markwatch.text.FoldedText;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;

/**
 * Finds literals of regular expressions, in one pass over a text however many there are. Unchanged once made; for any number of
 * threads.
 */
final class NearExpressions {
    private static final int SHORTEST_LITERAL = 5;

    private final List<Indicator> expressions;
    private final List<Literal> literals = new ArrayList<>();
    private final Automaton automaton;

    /** @param expression index; those of one expression follow each other */
    private record Literal(int expression, String text) {}

    /** @param expressions indicators of that type */
    NearExpressions(List<Indicator> expressions) {
        this.expressions = List.copyOf(expressions);
        Automaton.Builder builder = new Automaton.Builder();
        for (int e = 0; e < expressions.size(); e++) {
            Indicator indicator = expressions.get(e);
            RegexRule regex = new RegexRule(indicator.rule(), indicator.pattern());
            for (String literal : regex.literals().strings()) {
                if (literal.length() >= SHORTEST_LITERAL) {
                    builder.add(literal, literals.size());
                    literals.add(new Literal(e, literal));
                }
            }
        }
        automaton = builder.build();
    }

    /** What is found in the texts of a page; for one thread. */
    final class Search {
        /** By expression its first literal that is there, or a number too high. */
        private final int[] first = new int[expressions.size()];

        private final @Nullable Field[] fields = new Field[expressions.size()];

        Search() {
            Arrays.fill(first, Integer.MAX_VALUE);
        }

        void read(Field field, FoldedText text) {
            automaton.scan(text.buffer(), text.offset(), text.limit(), (literal, start, end) -> {
                int expression = literals.get(literal).expression;
                if (literal < first[expression]
                        && expressions.get(expression).scope().contains(field)) {
                    first[expression] = literal;
                    fields[expression] = field;
                }
            });
        }

        /** Gives each expression of which a literal was found, in their order. */
        List<NearMiss> misses() {
            List<NearMiss> misses = new ArrayList<>();
            for (int e = 0; e < first.length; e++) {
                Field field = fields[e];
                if (field != null) {
                    misses.add(new NearMiss(
                            expressions.get(e).rule(),
                            NearMiss.quoted(literals.get(first[e]).text) + " is in " + NearMiss.label(field)
                                    + "; the expression does not match around it"));
                }
            }
            return misses;
        }
    }
}
