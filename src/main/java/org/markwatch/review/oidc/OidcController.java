package org.markwatch.review.oidc;

import org.markwatch.review.NoPermission;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ResponseStatusException;

/** Begins a single sign-on, or says that the provider cannot be reached. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
class OidcController {
    private final OidcSignIn signIn;

    OidcController(OidcSignIn signIn) {
        this.signIn = signIn;
    }

    @NoPermission
    @GetMapping("/sign-in/oidc")
    String begin() {
        if (!signIn.isOffered()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "single sign-on is off");
        }
        return signIn.isReachable()
                ? "redirect:/oauth2/authorization/" + OidcProvider.NAME
                : "redirect:/sign-in?unreachable";
    }
}
