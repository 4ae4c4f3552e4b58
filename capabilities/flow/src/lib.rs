//! Hospital flow: who is in which bed, since when, what they wait for, and how they come home.
//!
//! Hospitals send HL7 version 2 messages ([`message`]). Each is stored as it came before it is
//! acknowledged, worked through in the order of arrival, and kept with what became of it. What the
//! messages of a visit say is added up, in the order in which things happened, to a **spell**
//! ([`spell`]). Ward pages and the in-reach page show spells; a
//! ward reviews every day whether somebody still needs an acute hospital, and `stour_discharge` works
//! out since when they were ready. When somebody is likely to leave is a series of dated estimates, the system's own and
//! those of named people ([`estimate_past`] makes them of a loaded history). A person who goes home with
//! **reablement** ([`reablement`]) is followed until its outcome. Hospital and council tell each other by **notices**
//! ([`hub`]) who needs care to go home. Services that people go on to have
//! places by day and locality, which are held and booked for them ([`capacity`]); the transfer hub talks about
//! everybody who waits in its daily meeting ([`meeting`]). What somebody waits for during the stay, and whether a day was green
//! or red, is said by the ward ([`awaited`]). Community teams see their own people who are in hospital, are alerted, and plan how
//! to bring them home ([`in_reach`]); what matters to somebody and who cares for them is written down for both ([`about`]). Why people are admitted as an emergency, and whether that could
//! have been avoided, is audited by practice and care home ([`admission`]). How hard pressed hospitals and services are, and what
//! partners do about it, is worked out from all of these ([`escalation`]). This crate must not know how a
//! person is matched or what a referral says: it asks `stour_people` and `stour_front_door`.
//!
//! **Invariants.** Nothing is acknowledged before it is stored for good. The same messages in any
//! order and any number of copies give the same spells. Somebody is in one bed or in none, and in
//! none once discharged. No message stops the one behind it.
//!
//! **Messages, decided for this release.** A visit is an organisation, a person and PV1-19; without
//! PV1-19 the time of admission (PV1-44) stands for it, and without either the person's latest visit
//! there. The organisation is MSH-4, or who took over from it. Order is EVN-6, then EVN-2, then
//! MSH-7, then the control id. An admission is told by A01; or by an A02 or A03 of an inpatient that
//! says since when in PV1-44; of an outpatient none is made up. A01 for somebody who had left under
//! the same number is a return. A06 is told as A01 is, and A07 ends a stay. A05 and A14 are kept and show
//! nobody on a ward. A17 moves two people or neither. Who is on leave (A21, A22) or elsewhere in the
//! hospital (A09, A10) keeps the bed. A04 is an attendance. A28
//! and A31 say who somebody is. A40 (and A34, its name before 2.3.1, and A47, a wrong number put right)
//! says that the number in MRG-1 is the same patient's as the number in PID-3: where here they are one
//! person's, or one is unknown, both are kept as that person's; where they are two people's, a review is
//! opened and nothing is joined. A24 and A37, which link records and keep both, are set aside. Other
//! events, and other kinds of message, are accepted and not used. A field that cannot be read, such as a date of birth
//! in the thirteenth month, is left out and noted; the rest of the message is used. An organisation
//! that is not in the partnership, or a ward that is in no list, is shown by its code and marked.
//! Somebody whom nothing in the message proves to be known is a new person, with a flag for a
//! reviewer, except that messages of one visit that describe the person alike are about one person.

pub mod about;
pub mod admission;
pub mod adt;
pub mod asked;
pub mod awaited;
mod by;
pub mod capacity;
mod delay;
mod error;
pub mod escalation;
mod estimate;
mod feed;
mod hospital;
pub mod hub;
pub mod in_reach;
mod list;
pub mod meeting;
pub mod message;
pub mod reablement;
mod sheet;
mod shown;
pub mod spell;
mod ward;

pub use by::By;
pub use error::FlowError;
pub use estimate::{PastDate, PastEstimates, estimate_past, insert_past_dates};
pub use ward::{WardCount, occupancy};

use stour_database::{Migrations, Step};
use stour_web::{Capability, Place, Route};
use utoipa::OpenApi as _;

