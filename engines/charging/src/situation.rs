//! What somebody says of themselves.

use serde::Serialize;
use stour_kernel::Pence;

use crate::rates::Rates;
use crate::refusal::{FieldReason, Refusal};
use crate::setting::Setting;

/// The most of any one amount: £1 billion. Sums of these always fit.
pub(crate) const MOST: Pence = Pence::new(100_000_000_000);

/// The most lines of income and of capital that is not counted.
const MOST_LINES: usize = 50;

/// Capital that does not count, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotCounted {
    /// What it is.
    pub label: String,
    /// How much.
    pub amount: Pence,
    /// Why it does not count.
    pub why: String,
}

/// The home that somebody owns: it counts only for a care home for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Property<'s> {
    /// What the whole of it would sell for.
    pub value: Pence,
    /// Mortgage and loans on the whole of it.
    pub owed: Pence,
    /// The part that is theirs, in basis points: 10,000 for the whole.
    pub share: u16,
    /// The code of a reason why it may not be counted, if they give one.
    pub reason: Option<&'s str>,
    /// Whole weeks that they have lived in the care home for good.
    pub weeks_in_care: u32,
    /// They ask that its part of the cost be paid later, out of it.
    pub deferred: bool,
}

/// Income of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Income<'s> {
    /// The code of its kind.
    pub kind: &'s str,
    /// How much each week, after tax.
    pub weekly: Pence,
}

/// What somebody says of themselves. All amounts from £0 to £1 billion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Situation<'s> {
    /// Where care is given.
    pub setting: Setting,
    /// What the care costs each week.
    pub cost: Pence,
    /// They do not want their money looked at.
    pub refuses: bool,
    /// Which minimum income guarantee is theirs, such as `single-25-plus`; needed at home.
    pub circumstance: &'s str,
    /// Which premiums are theirs, such as `carer`; only at home.
    pub premiums: Vec<&'s str>,
    /// Savings and investments of their own.
    pub savings: Pence,
    /// Savings and investments held jointly, the whole.
    pub joint_savings: Pence,
    /// What is in the savings above and does not count.
    pub not_counted: Vec<NotCounted>,
    /// Their home, where they own it.
    pub property: Option<Property<'s>>,
    /// Other property, such as a second home: what their part of it would sell for. It counts for care of any kind.
    pub other_property: Pence,
    /// Mortgage and loans on their part of other property.
    pub other_property_owed: Pence,
    /// What comes in.
    pub income: Vec<Income<'s>>,
    /// They pay a part of a pension from work to a partner who lives elsewhere.
    pub shares_pension: bool,
    /// Rent, mortgage and council tax each week, less what helps with them; not in a care home for good.
    pub housing: Pence,
    /// What being disabled costs each week, where they say so; only at home.
    pub disability_costs: Option<Pence>,
}

impl Situation<'_> {
    /// Nobody with nothing: to be completed with `..`.
    pub fn new(setting: Setting, cost: Pence) -> Self {
        Self {
            setting,
            cost,
            refuses: false,
            circumstance: "",
            premiums: Vec::new(),
            savings: Pence::ZERO,
            joint_savings: Pence::ZERO,
            not_counted: Vec::new(),
            property: None,
            other_property: Pence::ZERO,
            other_property_owed: Pence::ZERO,
            income: Vec::new(),
            shares_pension: false,
            housing: Pence::ZERO,
            disability_costs: None,
        }
    }

    /// What cannot be.
    pub(crate) fn check(&self, rates: &Rates<'_>) -> Result<(), Refusal> {
        let mut wrong = Vec::new();
        let mut refuse = |field: &str, reason: &str| {
            wrong.push(FieldReason {
                field: field.to_owned(),
                reason: reason.to_owned(),
            });
        };
        let not_counted = self.not_counted.iter().map(|one| one.amount);
        let mut amounts = vec![
            ("cost", self.cost),
            ("savings", self.savings),
            ("joint_savings", self.joint_savings),
            ("housing", self.housing),
            ("other_property", self.other_property),
            ("other_property_owed", self.other_property_owed),
        ];
        amounts.extend(not_counted.map(|amount| ("not_counted", amount)));
        amounts.extend(self.income.iter().map(|one| ("income", one.weekly)));
        amounts.extend(self.disability_costs.map(|one| ("disability_costs", one)));
        if let Some(property) = &self.property {
            amounts.extend([("property", property.value), ("owed", property.owed)]);
            if property.share > 10_000 {
                refuse("share", "a share is at most 100%");
            }
            let known = |code| rates.property_reason(code).is_some();
            if property.reason.is_some_and(|code| !known(code)) {
                refuse("reason", "choose a reason from the list");
            }
        }
        for (field, amount) in amounts {
            if !(Pence::ZERO..=MOST).contains(&amount) {
                refuse(field, "give an amount from £0 to £1 billion");
            }
        }
        if self.income.len() > MOST_LINES || self.not_counted.len() > MOST_LINES {
            refuse("income", "give at most 50 lines");
        }
        let unknown = |one: &Income<'_>| rates.income(one.kind).is_none();
        if self.income.iter().any(unknown) {
            refuse("income", "choose the kind of income from the list");
        }
        if self.setting == Setting::Home {
            self.check_home(rates, &mut refuse);
        }
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Wrong(wrong))
        }
    }

    fn check_home(&self, rates: &Rates<'_>, refuse: &mut impl FnMut(&str, &str)) {
        let guarantee = format!("minimum-income-guarantee/{}", self.circumstance);
        if rates.kind(&guarantee).is_none() {
            refuse("circumstance", "choose what is true of you from the list");
        }
        let unknown = |premium: &&&str| rates.kind(&format!("premium/{premium}")).is_none();
        if self.premiums.iter().any(|premium| unknown(&premium)) {
            refuse("premiums", "choose premiums from the list");
        }
    }
}
