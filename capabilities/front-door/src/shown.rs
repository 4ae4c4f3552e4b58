//! How the front door shows things on its pages.

use stour_design::{Content, Markup, Tag, TagColour, html};
use stour_partnership::{ReferenceList, Status};

use crate::referral::ReferralState;
use crate::request::RequestState;

pub(crate) use stour_partnership::organisation_name;
pub(crate) use stour_web::words::{day, moment};

/// Words of the reference data, marked when they are not to be relied on.
pub(crate) fn marked(words: &str, status: Status) -> Content {
    if status.needs_warning() {
        html! { (words) " " span.nhsuk-u-secondary-text-colour { "(" (status) ")" } }.into()
    } else {
        words.into()
    }
}

/// What a reader of a list that is not to be relied on is told; nothing for others.
pub(crate) fn warning(list: &ReferenceList) -> Option<Content> {
    let note = list.note.as_deref().unwrap_or_default();
    list.status.needs_warning().then(|| {
        format!("This list is {}. {note}", list.status)
            .trim()
            .into()
    })
}

/// Where a request has got to.
pub(crate) fn request_tag(state: &RequestState) -> Tag {
    let colour = match state {
        RequestState::Open => TagColour::Yellow,
        RequestState::Referred => TagColour::Blue,
        RequestState::Concluded(_) => TagColour::Grey,
    };
    Tag::new(state.words(), colour)
}

/// Where a referral has got to.
pub(crate) fn referral_tag(state: &ReferralState) -> Tag {
    let colour = match state {
        ReferralState::Waiting => TagColour::Blue,
        ReferralState::Accepted(_) => TagColour::Green,
        ReferralState::Declined(..) => TagColour::Orange,
        ReferralState::Withdrawn(..) => TagColour::Grey,
    };
    Tag::new(state.words(), colour)
}

/// Text of several lines as its writer laid it out.
pub(crate) fn lines(text: &str) -> Markup {
    html! {
        @for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            p {
                @for (place, line) in paragraph.lines().enumerate() {
                    @if place > 0 { br; }
                    (line)
                }
            }
        }
    }
}
