package org.markwatch.review.agreement;

import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.markwatch.queue.Calibration;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.agreement.Agreement;
import org.markwatch.queue.agreement.Kappa;
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
    String show(LaneAccess access, Model model) {
        Set<String> hidden = access.hidden();
        model.addAttribute(
                "lanes", agreement.byLane(hidden).stream().map(ComparedRow::of).toList());
        model.addAttribute(
                "pairs", agreement.byPair(hidden).stream().map(ComparedRow::of).toList());
        model.addAttribute(
                "reviewers",
                agreement.byReviewer(hidden).stream().map(CalibratedRow::of).toList());
        List<CalibratedRow> answered = agreement.byCalibrationItem(hidden).stream()
                .map(CalibratedRow::of)
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
            RedirectAttributes redirect) {
        Optional<DecisionKind> kind = Arrays.stream(DecisionKind.values())
                .filter(each -> each.label().equals(answer))
                .findFirst();
        if (kind.isEmpty()) {
            redirect.addFlashAttribute("problem", "Choose the known answer, one of the kinds of decision.");
        } else {
            calibration.add(id, kind.get(), supervisor.getName());
            redirect.addFlashAttribute(
                    "notice", "Item " + id + " is a calibration item. Copies of it are dealt to reviewers.");
        }
        return "redirect:/items/" + id;
    }

    /** Ends the use of an item for calibration. */
    @PostMapping("/items/{id}/calibration/retire")
    @Requires(Permission.OVERRULE)
    String retire(@PathVariable long id, Principal supervisor, RedirectAttributes redirect) {
        calibration.retire(id, supervisor.getName());
        redirect.addFlashAttribute("notice", "Item " + id + " is no longer used for calibration.");
        return "redirect:/items/" + id;
    }

    /** @param kappa kappa with its interval, or why there is none */
    record ComparedRow(String name, long reviews, long agreed, long drawn, String kappa) {
        static ComparedRow of(Agreement.Compared compared) {
            Kappa kappa = compared.kappa();
            Kappa.Interval interval = kappa.interval();
            String text = kappa.items() < Kappa.FEWEST
                    ? "too few"
                    : kappa.value() == null || interval == null
                            ? "all decisions of one kind"
                            : String.format(
                                    Locale.ROOT, "%.2f (%.2f to %.2f)", kappa.value(), interval.low(), interval.high());
            return new ComparedRow(compared.name(), compared.reviews(), compared.agreed(), kappa.items(), text);
        }
    }

    /** @param share share of agreement with its interval, or that there are too few answers */
    record CalibratedRow(String name, long answers, long agreed, String share) {
        static CalibratedRow of(Agreement.Calibrated calibrated) {
            if (calibrated.answers() < Kappa.FEWEST) {
                return new CalibratedRow(calibrated.name(), calibrated.answers(), calibrated.agreed(), "too few");
            }
            Kappa.Interval interval = calibrated.interval();
            return new CalibratedRow(
                    calibrated.name(),
                    calibrated.answers(),
                    calibrated.agreed(),
                    String.format(
                            Locale.ROOT,
                            "%.0f %% (%.0f to %.0f %%)",
                            100.0 * calibrated.agreed() / calibrated.answers(),
                            100 * interval.low(),
                            100 * interval.high()));
        }
    }

    record KnownRow(long itemId, String answer, long answers, long agreed) {
        static KnownRow of(Agreement.KnownItem item, List<CalibratedRow> answered) {
            String answer = item.answer().label().replace('_', ' ');
            return answered.stream()
                    .filter(row -> row.name().equals(Long.toString(item.itemId())))
                    .findFirst()
                    .map(row -> new KnownRow(item.itemId(), answer, row.answers(), row.agreed()))
                    .orElse(new KnownRow(item.itemId(), answer, 0, 0));
        }
    }
}
