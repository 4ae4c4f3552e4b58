//! How the front door shows things on its pages.

use stour_design::{Content, Markup, Tag, TagColour, html};
use stour_kernel::{Date, OdsCode, Timestamp, london};
use stour_partnership::{ReferenceList, Status};

use crate::referral::ReferralState;
use crate::request::RequestState;

/// `24 November 2026`.
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `24 November 2026 at 9:05am`, in London.
pub(crate) fn moment(at: Timestamp) -> String {
    let at = at.to_zoned_datetime(london());
    let half = if at.hour() < 12 { "am" } else { "pm" };
    format!("{}{half}", at.strftime("%-d %B %Y at %-I:%M"))
}

/// An organisation's name; its code when the reference data does not have it.
pub(crate) fn organisation(code: &OdsCode) -> String {
    let known = stour_partnership::reference()
        .ok()
        .and_then(|all| all.organisation(code));
    known.map_or_else(|| code.to_string(), |known| known.name.clone())
}

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
