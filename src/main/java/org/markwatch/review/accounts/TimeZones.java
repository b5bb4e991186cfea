package org.markwatch.review.accounts;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The time zones that an account can have: UTC, and those of places in the IANA time zone database. */
final class TimeZones {
    private static final String UTC = "UTC";
    private static final Pattern PLACE = Pattern.compile(
            "(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z0-9_/+-]{1,60}");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("'UTC'xxx", Locale.ROOT);

    private TimeZones() {}

    static boolean isOffered(String zone) {
        return zone.equals(UTC)
                || PLACE.matcher(zone).matches() && ZoneId.getAvailableZoneIds().contains(zone);
    }

    /** Returns the zones of places by region, both by name. */
    static Map<String, List<ZoneChoice>> byRegion(Instant now) {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> PLACE.matcher(zone).matches())
                .sorted()
                .map(zone -> ZoneChoice.of(zone, now))
                .collect(Collectors.groupingBy(ZoneChoice::region, TreeMap::new, Collectors.toList()));
    }

    /**
     * A zone as the form offers it.
     *
     * @param id     name in the IANA database, for example {@code America/Argentina/Salta}
     * @param region first part of the name
     * @param place  the rest, in words
     * @param offset present offset from UTC
     */
    record ZoneChoice(String id, String region, String place, String offset) {
        static ZoneChoice of(String id, Instant now) {
            int end = id.indexOf('/');
            return new ZoneChoice(
                    id,
                    id.substring(0, end),
                    id.substring(end + 1).replace("/", ", ").replace('_', ' '),
                    OFFSET.format(now.atZone(ZoneId.of(id))));
        }
    }
}
