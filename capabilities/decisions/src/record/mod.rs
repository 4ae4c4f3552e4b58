//! The record as pages and files read it: every noun by its number, as those who look may see it.

mod chain;
mod earlier;
mod found;
mod hangs;
mod shelf;

use stour_kernel::Date;
use stour_register::Around;

pub(crate) use chain::{Step, chain};
pub(crate) use found::{Found, find};
pub(crate) use hangs::{first_draft, hangs_on, published};
pub(crate) use shelf::{Held, Shelf};

use crate::noun::call_in::CallIn;
use crate::noun::comment::Comment;
use crate::noun::commitment::Kept;
use crate::noun::committee::Committee;
use crate::noun::delegation::Delegation;
use crate::noun::interest::Interest;
use crate::noun::issue::Issue;
use crate::noun::item::Item;
use crate::noun::key_decision::KeyDecision;
use crate::noun::meeting::Meeting;
use crate::noun::membership::Membership;
use crate::noun::minute::Minute;
use crate::noun::office::OfficeHolder;
use crate::noun::recommendation::Recommendation;
use crate::noun::report::Report;
use crate::noun::resolution::Resolution;
use crate::noun::response::HealthReport;
use crate::noun::vote::Vote;

/// For whom the record is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Anybody: what is published, and of that only what does not hang on something that is not.
    Published,
    /// Those who keep it: all of it.
    Everything,
}

/// The record on a day.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) committees: Shelf<Committee>,
    pub(crate) holders: Shelf<OfficeHolder>,
    pub(crate) memberships: Shelf<Membership>,
    pub(crate) meetings: Shelf<Meeting>,
    pub(crate) items: Shelf<Item>,
    pub(crate) reports: Shelf<Report>,
    pub(crate) minutes: Shelf<Minute>,
    pub(crate) interests: Shelf<Interest>,
    pub(crate) issues: Shelf<Issue>,
    pub(crate) comments: Shelf<Comment>,
    pub(crate) recommendations: Shelf<Recommendation>,
    pub(crate) resolutions: Shelf<Resolution>,
    pub(crate) delegations: Shelf<Delegation>,
    pub(crate) votes: Shelf<Vote>,
    pub(crate) key_decisions: Shelf<KeyDecision>,
    pub(crate) call_ins: Shelf<CallIn>,
    pub(crate) commitments: Shelf<Kept>,
    pub(crate) scrutiny_reports: Shelf<HealthReport>,
    pub(crate) healthwatch_reports: Shelf<HealthReport>,
}

impl Record {
    /// The record of what is in force, as it is seen on a day.
    pub(crate) fn of(around: &Around, seen: Seen, today: Date) -> Self {
        let gather = shelf::Gather {
            around,
            visible: (seen == Seen::Published).then(|| hangs::Visible::of(around, today)),
        };
        let mut record = Self {
            committees: gather.all("committee"),
            holders: gather.all("office-holder"),
            memberships: gather.all("membership"),
            meetings: gather.all("meeting"),
            items: gather.all("agenda-item"),
            reports: gather.all("report"),
            minutes: gather.all("minute"),
            interests: gather.all("interest"),
            issues: gather.all("issue"),
            comments: gather.all("comment"),
            recommendations: gather.all("recommendation"),
            resolutions: gather.all("resolution"),
            delegations: gather.all("delegation"),
            votes: gather.all("vote"),
            key_decisions: gather.all("key-decision"),
            call_ins: gather.all("call-in"),
            commitments: gather.all("commitment"),
            scrutiny_reports: gather.all("scrutiny-report"),
            healthwatch_reports: gather.all("healthwatch-report"),
        };
        if seen == Seen::Published {
            record.stand_as_before();
        }
        record
    }

    /// Whether the record has the page of this site with this address: that of a meeting, an item, a decision or the
    /// notice of a key decision. A page of a promise is none that shows anything.
    pub(crate) fn has_page(&self, address: &str) -> bool {
        let path = address.split('#').next().unwrap_or(address);
        let Some(path) = path.strip_prefix("/decisions/") else {
            return false;
        };
        let (part, number) = match path.split('/').collect::<Vec<_>>().as_slice() {
            ["meetings", number, "extract"] => ("meetings", number.parse().ok()),
            [part, number] => (*part, number.parse().ok()),
            _ => return false,
        };
        match part {
            "meetings" => self.meetings.has(number),
            "items" => self.items.has(number),
            "resolutions" => self.resolutions.has(number),
            "forward-plan" => self.key_decisions.has(number),
            _ => false,
        }
    }

    /// Everybody who has, had or will have a seat on a body, with the seat.
    pub(crate) fn seats(
        &self,
        committee: i64,
    ) -> impl Iterator<Item = (&Held<OfficeHolder>, &Held<Membership>)> {
        let seats = self.memberships.iter();
        seats
            .filter(move |seat| seat.committee == Some(committee))
            .filter_map(|seat| Some((self.holders.get(seat.person)?, seat)))
    }

    /// Who sits on a body on a day: those whose seat and office they then have.
    pub(crate) fn members_on(
        &self,
        committee: i64,
        day: Date,
    ) -> impl Iterator<Item = (&Held<OfficeHolder>, &Held<Membership>)> {
        self.seats(committee)
            .filter(move |(holder, seat)| seat.is_on(day) && holder.is_on(day))
    }

    /// The meeting of an item.
    pub(crate) fn meeting_of(&self, item: &Item) -> Option<&Held<Meeting>> {
        self.meetings.get(item.meeting)
    }

    /// The committee at whose meeting an item was considered.
    pub(crate) fn committee_of(&self, item: &Item) -> Option<&Held<Committee>> {
        self.committees.get(self.meeting_of(item)?.committee)
    }

    /// The item at which something was decided.
    pub(crate) fn item_of(&self, resolution: &Resolution) -> Option<&Held<Item>> {
        self.items.get(resolution.item)
    }

    /// When something was decided, where that is known.
    pub(crate) fn decided_on(&self, resolution: &Resolution) -> Option<Date> {
        let at_meeting = self
            .item_of(resolution)
            .and_then(|item| self.meeting_of(item))
            .and_then(|meeting| meeting.date);
        at_meeting.or(resolution.decided)
    }

    /// Meetings, the latest first; those whose day is not known come last.
    pub(crate) fn latest_meetings(&self) -> Vec<&Held<Meeting>> {
        let mut meetings: Vec<_> = self.meetings.iter().collect();
        meetings.sort_by_key(|meeting| {
            std::cmp::Reverse((meeting.date, meeting.time.clone(), meeting.number))
        });
        meetings
    }

    /// The items of a meeting, in the order of their numbers.
    pub(crate) fn agenda(&self, meeting: i64) -> Vec<&Held<Item>> {
        let mut items: Vec<_> = self
            .items
            .iter()
            .filter(|item| item.meeting == Some(meeting))
            .collect();
        // Numbers such as 9 and 10, or 9A, in the order in which people count them.
        items.sort_by_key(|item| {
            let digits: String = item
                .minuted_as
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            let number: u32 = digits.parse().unwrap_or(u32::MAX);
            (number, item.minuted_as.clone(), item.number)
        });
        items
    }
}

#[cfg(test)]
mod tests;
