//! What becomes of savings, week by week, by the rates of today: those of later years are not known.

use std::time::Duration;

use serde::Serialize;
use stour_kernel::{Date, Pence};

use crate::capital::{Home, capital};
use crate::deferred::{self, Deferred};
use crate::line::{above, add, part};
use crate::paid::Terms;
use crate::rates::{Needs, Rates, Used};
use crate::refusal::{Missing, Refusal};
use crate::situation::Situation;

/// The weeks that are looked ahead: forty years of 52.
const MOST_WEEKS: u32 = 2_080;
/// Weeks after which the cost goes up, and by which interest of a year is divided.
const YEAR: u32 = 52;

/// What is assumed of the weeks to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The first day of the first week.
    pub start: Date,
    /// By how much the cost goes up after every 52 weeks, in basis points.
    pub cost_rise: u16,
    /// Interest on savings for 52 weeks, in basis points; added each week, rounded down to a penny.
    pub interest: u16,
    /// The home is sold at the beginning of this week, from 0.
    pub sold_in_week: Option<u32>,
    /// The agreement to pay later, where they ask for one.
    pub deferred: Deferred,
}

impl Plan {
    /// Nothing goes up, no interest, nothing is sold: to be completed with `..`.
    pub const fn new(start: Date) -> Self {
        Self {
            start,
            cost_rise: 0,
            interest: 0,
            sold_in_week: None,
            deferred: Deferred {
                most_owed: None,
                interest: 0,
            },
        }
    }
}

/// How the care is paid for in a stretch of weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// They pay the full cost.
    Full,
    /// They pay the full cost, a part of it later.
    Deferred,
    /// Their savings are between the limits and count as income.
    Between,
    /// Their savings no longer count.
    Under,
}

/// One week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Week {
    /// From 0.
    pub number: u32,
    /// Its first day.
    pub starts: Date,
    /// Savings at its beginning, without the home.
    pub savings: Pence,
    /// What counts at its beginning, with the home where it counts.
    pub counted: Pence,
    /// What the care costs.
    pub cost: Pence,
    /// How it is paid for.
    pub phase: Phase,
    /// What they pay.
    pub paid: Pence,
    /// What of that comes out of savings.
    pub drawn: Pence,
    /// What is added to what they owe on their home, with interest.
    pub deferred: Pence,
    /// What they owe on their home at its end.
    pub owed: Pence,
}

/// How it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outlook {
    /// Savings come down to the lower limit, and stay; or nothing can be said beyond [`Forecast::not_known_from`].
    Settles,
    /// Savings are gone while the full cost is still theirs, as with a home that is not sold.
    Gone,
    /// As much is owed on the home as the agreement allows.
    AgreementFull,
    /// Savings last for longer than is looked ahead.
    Lasts,
}

/// What becomes of savings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Forecast {
    /// Each week, up to the one in which it ends.
    pub weeks: Vec<Week>,
    /// How it ends.
    pub outlook: Outlook,
    /// The first day on which the council helps, after weeks at the full cost; `None` where it does not, or helps from
    /// the first week on.
    pub helped_from: Option<Date>,
    /// The day from which nothing can be said: the full cost ends, and what is paid then rests on what is missing.
    pub not_known_from: Option<Date>,
    /// The first day of the full cost after weeks in which the council helps, as when a home begins to count.
    pub full_from: Option<Date>,
    /// The first day on which a home counts that does not count yet: the first weeks in a care home are over.
    pub home_counts_from: Option<Date>,
    /// The day by which to tell the council, so that its assessment is done by then; never before the first day.
    pub tell_by: Option<Date>,
    /// The first day on which savings no longer count.
    pub lower_from: Option<Date>,
    /// The first day of the week for which there is not enough.
    pub gone_from: Option<Date>,
    /// Every rate that it rests on.
    pub rates: Vec<Used>,
    /// Rates of what they keep of their income that are missing. Where there are any, it is taken that they keep all of
    /// it: savings go as fast as they can, and each day is the earliest.
    pub missing: Vec<Missing>,
}

