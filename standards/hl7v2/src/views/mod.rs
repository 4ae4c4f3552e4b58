//! The fields of common segments by name, and the composite data types in them.
//!
//! A view borrows its segment, gives every field as an option or a [`Value`](crate::Value), and
//! says what the field says and nothing more. Numbers in the comments are HL7 2.4's; ZU1 is the
//! NHS ITK specification's.

mod datatypes;
mod diagnosis;
mod event;
mod header;
mod merge;
mod patient;
mod visit;
mod zu1;

pub use datatypes::{Address, Authority, Identifier, Location, Name, Organisation, Person, Phone};
pub use diagnosis::Dg1;
pub use event::Evn;
pub use header::Msh;
pub use merge::Mrg;
pub use patient::{Pd1, Pid};
pub use visit::{Pv1, Pv2};
pub use zu1::Zu1;

use crate::{issue::Issue, segment::Segment};

/// A segment seen by the names of its fields.
pub trait View<'m>: Sized {
    /// The segment's name.
    const NAME: &'static str;
    /// The fields that hold dates and times.
    const TIMES: &'static [usize];

    /// Sees a segment this way. Of a segment of another name the answers mean nothing.
    fn new(segment: Segment<'m>) -> Self;

    /// The segment, for fields that the view doesn't name.
    fn segment(&self) -> Segment<'m>;

    /// Dates and times in the segment that cannot be read.
    fn issues(&self) -> Vec<Issue> {
        let times = Self::TIMES.iter().map(|field| self.segment().time(*field));
        times.filter_map(|time| time.issue().cloned()).collect()
    }
}

macro_rules! view {
    ($(#[$doc:meta])* $name:ident, $segment:literal, $times:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<'m>($crate::Segment<'m>);

        impl<'m> $crate::views::View<'m> for $name<'m> {
            const NAME: &'static str = $segment;
            const TIMES: &'static [usize] = &$times;

            fn new(segment: $crate::Segment<'m>) -> Self {
                Self(segment)
            }

            fn segment(&self) -> $crate::Segment<'m> {
                self.0
            }
        }
    };
}
use view;
