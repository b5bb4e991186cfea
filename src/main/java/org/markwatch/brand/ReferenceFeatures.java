package org.markwatch.brand;

import java.util.BitSet;
import org.markwatch.brand.ImpersonationCandidate.Place;
import org.markwatch.brand.PageSigns.LogoAt;
import org.markwatch.brand.PageSigns.Owned;

/** The features of an impersonation that logos and references to a brand's hosts give. One use per page. */
final class ReferenceFeatures {
    private final PageSigns signs;
    private final FormSigns forms;
    private final OwnerSigns owners;
    private final ImpersonationCandidates candidates;

    ReferenceFeatures(PageSigns signs, FormSigns forms, OwnerSigns owners, ImpersonationCandidates candidates) {
        this.signs = signs;
        this.forms = forms;
        this.owners = owners;
        this.candidates = candidates;
    }

    /** @param drawn brands with a logo that is believed */
    void read(BitSet drawn) {
        for (Owned address : signs.ownAddresses) {
            candidates.of(address.brand(), Place.of(address)).add(ImpersonationFeature.METADATA, Place.of(address));
        }
        for (Owned asset : signs.assets) {
            ImpersonationCandidate candidate = candidates.of(asset.brand(), Place.of(asset));
            if (owners.isOfThePage(asset)) {
                candidate.add(ImpersonationFeature.METADATA, Place.of(asset));
            }
            if (!owners.isScript(asset)) {
                candidate.add(ImpersonationFeature.PICTURE_OF_HOST, 1.0 / owners.servers(), Place.of(asset));
            }
        }
        double share = 1.0 / Math.max(1, drawnAbove(drawn));
        for (LogoAt at : signs.logos) {
            ImpersonationCandidate candidate = candidates.of(at.logo().brand(), Place.of(at));
            if (at.logo().trust() == Trust.IN_SERIES || at.passage() >= forms.top || signs.methods.get(at.passage())) {
                continue;
            }
            if (isLogo(at, drawn)) {
                candidate.add(ImpersonationFeature.LOGO, share, Place.of(at));
                if (at.logo().plain() && !at.logo().payment()) {
                    candidate.add(ImpersonationFeature.PLAIN_LOGO, share, Place.of(at));
                }
            } else {
                candidate.add(ImpersonationFeature.POSSIBLE_LOGO, Place.of(at));
            }
        }
    }

    /** Most ids are those of a section. */
    private boolean isLogo(LogoAt at, BitSet drawn) {
        return drawn.get(at.logo().brand())
                && !signs.passage(at.passage()).hidden()
                && !signs.passage(at.passage()).detail().equals("id");
    }

    private int drawnAbove(BitSet drawn) {
        BitSet above = new BitSet();
        for (LogoAt at : signs.logos) {
            if (at.passage() < forms.top && isLogo(at, drawn)) {
                above.set(at.logo().brand());
            }
        }
        return above.cardinality();
    }
}
