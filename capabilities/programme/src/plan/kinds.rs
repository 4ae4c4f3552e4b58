//! What a plan is kept as: activities, what waits for what, who is in place from when, milestones and baselines.

use stour_register::{Holds, Kind};

use super::check;
use crate::governance::EDIT;
use crate::governance::field::{SOURCE, may, must, should, unchecked};

/// The code list of what happens at a date.
pub(crate) const QUALIFIERS: &str = "date-qualifier";
/// The code list of how far an activity has got.
pub(crate) const STATUSES: &str = "activity-status";
/// The code list of why one activity comes before another.
pub(crate) const NATURES: &str = "dependency-nature";

/// Something to be done.
pub(crate) const ACTIVITY: &Kind = &Kind {
    name: "activity",
    one: "activity",
    many: "Activities",
    prefix: "AC",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "What is to be done", "In a line", Holds::Line),
        may(
            "text",
            "In full",
            "As the paper words it, where that is longer",
            Holds::Text,
        ),
        should(
            "responsible",
            "Who is responsible",
            "A board, a role or an organisation; several with semicolons between them",
            Holds::Owner,
        ),
        may(
            "responsible-as-given",
            "Who is responsible, as the paper words it",
            "",
            Holds::Line,
        ),
        may(
            "qualifier",
            "What happens at the date",
            "",
            Holds::Code(QUALIFIERS),
        ),
        may(
            "month",
            "Month",
            "Where the day is not known, such as September 2013",
            Holds::Month,
        ),
        may("day", "Day", "Where it is known", Holds::Date),
        may(
            "when-as-given",
            "The date, as the paper words it",
            "",
            Holds::Line,
        ),
        may(
            "start",
            "First day",
            "Where it is known or set",
            Holds::Date,
        ),
        may(
            "days",
            "How many days it takes",
            "Days of the calendar, from the first to the last",
            Holds::Whole,
        ),
        may("workstream", "Workstream", "", Holds::Entry("workstream")),
        may(
            "makes",
            "Output that it makes",
            "Where it is on the benefits map",
            Holds::Entry("benefit-output"),
        ),
        may(
            "status",
            "How far it has got",
            "Leave it empty where nobody has said",
            Holds::Code(STATUSES),
        ),
        may(
            "percent",
            "How much of it is done, per cent",
            "A judgement of whoever is responsible",
            Holds::Whole,
        ),
        may("finished", "Done on", "", Holds::Date),
        may(
            "evidence",
            "What shows it",
            "An address, a minute or a document, and what it says",
            Holds::Text,
        ),
        may(
            "source",
            "Source",
            "The paper that sets it out",
            Holds::Line,
        ),
    ],
    check: check::activity,
};

/// That one activity waits for another.
pub(crate) const DEPENDENCY: &Kind = &Kind {
    name: "plan-dependency",
    one: "dependency between activities",
    many: "Dependencies between activities",
    prefix: "PD",
    edit: EDIT,
    title: "reason",
    fields: &[
        must(
            "reason",
            "What waits for what, and why",
            "In a line",
            Holds::Line,
        ),
        must("before", "Comes first", "", Holds::Entry("activity")),
        must("after", "Waits for it", "", Holds::Entry("activity")),
        must("nature", "Why", "", Holds::Code(NATURES)),
        may(
            "lag",
            "Days between the two",
            "None unless you say; a minus where they may overlap, such as -5",
            Holds::Decimal,
        ),
        may("source", "Source", "Who says so", Holds::Line),
    ],
    check: check::dependency,
};

/// That somebody is in place only once an activity is done.
pub(crate) const APPOINTMENT: &Kind = &Kind {
    name: "appointment",
    one: "appointment",
    many: "Who is in place from when",
    prefix: "AP",
    edit: EDIT,
    title: "owner",
    fields: &[
        must(
            "owner",
            "Who",
            "A board or a role, as activities name it",
            Holds::Owner,
        ),
        must(
            "activity",
            "In place once this is done",
            "",
            Holds::Entry("activity"),
        ),
        must("reason", "Why", "", Holds::Line),
        may("source", "Source", "Who says so", Holds::Line),
    ],
    check: unchecked,
};

/// A moment to look out for.
pub(crate) const MILESTONE: &Kind = &Kind {
    name: "milestone",
    one: "milestone",
    many: "Milestones",
    prefix: "MS",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "What is reached", "In a line", Holds::Line),
        may(
            "month",
            "Month",
            "Where the day is not known, such as July 2025",
            Holds::Month,
        ),
        may("day", "Day", "Where it is known", Holds::Date),
        may("reached", "Reached on", "", Holds::Date),
        may(
            "evidence",
            "What shows it",
            "An address, a minute or a document, and what it says",
            Holds::Text,
        ),
        SOURCE,
    ],
    check: check::milestone,
};

/// The plan as it was agreed at a moment: that in which the entry was first saved.
pub(crate) const BASELINE: &Kind = &Kind {
    name: "baseline",
    one: "baseline",
    many: "Baselines",
    prefix: "BL",
    edit: EDIT,
    title: "title",
    fields: &[
        must(
            "title",
            "What it is called",
            "The plan as it stands at the moment of saving is kept under this name",
            Holds::Line,
        ),
        must(
            "reason",
            "Why the plan is fixed now",
            "For a second baseline: why dates are measured from here on, and no longer from the one before",
            Holds::Text,
        ),
        may("agreed-by", "Agreed by", "A board or a role", Holds::Owner),
        may("source", "Source", "The minute that says so", Holds::Line),
    ],
    check: unchecked,
};
