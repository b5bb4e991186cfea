package org.markwatch.queue;

import java.util.List;

/**
 * The evidence of an item at one time. Stored as JSON.
 *
 * @param brandUses brands with the kinds of their use, strongest first
 * @param reasons   reasons for the points, most points first
 */
public record ItemEvidence(List<Item.ItemBrandUse> brandUses, List<Item.ItemReason> reasons) {
    public ItemEvidence {
        brandUses = List.copyOf(brandUses);
        reasons = List.copyOf(reasons);
    }
}
