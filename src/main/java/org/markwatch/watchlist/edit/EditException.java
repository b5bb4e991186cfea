package org.markwatch.watchlist.edit;

import java.util.Locale;

/** Thrown if a file cannot be changed as asked. Its message is for logs; people read a sentence for {@link #why()}. */
public final class EditException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Why why;
    private final String file;
    private final String detail;

    /** Why a file cannot be changed. */
    public enum Why {
        /** The job-config has no such file, or it has no entries of the kind. */
        NO_SUCH_FILE,
        /** The entry has these values already. */
        SAME_VALUES,
        /** The file has an entry with the key of the new one. */
        KEY_TAKEN,
        /** The pack of a brand cannot have the name of a file that its id, which is the detail, makes. */
        BAD_ID,
        /** The file of the new pack belongs to another brand. */
        FILE_TAKEN,
        /** The file has the key that is the detail, which would be lost with the file. */
        OTHER_KEY,
        /** The file has no entry with the key that is the detail. */
        NO_SUCH_ENTRY,
        /** The file, as it is written, cannot hold the value. */
        NOT_AS_ASKED,
        /** The file has more MiB than the number that is the detail. */
        TOO_LARGE,
        /** The text is not UTF-8. */
        NOT_UTF_8,
        /** The file cannot be read. */
        UNREADABLE,
        /** The file has changed since the difference was made. */
        CHANGED,
        /** The text is not YAML. */
        NOT_YAML,
        /** The YAML document has no keys. */
        NO_KEYS,
        /** The field that is the detail belongs to the file and not to the entry. */
        FIELD_OF_FILE,
        /** The entry would have no value. */
        EMPTY_ENTRY,
        /** The file has no block list to which an entry can be added. */
        NO_BLOCK_LIST,
        /** The list would be empty. */
        ONLY_ENTRY,
        /** The text is not CSV. */
        NOT_CSV;

        /** Returns the name in keys of texts, for example {@code same-values}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    EditException(Why why) {
        this(why, "", "");
    }

    EditException(Why why, String detail) {
        this(why, "", detail);
    }

    private EditException(Why why, String file, String detail) {
        super((file + ": " + why.label() + " " + detail).strip());
        this.why = why;
        this.file = file;
        this.detail = detail;
    }

    /** Returns the same refusal with the file that it is about. */
    EditException in(String name) {
        EditException located = new EditException(why, name, detail);
        located.initCause(this);
        return located;
    }

    public Why why() {
        return why;
    }

    /** Returns the file, relative to the job-config folder. */
    public String file() {
        return file;
    }

    /** Returns the value that {@link Why} names; empty if it names none. */
    public String detail() {
        return detail;
    }
}
