package org.markwatch.extract;

import java.util.Locale;
import java.util.Set;
import org.markwatch.extract.ElementAttributes.Name;
import org.markwatch.watchlist.Field;

/** Forms and what they ask for. Nothing is ever filled in or sent. */
final class FormFields {
    private static final Set<String> BUTTONS = Set.of("submit", "button", "reset", "image");
    private static final Set<String> CHOICES = Set.of("radio", "checkbox", "hidden");
    private static final Name[] NAMES = {
        Name.NAME, Name.ID, Name.AUTOCOMPLETE, Name.PLACEHOLDER, Name.ARIA_LABEL, Name.TITLE
    };
    private static final Name[] NAMES_OF_FORMS = {Name.NAME, Name.ID, Name.CLASS};
    /** Longer values are tokens and state, not words. */
    private static final int MAX_CHOICE = 100;
    /** The longest account, of Monero with a payment's number, and a little. */
    private static final int MAX_TEXT = 120;

    private final Passages out;
    private final References references;

    FormFields(Passages out, References references) {
        this.out = out;
        this.references = references;
    }

    void read(String name, ElementAttributes element, boolean hidden) {
        switch (name) {
            case "form" -> form(element, hidden);
            case "input" -> input(element, hidden);
            case "select", "textarea" -> names(element, hidden);
            case "option" -> choice(element, hidden);
            case "button" -> action(Name.FORMACTION, element, hidden);
            default -> {}
        }
    }

    private void form(ElementAttributes form, boolean hidden) {
        action(Name.ACTION, form, hidden);
        String method = form.get(Name.METHOD);
        out.addOnce(Field.FORM, "method", method.isEmpty() ? "get" : method.toLowerCase(Locale.ROOT), hidden);
        for (Name name : NAMES_OF_FORMS) {
            out.addOnce(Field.FORM, name.key, form.get(name), hidden);
        }
    }

    private void action(Name name, ElementAttributes element, boolean hidden) {
        String address = references.hostAndPath(element.get(name));
        if (address != null) {
            out.addOnce(Field.FORM, name.key, address, hidden);
        }
    }

    private void input(ElementAttributes input, boolean hidden) {
        String type = input.get(Name.TYPE).toLowerCase(Locale.ROOT);
        if (BUTTONS.contains(type)) {
            out.add(Field.LINK, type, input.get(Name.VALUE), hidden);
            action(Name.FORMACTION, input, hidden);
            return;
        }
        if (type.equals("password")) {
            out.addOnce(Field.FORM, "type", type, hidden);
        }
        names(input, hidden || type.equals("hidden"));
        if (CHOICES.contains(type)) {
            choice(input, hidden);
        } else if (type.isEmpty() || type.equals("text")) {
            // an account to be copied stands in a field of its own
            value("text", input, MAX_TEXT, hidden);
        }
    }

    private void names(ElementAttributes element, boolean hidden) {
        for (Name name : NAMES) {
            out.addOnce(Field.FORM, name.key, element.get(name), hidden);
        }
    }

    private void choice(ElementAttributes element, boolean hidden) {
        value("value", element, MAX_CHOICE, hidden);
    }

    private void value(String detail, ElementAttributes element, int longest, boolean hidden) {
        String value = element.get(Name.VALUE);
        if (value.length() <= longest) {
            out.addOnce(Field.FORM, detail, value, hidden);
        }
    }
}
