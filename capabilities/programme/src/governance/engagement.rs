//! What a programme set out to do at once, what partners offered, with whom it talks, and what it has learnt.

use stour_register::{Around, Holds, Kind, Values};
use stour_web::FieldError;

use super::EDIT;
use super::field::{
    SOURCE, UNVERIFIED, before_programme, may, must, number, should, unchecked, wrong,
};

/// Something that was to be done at once.
pub(crate) const QUICK_WIN: &Kind = &Kind {
    name: "quick-win",
    one: "quick win",
    many: "Quick wins",
    prefix: "QW",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "What is to be done", "", Holds::Text),
        may(
            "part-of",
            "Part of",
            "The quick win that this is a part of",
            Holds::Entry("quick-win"),
        ),
        may(
            "letter",
            "Letter",
            "By which a paper names a part",
            Holds::Line,
        ),
        may(
            "activity",
            "Activity that does it",
            "",
            Holds::Entry("activity"),
        ),
        SOURCE,
    ],
    check: check_quick_win,
};

/// What a partner offered to bring.
pub(crate) const OFFER: &Kind = &Kind {
    name: "capability-offer",
    one: "offer of capability",
    many: "Offers of capability",
    prefix: "OF",
    edit: EDIT,
    title: "offers",
    fields: &[
        must("offers", "What is offered", "", Holds::Line),
        must("provider", "Who offers it", "", Holds::Owner),
        may("days", "How many days", "", Holds::Whole),
        may("condition", "On what condition", "", Holds::Line),
        SOURCE,
    ],
    check: unchecked,
};

/// Something said to, or asked of, people outside the programme.
pub(crate) const COMMUNICATION: &Kind = &Kind {
    name: "communication",
    one: "communication",
    many: "Communications and engagement",
    prefix: "CE",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "What is done", "", Holds::Line),
        must("audience", "With whom", "", Holds::Line),
        may("message", "What is said or asked", "", Holds::Text),
        may("channel", "How", "", Holds::Code("communication-channel")),
        may("owner", "Owner", "", Holds::Owner),
        may("when", "When", "", Holds::Month),
        may("done", "Done on", "", Holds::Date),
        SOURCE,
        UNVERIFIED,
    ],
    check: |values, around| before_programme(values, around, &["when", "done"]),
};

/// Something learnt.
pub(crate) const LESSON: &Kind = &Kind {
    name: "lesson",
    one: "lesson",
    many: "Lessons",
    prefix: "LE",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "What was learnt", "", Holds::Line),
        must("happened", "What happened", "", Holds::Text),
        should("advice", "What to do another time", "", Holds::Text),
        may("owner", "Who sees to it", "", Holds::Owner),
        may("learnt-on", "Learnt on", "", Holds::Date),
        SOURCE,
    ],
    check: |values, around| before_programme(values, around, &["learnt-on"]),
};

/// A part of a quick win is no part of a part, nor of itself.
fn check_quick_win(values: &Values, around: &Around) -> Vec<FieldError> {
    let Some(whole) = number(values, "part-of") else {
        return Vec::new();
    };
    let whole = around.entry(QUICK_WIN.name, whole);
    let is_part =
        whole.is_some_and(|whole| !whole.get("part-of").is_empty() || around.of == Some(whole.id));
    if is_part {
        vec![wrong(
            "part-of",
            "Choose a quick win that is not itself a part of another",
        )]
    } else {
        Vec::new()
    }
}
