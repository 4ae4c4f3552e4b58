//! What happened to one person, from the start of the history until `today`.
//!
//! Stays in hospital come first, in order of time, with what follows a discharge; then what comes from the community,
//! kept clear of the stays. Nothing is written before the last day of each is known, so that nothing outlives a person.

use stour_kernel::{OdsCode, Pence};

use crate::age::AgeBand;
use crate::block::Draft;
use crate::calendar::{Day, NEVER};
use crate::event::{Detail, Event, EventKind};
use crate::random::Random;
use crate::tables::{CouncilTable, Tables};

mod attendance;
mod care;
mod stay;
mod support;
mod ward;

/// The days after a discharge into reablement that "still at home" looks at.
pub(crate) const WINDOW: i32 = 91;

/// The person a history is told of.
pub(crate) struct Subject<'a> {
    pub(crate) index: u64,
    pub(crate) draft: Draft,
    pub(crate) council: &'a CouncilTable,
    pub(crate) imd_decile: u8,
    pub(crate) in_care_home: bool,
    pub(crate) is_carer: bool,
}

/// What happened, earliest first, and the day of death, which the history may have brought.
pub(crate) struct Told {
    pub(crate) events: Vec<Event>,
    pub(crate) died: Option<Day>,
}

/// A history being told.
pub(super) struct History<'a> {
    tables: &'a Tables,
    subject: Subject<'a>,
    random: Random,
    events: Vec<(Day, Event)>,
    band: AgeBand,
    /// How much more often things happen to this person than the table says.
    ratio: f64,
    /// First day of the history.
    start: Day,
    died: Option<Day>,
    /// Stays in hospital: first day, first day after.
    stays: Vec<(Day, Day)>,
    /// Times in which nothing from the community begins: first day, last day.
    kept_clear: Vec<(Day, Day)>,
    /// No stay in hospital begins before.
    free_from: Day,
    /// Until when someone is to be at home in the evening of the last day of their window.
    home_by: Day,
    /// A stay that is to be: from, at least until.
    stay_to_come: Option<(Day, Day)>,
    /// The day long-term care in a care home begins, and the discharge it follows.
    care_home_from: Day,
    care_home_after: Option<Discharge>,
    /// Home care to write: from, until, and the discharge it follows.
    home_care: Vec<(Day, Day, Option<Discharge>)>,
}

/// A discharge something follows from.
#[derive(Debug, Clone)]
pub(super) struct Discharge {
    reference: String,
    day: Day,
}

/// How something that was to end on a day ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// It has not.
    Open,
    /// As it should.
    On(Day),
    /// By death.
    Died(Day),
}

impl Ending {
    /// The first day after, or the day after `today` while it goes on.
    fn until(self) -> Day {
        match self {
            Self::Open => 1,
            Self::On(day) | Self::Died(day) => day,
        }
    }

    /// What weeks of something that ended so have cost, up to `today`.
    fn weeks_cost(self, from: Day, pence_a_week: i64) -> i64 {
        i64::from((self.until() - from).max(0)) * pence_a_week / 7
    }
}

/// Tells the history of a person.
pub(crate) fn of(tables: &Tables, subject: Subject<'_>, random: Random) -> Told {
    let draft = subject.draft;
    let ratio = tables.rates.ratio(draft.frailty, subject.imd_decile);
    let mut history = History {
        tables,
        random,
        events: Vec::new(),
        band: draft.band(),
        ratio,
        start: (-tables.rates.history_days).max(draft.born).min(0),
        died: draft.died,
        stays: Vec::new(),
        kept_clear: Vec::new(),
        free_from: draft.born,
        home_by: Day::MIN,
        stay_to_come: None,
        care_home_from: NEVER,
        care_home_after: None,
        home_care: Vec::new(),
        subject,
    };
    history.tell();
    let mut events = history.events;
    // An attendance comes before what it led to on the same day.
    events.sort_by_key(|(day, event)| (*day, event.kind() != EventKind::Attendance));
    Told {
        events: events.into_iter().map(|(_, event)| event).collect(),
        died: history.died,
    }
}

impl History<'_> {
    fn tell(&mut self) {
        self.home_care_before();
        self.stays();
        self.last_stay();
        self.attendances();
        self.requests();
        self.carer_assessments();
        self.care_home();
        self.write_home_care();
    }

    /// Whether the person was alive on the morning of this day and it has come.
    fn can_begin(&self, day: Day) -> bool {
        day <= 0 && day >= self.subject.draft.born && self.died.is_none_or(|died| day < died)
    }

    /// How something meant to end on this day ended.
    fn ending(&self, day: Day) -> Ending {
        match self.died {
            Some(died) if died <= day.min(0) => Ending::Died(died),
            _ if day > 0 => Ending::Open,
            _ => Ending::On(day),
        }
    }

    /// Whether the person was in hospital on this day, the days of admission and discharge included.
    fn in_hospital(&self, day: Day) -> bool {
        self.stays
            .iter()
            .any(|&(from, until)| (from..=until).contains(&day))
    }

    /// The first admission on or after a day.
    fn next_admission(&self, day: Day) -> Day {
        let admissions = self
            .stays
            .iter()
            .map(|(from, _)| *from)
            .filter(|from| *from >= day);
        admissions.min().unwrap_or(NEVER)
    }

    /// A day of the person's history, any as likely as another.
    fn any_day(&mut self) -> Day {
        let last = self.died.map_or(0, |died| died - 1);
        self.random.between(self.start, last.max(self.start))
    }

    /// Years of the history the person lived through.
    fn years(&self) -> f64 {
        let last = self.died.unwrap_or(0);
        f64::from((last - self.start).max(0)) / 365.25
    }

    /// Writes an event; gives its reference.
    fn write(
        &mut self,
        (started, ending): (Day, Ending),
        outcome: Option<&'static str>,
        cost: Option<i64>,
        detail: Detail,
    ) -> String {
        let calendar = &self.tables.calendar;
        let ended = match ending {
            Ending::Open => None,
            Ending::On(day) | Ending::Died(day) => Some(calendar.date(day)),
        };
        let reference = format!(
            "{}{:06}-{}",
            detail.kind().letter(),
            self.subject.index,
            self.events.len() + 1
        );
        let event = Event {
            started: calendar.date(started),
            ended,
            organisation: self.subject.council.organisation,
            outcome,
            cost: cost.map(Pence::new),
            detail,
            reference: reference.clone(),
        };
        self.events.push((started, event));
        reference
    }

    /// Says that the last event written was done by this organisation rather than the council.
    fn done_by(&mut self, organisation: OdsCode) {
        if let Some((_, event)) = self.events.last_mut() {
            event.organisation = organisation;
        }
    }

    /// `service-user-and-carer` as often as there is a carer to ask.
    fn method(&mut self) -> &'static str {
        if self.random.chance(0.35) {
            "service-user-and-carer"
        } else {
            "service-user-only"
        }
    }
}
