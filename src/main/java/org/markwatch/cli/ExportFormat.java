package org.markwatch.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.markwatch.report.ExcelCsv;
import org.markwatch.report.Format;
import org.markwatch.report.RowFormat;

/** Chooses the format of an export by the options of the command line. */
final class ExportFormat {
    private ExportFormat() {}

    /**
     * Returns the format that {@code --format}, {@code --excel} and the extension of {@code --out} name together; TSV if
     * none of them names one.
     *
     * @param excel separator of CSV for Excel, null without {@code --excel}
     * @throws BadInputException if they contradict each other, or the separator is neither {@code ,} nor {@code ;}
     */
    static RowFormat of(@Nullable Format format, @Nullable String excel, @Nullable Path out) {
        Format byName = out == null ? null : byExtension(out);
        if (excel != null && !excel.equals(",") && !excel.equals(";")) {
            throw new BadInputException("--excel=" + excel + " is not a separator; must be , or ;");
        }
        Format named = excel == null ? format : Format.CSV;
        String option = excel == null ? "--format " + (format == null ? "" : format.label()) : "--excel";
        if (excel != null && format != null && format != Format.CSV) {
            throw new BadInputException(
                    "--format " + format.label() + " and --excel contradict each other; leave out one of them");
        }
        if (named != null && byName != null && named != byName) {
            throw new BadInputException(option + " and --out " + out + " contradict each other; leave out " + option
                    + ", or name the file with ." + named.label());
        }
        if (excel != null) {
            return new ExcelCsv(excel.charAt(0));
        }
        return named != null ? named : byName != null ? byName : Format.TSV;
    }

    private static @Nullable Format byExtension(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(Format.values())
                .filter(format -> name.endsWith("." + format.label()))
                .findFirst()
                .orElse(null);
    }
}
