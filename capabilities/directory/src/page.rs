//! What the staff pages of the directory share.

use stour_design::{Markup, Tag, TagColour, html};
use stour_web::Problem;

use crate::listing::{Listing, Visibility};

/// The part of an address that names a thing; 404 when it cannot be a name.
pub(crate) fn named<T: std::str::FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Whether the public sees a listing.
pub(crate) fn standing(listing: &Listing) -> Markup {
    let is_active = listing.service.status == stour_open_referral::Status::Active;
    let (word, colour) = if listing.withdrawn_at.is_some() {
        ("Withdrawn", TagColour::Grey)
    } else if listing.same_as.is_some() {
        ("Shown as another", TagColour::Purple)
    } else {
        match &listing.visibility {
            Visibility::Held(_) => ("Held", TagColour::Orange),
            _ if !is_active => ("Not active", TagColour::Grey),
            Visibility::Public => ("Public", TagColour::Green),
            Visibility::WithoutPlaces => ("Public, without its place", TagColour::AquaGreen),
        }
    };
    html! { (Tag::new(word, colour)) }
}