/// The tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "flow",
    steps: &[
        Step {
            number: 1,
            name: "flow",
            sql: include_str!("../migrations/0001_flow.sql"),
        },
        Step {
            number: 2,
            name: "away",
            sql: include_str!("../migrations/0002_away.sql"),
        },
        Step {
            number: 3,
            name: "review",
            sql: include_str!("../migrations/0003_review.sql"),
        },
        Step {
            number: 4,
            name: "feed",
            sql: include_str!("../migrations/0004_feed.sql"),
        },
        Step {
            number: 5,
            name: "night",
            sql: include_str!("../migrations/0005_night.sql"),
        },
        Step {
            number: 6,
            name: "notice",
            sql: include_str!("../migrations/0006_notice.sql"),
        },
        Step {
            number: 7,
            name: "capacity",
            sql: include_str!("../migrations/0007_capacity.sql"),
        },
        Step {
            number: 8,
            name: "admission",
            sql: include_str!("../migrations/0008_admission.sql"),
        },
        Step {
            number: 9,
            name: "awaited",
            sql: include_str!("../migrations/0009_awaited.sql"),
        },
        Step {
            number: 10,
            name: "estimate",
            sql: include_str!("../migrations/0010_estimate.sql"),
        },
        Step {
            number: 11,
            name: "pressure",
            sql: include_str!("../migrations/0011_pressure.sql"),
        },
        Step {
            number: 12,
            name: "in_reach",
            sql: include_str!("../migrations/0012_in_reach.sql"),
        },
        Step {
            number: 13,
            name: "arrival",
            sql: include_str!("../migrations/0013_arrival.sql"),
        },
    ],
};

/// What hospital flow brings to the house.
pub fn capability() -> Capability {
    let mut openapi = ward::ApiDoc::openapi();
    openapi.merge(in_reach::ApiDoc::openapi());
    openapi.merge(message::ApiDoc::openapi());
    openapi.merge(capacity::ApiDoc::openapi());
    Capability {
        name: "flow",
        migrations: vec![MIGRATIONS],
        routes: routes(),
        navigation: vec![
            Place {
                label: "Wards",
                description: "Who is on each ward, and when they are expected to go home.",
                href: "/wards",
                roles: &["ward", "transfer-hub"],
            },
            Place {
                label: "Leaving hospital",
                description: "Who waits to go home, for what, and which notices wait for an answer.",
                href: "/hub",
                roles: &["transfer-hub", "ward", "adviser", "practitioner"],
            },
            Place {
                label: "In-reach",
                description: "People you look after who are in hospital now, what happened to them, and what you plan.",
                href: "/in-reach",
                roles: &["community", "transfer-hub"],
            },
            Place {
                label: "Reablement",
                description: "Who waits for reablement, who receives it, and how it ends.",
                href: "/reablement",
                roles: &["practitioner", "community", "transfer-hub"],
            },
            Place {
                label: "Places",
                description: "Places that people can go on to from hospital, by service, locality and day.",
                href: "/capacity",
                roles: &["practitioner", "community", "transfer-hub"],
            },
            Place {
                label: "Daily meeting",
                description: "Everybody who waits to leave hospital, one by one, and what is to be done for them.",
                href: "/hub/meeting",
                roles: &["transfer-hub"],
            },
            Place {
                label: "Actions",
                description: "What the transfer hub’s daily meeting asked for, until it is done.",
                href: "/hub/actions",
                roles: &["practitioner", "community", "ward", "transfer-hub"],
            },
            Place {
                label: "Emergency admissions",
                description: "Who is admitted as an emergency, by practice and care home, and what could have been done.",
                href: "/admissions",
                roles: &[
                    "commissioner",
                    "service-manager",
                    "chief-officer",
                    "analyst",
                    "practitioner",
                    "community",
                    "transfer-hub",
                ],
            },
            Place {
                label: "Pressure",
                description: "How hard pressed hospitals and services are, and what partners do about it.",
                href: "/escalation",
                roles: &[
                    "commissioner",
                    "service-manager",
                    "chief-officer",
                    "transfer-hub",
                ],
            },
            Place {
                label: "Messages",
                description: "Messages from hospitals that could not be used, and why.",
                href: "/messages",
                roles: &["integration"],
            },
        ],
        openapi,
        jobs: vec![
            message::JOB,
            feed::JOB,
            delay::JOB,
            estimate::JOB,
            escalation::JOB,
            in_reach::alert::JOB,
        ],
        commands: vec![message::IMPORT, message::FLOW],
    }
}

fn routes() -> Vec<Route> {
    [
        ward::routes(),
        awaited::routes(),
        ward::api_routes(),
        delay::routes(),
        estimate::routes(),
        hub::routes(),
        in_reach::routes(),
        in_reach::api_routes(),
        about::routes(),
        message::routes(),
        message::api_routes(),
        reablement::routes(),
        capacity::routes(),
        capacity::api_routes(),
        meeting::routes(),
        admission::routes(),
        escalation::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests;