/// Looks ahead, week by week, until savings settle, are gone, or forty years are over.
///
/// # Errors
/// As [`assess`](crate::assess), for the rates of the weeks to come; what they keep is not needed at the full cost.
pub fn forecast(
    situation: &Situation<'_>,
    plan: &Plan,
    rates: &Rates<'_>,
) -> Result<Forecast, Refusal> {
    situation.check(rates)?;
    check(plan)?;
    let needs = Needs::new(rates);
    let (found, known) = (capital(situation, &needs)?, Terms::of(situation, &needs)?);
    let knows_kept = known.is_some();
    let terms = match known {
        None => Terms::keeping_all(situation, &needs)?,
        known => known,
    };
    let notice = needs.rate("notice-weeks");
    let asks_to_defer = situation.property.is_some_and(|one| one.deferred);
    let allowance = if asks_to_defer {
        deferred::allowance(&needs).map(|rate| Some(rate.pence()))
    } else {
        Some(None)
    };
    let (Some(capital), Some(terms), Some(notice), Some(allowance)) =
        (found, terms, notice, allowance)
    else {
        return Err(needs.refusal());
    };
    let mut state = State {
        terms,
        knows_kept,
        plan: *plan,
        allowance,
        savings: capital.savings,
        other: capital.other,
        equity: capital.equity,
        home: capital.home,
        cost: situation.cost,
        owed: Pence::ZERO,
    };
    let (weeks, outlook) = state.run()?;
    if weeks.is_empty() {
        return Err(needs.refusal());
    }
    let rest = Forecast {
        home_counts_from: home_counts_from(capital.home, plan)?,
        rates: needs.used(),
        missing: needs.missing(),
        ..Forecast::of(weeks, outlook)
    };
    finish(rest, plan.start, notice.weeks())
}

fn check(plan: &Plan) -> Result<(), Refusal> {
    let rates = [
        ("cost_rise", plan.cost_rise),
        ("interest", plan.interest),
        ("deferred", plan.deferred.interest),
    ];
    match rates.into_iter().find(|(_, rate)| *rate > 2_500) {
        Some((field, _)) => Err(Refusal::wrong(field, "give at most 25% a year")),
        None => Ok(()),
    }
}

/// The day on which a home begins to count, unless it is sold before.
fn home_counts_from(home: Home, plan: &Plan) -> Result<Option<Date>, Refusal> {
    match home {
        Home::CountedFrom(from)
            if from > 0 && plan.sold_in_week.is_none_or(|sold| sold >= from) =>
        {
            after(plan.start, from).map(Some)
        }
        _ => Ok(None),
    }
}

struct State {
    terms: Terms,
    /// Whether it is known what they keep of their income.
    knows_kept: bool,
    plan: Plan,
    allowance: Option<Pence>,
    savings: Pence,
    other: Pence,
    equity: Pence,
    home: Home,
    cost: Pence,
    owed: Pence,
}

impl State {
    fn run(&mut self) -> Result<(Vec<Week>, Outlook), Refusal> {
        let mut weeks = Vec::new();
        for number in 0..MOST_WEEKS {
            if number > 0 && number % YEAR == 0 {
                self.cost = add(self.cost, part(self.cost, self.plan.cost_rise))?;
            }
            if self.plan.sold_in_week == Some(number) && self.home != Home::NotCounted {
                let left = above(self.equity, self.owed);
                self.savings = add(self.savings, left)?;
                (self.home, self.owed) = (Home::NotCounted, Pence::ZERO);
            }
            let week = self.week(number)?;
            if !self.knows_kept && !week.is_paid_by_them() {
                return Ok((weeks, Outlook::Settles));
            }
            weeks.push(week);
            let most = self.plan.deferred.most_owed;
            if week.phase == Phase::Deferred && most.is_some_and(|most| week.owed > most) {
                return Ok((weeks, Outlook::AgreementFull));
            }
            let Some(left) = self.after(&week)? else {
                return Ok((weeks, Outlook::Gone));
            };
            if week.phase == Phase::Under && !self.home_is_to_come(number) {
                return Ok((weeks, Outlook::Settles));
            }
            self.savings = left;
        }
        Ok((weeks, Outlook::Lasts))
    }

    /// Whether a home that does not count yet will, or one that is to be sold has not been.
    fn home_is_to_come(&self, week: u32) -> bool {
        matches!(self.home, Home::CountedFrom(from) if from > week)
            || self.home != Home::NotCounted
                && self.plan.sold_in_week.is_some_and(|sold| sold > week)
    }

