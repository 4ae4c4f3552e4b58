//! A stay in hospital: what its messages add up to, and what is kept of it.

mod course;
mod dates;
mod event;
mod expected;
mod fact;
mod load;
mod night;
mod present;
mod rebuild;
mod review;
mod stay;
mod store;
mod tell;

pub use course::{About, Course, Expected, course, in_order};
pub(crate) use dates::{born, message_dates, renew, set_expected, staff_dates};
pub use event::{Diagnosis, Event, EventKind, Order, Place, Said};
pub use expected::{ExpectedDate, SaidBy, standing};
pub use load::{LoadedSpell, insert_spells};
pub(crate) use night::{LostNight, lost_since, waiting};
pub use present::{Present, present};
pub(crate) use present::{Twice, gone_since, twice};
pub(crate) use rebuild::{Rebuilt, Stored, rebuild};
pub(crate) use review::{CRITERIA, PATHWAYS, REASONS, add_review, bring_up};
pub use review::{KeptReview, Review, WrongReview, reviewed, reviews};
pub use stay::{Away, InHospital, Left, Stay, Unused, Whereabouts};
pub use store::{
    Spell, SpellState, UnknownSpellState, in_hospital, left_since, of_person, on_ward, one,
};
pub(crate) use tell::{Visit, add_up_again, latest_visit, person_of_visit, tell};

use stour_kernel::typed_id;

typed_id!(pub SpellId, "a spell");
stour_database::text_value!(SpellId);
