package org.markwatch.review.agreement;

import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.markwatch.queue.Calibration;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.agreement.Agreement;
import org.markwatch.queue.agreement.Kappa;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Shows how far decisions agree with each other and with known answers. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@Requires(Permission.SEE_TEAM)
class AgreementController {
    private final Agreement agreement;
    private final Calibration calibration;

    AgreementController(Agreement agreement, Calibration calibration) {
        this.agreement = agreement;
        this.calibration = calibration;
    }

    @GetMapping("/agreement")
    String show(LaneAccess access, ConsoleWords words, Model model) {
        Set<String> hidden = access.hidden();
        model.addAttribute(
                "lanes",
                agreement.byLane(hidden).stream()
                        .map(row -> ComparedRow.of(row, words))
                        .toList());
        model.addAttribute(
                "pairs",
                agreement.byPair(hidden).stream()
                        .map(row -> ComparedRow.of(row, words))
                        .toList());
        model.addAttribute(
                "reviewers",
                agreement.byReviewer(hidden).stream()
                        .map(row -> CalibratedRow.of(row, words))
                        .toList());
        List<CalibratedRow> answered = agreement.byCalibrationItem(hidden).stream()
                .map(row -> CalibratedRow.of(row, words))
                .toList();
        model.addAttribute(
                "known",
                agreement.calibrationItems(hidden).stream()
                        .map(item -> KnownRow.of(item, answered))
                        .toList());
        model.addAttribute("days", Agreement.PERIOD.toDays());
        model.addAttribute("fewest", Kappa.FEWEST);
        return "agreement";
    }

    /** Chooses a decided item for calibration, with its known answer. */
    @PostMapping("/items/{id}/calibration")
    @Requires(Permission.OVERRULE)
    String add(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String answer,
            Principal supervisor,
            ConsoleWords words,
            RedirectAttributes redirect) {
        Optional<DecisionKind> kind = Arrays.stream(DecisionKind.values())
                .filter(each -> each.label().equals(answer))
                .findFirst();
        if (kind.isEmpty()) {
            redirect.addFlashAttribute("problem", words.text("item.choose-known-answer-one"));
        } else {
            calibration.add(id, kind.get(), supervisor.getName());
            redirect.addFlashAttribute("notice", words.text("item.item-calibration-item-copies", id));
        }
        return "redirect:/items/" + id;
    }

    /** Ends the use of an item for calibration. */
    @PostMapping("/items/{id}/calibration/retire")
    @Requires(Permission.OVERRULE)
    String retire(@PathVariable long id, Principal supervisor, ConsoleWords words, RedirectAttributes redirect) {
        calibration.retire(id, supervisor.getName());
        redirect.addFlashAttribute("notice", words.text("item.item-no-longer-used", id));
        return "redirect:/items/" + id;
    }

    /** @param kappa kappa with its interval, or why there is none */
    record ComparedRow(String name, long reviews, long agreed, long drawn, String kappa) {
        static ComparedRow of(Agreement.Compared compared, ConsoleWords words) {
            Kappa kappa = compared.kappa();
            Kappa.Interval interval = kappa.interval();
            String text = kappa.items() < Kappa.FEWEST
                    ? words.text("agreement.too-few")
                    : kappa.value() == null || interval == null
                            ? words.text("agreement.all-decisions-one-kind")
                            : words.text(
                                    "agreement.to",
                                    words.decimal(kappa.value(), 2),
                                    words.decimal(interval.low(), 2),
                                    words.decimal(interval.high(), 2));
            return new ComparedRow(compared.name(), compared.reviews(), compared.agreed(), kappa.items(), text);
        }
    }

    /** @param share share of agreement with its interval, or that there are too few answers */
    record CalibratedRow(String name, long answers, long agreed, String share) {
        static CalibratedRow of(Agreement.Calibrated calibrated, ConsoleWords words) {
            if (calibrated.answers() < Kappa.FEWEST) {
                return new CalibratedRow(
                        calibrated.name(), calibrated.answers(), calibrated.agreed(), words.text("agreement.too-few"));
            }
            Kappa.Interval interval = calibrated.interval();
            return new CalibratedRow(
                    calibrated.name(),
                    calibrated.answers(),
                    calibrated.agreed(),
                    words.text(
                            "agreement.to-named",
                            words.decimal(100.0 * calibrated.agreed() / calibrated.answers(), 0),
                            words.decimal(100 * interval.low(), 0),
                            words.decimal(100 * interval.high(), 0)));
        }
    }

    record KnownRow(long itemId, String answer, long answers, long agreed) {
        static KnownRow of(Agreement.KnownItem item, List<CalibratedRow> answered) {
            String answer = item.answer().label();
            return answered.stream()
                    .filter(row -> row.name().equals(Long.toString(item.itemId())))
                    .findFirst()
                    .map(row -> new KnownRow(item.itemId(), answer, row.answers(), row.agreed()))
                    .orElse(new KnownRow(item.itemId(), answer, 0, 0));
        }
    }
}
