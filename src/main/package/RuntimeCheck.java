import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.nio.charset.Charset;

/**
 * Fails unless the runtime that runs it has the character sets of real pages, and {@code java.beans} for Spring. {@code
 * scripts/package} runs it with the runtime of the archive.
 */
final class RuntimeCheck {
    private static final String[] CHARSETS = {"windows-1251", "Shift_JIS", "EUC-KR", "GB18030", "Big5", "TIS-620"};

    private RuntimeCheck() {}

    public static void main(String[] arguments) throws IntrospectionException {
        for (String name : CHARSETS) {
            Charset.forName(name);
        }
        Introspector.getBeanInfo(RuntimeCheck.class).getBeanDescriptor().getName();
    }
}
