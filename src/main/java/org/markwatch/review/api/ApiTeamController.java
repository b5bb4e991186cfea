package org.markwatch.review.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.agreement.Agreement;
import org.markwatch.queue.agreement.Kappa;
import org.markwatch.queue.welfare.Exposure;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows how far decisions agree, by lane and by calibration item, and the load of the team now. */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/api/v1")
@Requires(Permission.SEE_TEAM)
class ApiTeamController {
    private final Agreement agreement;
    private final Exposure exposure;

    ApiTeamController(Agreement agreement, Exposure exposure) {
        this.agreement = agreement;
        this.exposure = exposure;
    }

    /**
     * The second reviews of a lane.
     *
     * @param reviews complete second reviews
     * @param agreed  those with decisions of one kind
     * @param drawn   those that the keyed hash drew
     * @param kappa   Cohen's kappa of these; null if they are too few or all of one kind
     * @param low     lower end of its 95 % interval; null like kappa, as is the upper end
     */
    record ApiLaneAgreement(
            String lane,
            long reviews,
            long agreed,
            long drawn,
            @Nullable Double kappa,
            @Nullable Double low,
            @Nullable Double high) {
        static ApiLaneAgreement of(Agreement.Compared lane) {
            Kappa kappa = lane.kappa();
            Kappa.Interval interval = kappa.interval();
            return new ApiLaneAgreement(
                    lane.name(),
                    lane.reviews(),
                    lane.agreed(),
                    kappa.items(),
                    kappa.value(),
                    interval == null ? null : interval.low(),
                    interval == null ? null : interval.high());
        }
    }

    /**
     * Decisions on copies of a calibration item.
     *
     * @param answer  the known answer
     * @param agreed  those with the known answer
     * @param low     lower end of the 95 % interval of their share; null if there are too few, as is the upper end
     */
    record ApiKnownItem(
            long item,
            String answer,
            long decisions,
            long agreed,
            @Nullable Double low,
            @Nullable Double high) {
        static ApiKnownItem of(Agreement.KnownItem known, Agreement.Calibrated answers) {
            Kappa.Interval interval = answers.answers() < Kappa.FEWEST ? null : answers.interval();
            return new ApiKnownItem(
                    known.itemId(),
                    known.answer().label(),
                    answers.answers(),
                    answers.agreed(),
                    interval == null ? null : interval.low(),
                    interval == null ? null : interval.high());
        }
    }

    /**
     * Agreement in the last days.
     *
     * @param fewest fewest decisions for which a share or kappa is given
     */
    record ApiAgreement(long days, int fewest, List<ApiLaneAgreement> lanes, List<ApiKnownItem> calibration) {}

    @GetMapping("/agreement")
    ApiAgreement agreement(LaneAccess access) {
        Set<String> hidden = access.hidden();
        Map<String, Agreement.Calibrated> answers = agreement.byCalibrationItem(hidden).stream()
                .collect(Collectors.toMap(Agreement.Calibrated::name, Function.identity()));
        return new ApiAgreement(
                Agreement.PERIOD.toDays(),
                Kappa.FEWEST,
                agreement.byLane(hidden).stream().map(ApiLaneAgreement::of).toList(),
                agreement.calibrationItems(hidden).stream()
                        .map(known -> {
                            String name = Long.toString(known.itemId());
                            return ApiKnownItem.of(
                                    known, answers.getOrDefault(name, new Agreement.Calibrated(name, 0, 0)));
                        })
                        .toList());
    }

    /**
     * A person's load.
     *
     * @param items        items that the person holds and that the token may see
     * @param todaySeconds time on items today
     * @param until        end of the break or of the day; null if the person may work
     */
    record ApiPersonLoad(
            String account,
            long items,
            long todaySeconds,
            @Nullable Instant until) {
        static ApiPersonLoad of(Exposure.Load load) {
            return new ApiPersonLoad(
                    load.account(),
                    load.items(),
                    load.standing().today().toSeconds(),
                    load.standing().until());
        }
    }

    /**
     * The load of the team now.
     *
     * @param dailySeconds longest time on items in a day
     * @param skipsToday   skips of all together
     * @param people       by name
     */
    record ApiLoad(long dailySeconds, long skipsToday, List<ApiPersonLoad> people) {}

    @GetMapping("/load")
    ApiLoad load(LaneAccess access) {
        return new ApiLoad(
                exposure.limits().daily().toSeconds(),
                exposure.skipsToday(access),
                exposure.loads(access).stream().map(ApiPersonLoad::of).toList());
    }
}
