package org.markwatch.extract;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.markwatch.watchlist.Field;

/** Forms and what they ask for. Nothing is ever filled in or sent. */
final class FormFields {
    private static final Set<String> BUTTONS = Set.of("submit", "button", "reset", "image");
    private static final Set<String> CHOICES = Set.of("radio", "checkbox", "hidden");
    private static final String[] NAMES = {"name", "id", "autocomplete", "placeholder", "aria-label", "title"};
    /** Longer values are tokens and state, not words. */
    private static final int MAX_CHOICE = 100;

    private final Passages out;
    private final References references;

    FormFields(Passages out, References references) {
        this.out = out;
        this.references = references;
    }

    void read(Element element, String name, boolean hidden) {
        switch (name) {
            case "form" -> form(element, hidden);
            case "input" -> input(element, hidden);
            case "select", "textarea" -> names(element, hidden);
            case "option" -> choice(element, hidden);
            case "button" -> action("formaction", element, hidden);
            default -> {}
        }
    }

    private void form(Element form, boolean hidden) {
        action("action", form, hidden);
        String method = form.attr("method");
        out.addOnce(Field.FORM, "method", method.isEmpty() ? "get" : method.toLowerCase(Locale.ROOT), hidden);
        for (String key : new String[] {"name", "id", "class"}) {
            out.addOnce(Field.FORM, key, form.attr(key), hidden);
        }
    }

    private void action(String key, Element element, boolean hidden) {
        String address = references.hostAndPath(element.attr(key));
        if (address != null) {
            out.addOnce(Field.FORM, key, address, hidden);
        }
    }

    private void input(Element input, boolean hidden) {
        String type = input.attr("type").toLowerCase(Locale.ROOT);
        if (BUTTONS.contains(type)) {
            out.add(Field.LINK, type, input.attr("value"), hidden);
            action("formaction", input, hidden);
            return;
        }
        if (type.equals("password")) {
            out.addOnce(Field.FORM, "type", type, hidden);
        }
        names(input, hidden);
        if (CHOICES.contains(type)) {
            choice(input, hidden);
        }
    }

    private void names(Element element, boolean hidden) {
        for (String key : NAMES) {
            out.addOnce(Field.FORM, key, element.attr(key), hidden);
        }
    }

    private void choice(Element element, boolean hidden) {
        String value = element.attr("value");
        if (value.length() <= MAX_CHOICE) {
            out.addOnce(Field.FORM, "value", value, hidden);
        }
    }
}
