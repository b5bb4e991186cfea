package org.markwatch.extract;

import java.util.Locale;
import java.util.Set;
import org.markwatch.extract.ElementAttributes.AttributeName;
import org.markwatch.watchlist.Field;

/** Collects the targets, fields and labels of forms. Forms are never filled in or sent. */
final class FormFields {
    private static final Set<String> BUTTONS = Set.of("submit", "button", "reset", "image");
    private static final Set<String> VALUE_TYPES = Set.of("radio", "checkbox", "hidden");
    private static final AttributeName[] NAME_ATTRIBUTES = {
        AttributeName.NAME,
        AttributeName.ID,
        AttributeName.AUTOCOMPLETE,
        AttributeName.PLACEHOLDER,
        AttributeName.ARIA_LABEL,
        AttributeName.ARIA_DESCRIPTION,
        AttributeName.TITLE
    };
    private static final AttributeName[] FORM_NAME_ATTRIBUTES = {
        AttributeName.NAME, AttributeName.ID, AttributeName.CLASS
    };
    /** Maximum characters of the value of a choice. Longer values are tokens and state, not words. */
    private static final int MAX_CHOICE_LENGTH = 100;
    /** Maximum characters of a text value. The longest known account, a Monero integrated address, has 106. */
    private static final int MAX_TEXT_LENGTH = 120;

    private final PassageCollector out;
    private final PageReferences references;

    FormFields(PassageCollector out, PageReferences references) {
        this.out = out;
        this.references = references;
    }

    void add(String name, ElementAttributes element, boolean hidden) {
        switch (name) {
            case "form" -> addForm(element, hidden);
            case "input" -> addInput(element, hidden);
            case "select", "textarea" -> addNames(element, hidden);
            case "option" -> {
                addChoice(element, hidden);
                addLabel(element, hidden);
            }
            case "optgroup" -> addLabel(element, hidden);
            case "button" -> addTarget(AttributeName.FORMACTION, element, hidden);
            default -> {}
        }
    }

    private void addForm(ElementAttributes form, boolean hidden) {
        addTarget(AttributeName.ACTION, form, hidden);
        String method = form.get(AttributeName.METHOD);
        out.addOnce(Field.FORM, "method", method.isEmpty() ? "get" : method.toLowerCase(Locale.ROOT), hidden);
        for (AttributeName name : FORM_NAME_ATTRIBUTES) {
            out.addOnce(Field.FORM, name.key, form.get(name), hidden);
        }
    }

    private void addTarget(AttributeName name, ElementAttributes element, boolean hidden) {
        String url = references.hostAndPath(element.get(name));
        if (url != null) {
            out.addOnce(Field.FORM, name.key, url, hidden);
        }
    }

    private void addInput(ElementAttributes input, boolean hidden) {
        String type = input.get(AttributeName.TYPE).toLowerCase(Locale.ROOT);
        if (BUTTONS.contains(type)) {
            out.add(Field.LINK, type, input.get(AttributeName.VALUE), hidden);
            addTarget(AttributeName.FORMACTION, input, hidden);
            return;
        }
        if (type.equals("password")) {
            out.addOnce(Field.FORM, "type", type, hidden);
        }
        addNames(input, hidden || type.equals("hidden"));
        if (VALUE_TYPES.contains(type)) {
            addChoice(input, hidden);
        } else if (type.isEmpty() || type.equals("text")) {
            // The text field may hold an account number to copy.
            addValue("text", input, MAX_TEXT_LENGTH, hidden);
        }
    }

    private void addNames(ElementAttributes element, boolean hidden) {
        for (AttributeName name : NAME_ATTRIBUTES) {
            out.addOnce(Field.FORM, name.key, element.get(name), hidden);
        }
    }

    private void addChoice(ElementAttributes element, boolean hidden) {
        addValue("value", element, MAX_CHOICE_LENGTH, hidden);
    }

    /** Browsers show the label of an option, and not its text. */
    private void addLabel(ElementAttributes element, boolean hidden) {
        out.addOnce(Field.FORM, AttributeName.LABEL.key, element.get(AttributeName.LABEL), hidden);
    }

    private void addValue(String detail, ElementAttributes element, int longest, boolean hidden) {
        String value = element.get(AttributeName.VALUE);
        if (value.length() <= longest) {
            out.addOnce(Field.FORM, detail, value, hidden);
        }
    }
}
