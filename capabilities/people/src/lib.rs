//! People: one record for each person, who they are, who cares for them, and what happened to them.
//!
//! What each organisation says is kept as versions of its own record, linked to a person; a person's
//! names, addresses, ways to be reached and identifiers are composed of them, each with its dates, its
//! organisation and the moment it was recorded, and none is overwritten. Records that turn out to be
//! one person's are merged, and parted again, without rewriting anything ([`merge`], [`undo_merge`]):
//! whoever reads asks for the person who stands ([`resolve`]) and for everybody merged into them
//! ([`group`]). Other capabilities match a message to a person ([`match_or_create`]), say which organisations look after somebody
//! ([`know`], [`forget`]), ask what the policies decide on ([`facts_for_access`]) and, with a
//! permit, what is shown of a person. This crate
//! must not know what a request, a spell or a service is: of those it sees only the fact log.
//!
//! **Invariants.** Two people never share a traced NHS number. A record follows from sources, links and
//! standing merges alone, so merges undone in any order leave what the others would have made. No function of this crate returns a
//! person's record without a permit. A record that the caller may not see answers as an absent one.

mod alias;
mod asking;
mod capability;
mod event;
mod household;
mod looks;
mod merge;
mod own;
mod person;
mod relationship;
mod review;
mod search;
mod source;
mod timeline;
mod trace;
mod words;

pub use alias::{Joined, same_patient};
pub use asking::{facts_of, facts_of_person, require, shown};
pub use capability::{PersonLink, capability};
pub use event::{
    Event, NewSubscriber, SubscriberId, SubscriberKind, announce, deliver_due, subscribe,
};
pub use trace::fake as fake_pds;

pub use merge::{MergeId, Undone, group, merge, resolve, undo_merge};
pub use person::{
    Address, Demographics, FlagReason, IdentifierStatus, Listed, Lives, MatchOutcome, Matched,
    NameError, NameText, NameUse, NewPerson, PeopleError, PersonName, PersonSummary, Place, age,
    create, each_listed, facts_for_access, facts_for_access_all, forget, given_names, insert_all,
    know, known_among, lives, living_at, match_or_create, names, summaries, summary, version_of,
    who_it_is,
};
pub use relationship::{
    CARER, Relation, Relationship, RelationshipId, carers_of, relate, relate_all,
};
pub use review::{Label, LabelledPair, PairAnswer, decisions_about, labels, labels_csv};
pub use search::page::people_found;
pub use search::{Found, Query, QueryError, Reading, Scope, search, search_near};
pub use source::{
    Destination, Entry, EntryName, RecordId, Said, SourceVersion, Step as MatchStep, catch_up,
    catch_up_blocking, move_record, recognise, store_missing_entries,
};

use stour_database::{Migrations, Step};

/// The tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "people",
    steps: &[
        Step {
            number: 1,
            name: "person",
            sql: include_str!("../migrations/0001_person.sql"),
        },
        Step {
            number: 2,
            name: "linkage",
            sql: include_str!("../migrations/0002_linkage.sql"),
        },
        Step {
            number: 3,
            name: "review",
            sql: include_str!("../migrations/0003_review.sql"),
        },
        Step {
            number: 4,
            name: "event",
            sql: include_str!("../migrations/0004_event.sql"),
        },
        Step {
            number: 5,
            name: "trace",
            sql: include_str!("../migrations/0005_trace.sql"),
        },
        Step {
            number: 6,
            name: "finding",
            sql: include_str!("../migrations/0006_finding.sql"),
        },
        Step {
            number: 7,
            name: "match_model",
            sql: include_str!("../migrations/0007_match_model.sql"),
        },
        Step {
            number: 8,
            name: "merged_person",
            sql: include_str!("../migrations/0008_merged_person.sql"),
        },
    ],
};
