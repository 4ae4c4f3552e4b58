//! How long stays last: by what share of those that reached a night had they ended.
//!
//! Stays that go on are neither left out, which would make stays seem shorter than they are, nor taken to have ended. They
//! count among those that might have ended on each night that they are known to have lasted beyond, and on no later one: the
//! product-limit estimate of E. L. Kaplan and P. Meier (Journal of the American Statistical Association 53, 1958). A stay
//! that is in its *n*th night may yet end in it, so it says nothing of the *n*th.
//!
//! A stay may come into sight after its beginning, for instance when something about it was first recorded on its third day.
//! It counts from then on only: before, it could not have ended and been seen.
//!
//! Everything is counted in whole numbers and compared without rounding.

use std::collections::BTreeMap;

use crate::product::Product;

/// A stay, as far as it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lasted {
    /// How many nights it had lasted when it came into sight; mostly none.
    pub seen_from: u16,
    /// How many nights it has lasted.
    pub nights: u16,
    /// It is over.
    pub is_over: bool,
}

/// What happens to stays when they have lasted so many nights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Step {
    /// Stays that come into sight.
    pub seen: u32,
    /// Stays that end.
    pub ended: u32,
    /// Stays that have come so far and go on.
    pub open: u32,
}

/// A share of stays, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u8);

impl Share {
    /// Half of them.
    pub const HALF: Self = Self(50);
    /// Four in five.
    pub const FOUR_IN_FIVE: Self = Self(80);
    /// Nineteen in twenty.
    pub const NEARLY_ALL: Self = Self(95);
    /// Those that are told, the smallest first.
    pub const TOLD: [Self; 3] = [Self::HALF, Self::FOUR_IN_FIVE, Self::NEARLY_ALL];

    /// The number of hundredths.
    pub const fn percent(self) -> u8 {
        self.0
    }
}

/// The stays of a group, night by night.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LifeTable(BTreeMap<u16, Step>);

impl LifeTable {
    /// A table from its steps, as [`steps`](Self::steps) gives them.
    pub fn from_steps(steps: impl IntoIterator<Item = (u16, Step)>) -> Self {
        Self(steps.into_iter().collect())
    }

    /// What happens after how many nights, in order, where anything does.
    pub fn steps(&self) -> impl Iterator<Item = (u16, Step)> {
        self.0.iter().map(|(nights, step)| (*nights, *step))
    }

    /// Adds a stay. One that had not gone on when it came into sight says nothing.
    pub fn add(&mut self, stay: Lasted) {
        if stay.seen_from > stay.nights || (stay.seen_from == stay.nights && !stay.is_over) {
            return;
        }
        self.0.entry(stay.seen_from).or_default().seen += 1;
        let last = self.0.entry(stay.nights).or_default();
        if stay.is_over {
            last.ended += 1;
        } else {
            last.open += 1;
        }
    }

    /// How many stays that reached so many nights have ended.
    pub fn ended_from(&self, stayed: u16) -> u32 {
        self.0.range(stayed..).map(|(_, step)| step.ended).sum()
    }

    /// How many stays that went on beyond so many nights go on still.
    pub fn open_beyond(&self, stayed: u16) -> u32 {
        let beyond = stayed.saturating_add(1);
        self.0.range(beyond..).map(|(_, step)| step.open).sum()
    }

    /// How many stays in sight might end when they have lasted so many nights.
    pub fn at_risk(&self, nights: u16) -> u32 {
        let mut at_risk = 0_u32;
        for (_, step) in self.0.range(..nights) {
            at_risk = (at_risk + step.seen).saturating_sub(step.ended + step.open);
        }
        let step = self.0.get(&nights).copied().unwrap_or_default();
        (at_risk + step.seen).saturating_sub(step.open)
    }

    /// The nights within which this share ends of those stays that have lasted `stayed` nights: never fewer than those.
    /// `None` where the stays do not reach so far: fewer than the share have ended of as many as are known.
    pub fn within(&self, stayed: u16, share: Share) -> Option<u16> {
        let mut going_on = GoingOn::default();
        let mut at_risk = self.at_risk(stayed);
        if at_risk == 0 {
            return None;
        }
        let mut before: Option<Step> = None;
        for (nights, step) in self.0.range(stayed..) {
            // At the first night what comes into sight, and what goes on there, is counted already.
            if *nights > stayed {
                at_risk = (at_risk + step.seen).saturating_sub(step.open);
            }
            if let Some(before) = before.replace(*step) {
                at_risk = at_risk.saturating_sub(before.ended);
            }
            if at_risk == 0 {
                return None;
            }
            if step.ended > 0 {
                going_on.end(step.ended, at_risk);
                if going_on.is_at_most(100 - share.percent()) {
                    return Some(*nights);
                }
            }
        }
        None
    }
}

/// The share of stays that have not ended: a fraction, exact. While all that leave those at risk have ended, its numbers
/// stay as small as the counts themselves.
struct GoingOn {
    over: Product,
    under: Product,
    run: (u32, u32),
}

impl Default for GoingOn {
    fn default() -> Self {
        Self {
            over: Product::one(),
            under: Product::one(),
            run: (1, 1),
        }
    }
}

impl GoingOn {
    fn end(&mut self, ended: u32, at_risk: u32) {
        let left = at_risk.saturating_sub(ended);
        let (over, under) = self.run;
        if over == at_risk {
            self.run = (left, under);
            return;
        }
        self.over = std::mem::replace(&mut self.over, Product::one()).times(over);
        self.under = std::mem::replace(&mut self.under, Product::one()).times(under);
        self.run = (left, at_risk);
    }

    fn is_at_most(&self, percent: u8) -> bool {
        let (over, under) = self.run;
        let share = self.over.clone().times(over).times(100);
        share <= self.under.clone().times(under).times(u32::from(percent))
    }
}

/// How long somebody stays, by stays like theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate<C> {
    /// The group of stays that it rests on.
    pub group: C,
    /// How many of those have ended that lasted at least as long as this one has.
    pub ended: u32,
    /// How many of those go on that lasted longer.
    pub open: u32,
    /// The nights within which half end, four in five, and nineteen in twenty, counted from admission; none of those that
    /// are not known. Half is.
    pub within: [Option<u16>; 3],
}

/// Why nothing is known: no group has enough stays that lasted so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotKnown {
    /// The most stays that any group had, ended and at least as long as this one is.
    pub most: u32,
}

/// An estimate from the first of several groups, the most alike first, that has enough: at least `fewest` stays that lasted
/// `stayed` nights and ended, as many in sight at that night, and half of them ended within what is known.
///
/// # Errors
/// [`NotKnown`] where no group has. Nothing is made up.
pub fn estimate<'t, C>(
    groups: impl IntoIterator<Item = (C, &'t LifeTable)>,
    stayed: u16,
    fewest: u32,
) -> Result<Estimate<C>, NotKnown> {
    let mut most = 0;
    for (group, table) in groups {
        let (ended, open) = (table.ended_from(stayed), table.open_beyond(stayed));
        most = most.max(ended);
        if ended < fewest || table.at_risk(stayed) < fewest {
            continue;
        }
        let within = Share::TOLD.map(|share| table.within(stayed, share));
        if matches!(within, [Some(_), ..]) {
            return Ok(Estimate {
                group,
                ended,
                open,
                within,
            });
        }
    }
    Err(NotKnown { most })
}