    fn week(&mut self, number: u32) -> Result<Week, Refusal> {
        let counts = self.home.counts_in(number);
        let of_home = if counts {
            above(self.equity, self.owed)
        } else {
            Pence::ZERO
        };
        let beside = add(self.savings, self.other)?;
        let counted = add(beside, of_home)?;
        let charge = self.terms.charge(counted, self.cost)?;
        let limits = &self.terms.limits;
        let mut week = Week {
            number,
            starts: after(self.plan.start, number)?,
            savings: self.savings,
            counted,
            cost: self.cost,
            phase: match charge.is_full {
                true => Phase::Full,
                false if counted > limits.lower => Phase::Between,
                false => Phase::Under,
            },
            paid: charge.paid,
            drawn: above(charge.paid, self.terms.available()),
            deferred: Pence::ZERO,
            owed: self.owed,
        };
        if let Some(allowance) = self.allowance
            && charge.is_full
            && counts
            && !self.terms.refuses
            && !limits.is_over(beside)
        {
            let now = deferred::paid_now(&self.terms, allowance, beside, self.cost)?;
            week.phase = Phase::Deferred;
            week.paid = now.paid;
            week.drawn = above(now.paid, now.from_income);
            let interest = of_week(self.owed, self.plan.deferred.interest);
            week.deferred = add(above(self.cost, now.paid), interest)?;
            self.owed = add(self.owed, week.deferred)?;
            week.owed = self.owed;
        }
        Ok(week)
    }

    /// Savings after a week; `None` where there is not enough for it.
    fn after(&self, week: &Week) -> Result<Option<Pence>, Refusal> {
        if week.drawn > week.savings {
            return Ok(None);
        }
        let rest = above(week.savings, week.drawn);
        add(rest, of_week(week.savings, self.plan.interest)).map(Some)
    }
}

/// A week's interest on what there is at its beginning, rounded down to a penny.
fn of_week(amount: Pence, basis_points: u16) -> Pence {
    let year = i128::from(amount.as_i64()) * i128::from(basis_points);
    let week = year / (10_000 * i128::from(YEAR));
    Pence::new(i64::try_from(week).unwrap_or(i64::MAX))
}

fn after(day: Date, weeks: u32) -> Result<Date, Refusal> {
    let seconds = u64::from(weeks) * 7 * 24 * 3_600;
    let found = day.checked_add(Duration::from_secs(seconds));
    found.map_err(|_| Refusal::wrong("start", "give a date of our time"))
}

impl Week {
    /// Whether the full cost is theirs, now or later.
    pub const fn is_paid_by_them(&self) -> bool {
        matches!(self.phase, Phase::Full | Phase::Deferred)
    }
}

impl Forecast {
    /// Weeks of which nothing has been told yet.
    const fn of(weeks: Vec<Week>, outlook: Outlook) -> Self {
        Self {
            weeks,
            outlook,
            helped_from: None,
            not_known_from: None,
            full_from: None,
            home_counts_from: None,
            tell_by: None,
            lower_from: None,
            gone_from: None,
            rates: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// The first week that is paid for by them as `is_theirs` says, after one that is not.
    fn first_turn(&self, is_theirs: bool) -> Option<&Week> {
        let mut pairs = self.weeks.iter().zip(self.weeks.iter().skip(1));
        let turns = |before: &Week, week: &Week| {
            before.is_paid_by_them() != is_theirs && week.is_paid_by_them() == is_theirs
        };
        let found = pairs.find(|(before, week)| turns(before, week));
        found.map(|(_, week)| week)
    }
}

/// The days that the weeks tell.
fn finish(forecast: Forecast, start: Date, notice: u16) -> Result<Forecast, Refusal> {
    let weeks = &forecast.weeks;
    // The week in which the full cost ends is not among them then: nothing is known of it but its day.
    let not_known_from = match weeks.last() {
        Some(last) if !forecast.missing.is_empty() && forecast.outlook == Outlook::Settles => {
            Some(after(last.starts, 1)?)
        }
        _ => None,
    };
    let helped = forecast.first_turn(false).map(|week| week.starts);
    let helped_from = helped.or(not_known_from);
    let last_of_full = weeks.iter().rposition(Week::is_paid_by_them);
    let from = last_of_full.map_or(0, |position| position.saturating_add(1));
    let mut rest = weeks.iter().skip(from);
    let lower = rest.find(|week| week.phase == Phase::Under);
    let gone = (forecast.outlook == Outlook::Gone).then(|| weeks.last());
    let seconds = u64::from(notice) * 7 * 24 * 3_600;
    let told = helped_from.map(|day| day.checked_sub(Duration::from_secs(seconds)));
    let told = told.transpose();
    let told = told.map_err(|_| Refusal::wrong("start", "give a date of our time"))?;
    Ok(Forecast {
        helped_from,
        not_known_from,
        full_from: forecast.first_turn(true).map(|week| week.starts),
        tell_by: told.map(|day| day.max(start)),
        lower_from: lower.map(|week| week.starts),
        gone_from: gone.flatten().map(|week| week.starts),
        ..forecast
    })
}
