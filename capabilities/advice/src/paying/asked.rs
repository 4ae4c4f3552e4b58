//! Answers read: what somebody asks, and what it comes to.

use serde::Serialize;
use stour_charging::{
    Assessment, Bounds, Deferred, Forecast, Income, NotCounted, Plan, Property, Rates, Refusal,
    Setting, Situation, Supplied, Tables, assess, bounds, forecast,
};
use stour_kernel::{Date, Pence, Postcode};
use stour_web::{FieldError, Mistakes};

use super::answers::{Answers, rate_field};
use super::field::Fields;

/// What somebody asks, checked field by field.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The council's code.
    pub council: String,
    /// The day from which they ask.
    pub date: Date,
    setting: Setting,
    cost: Pence,
    refuses: bool,
    circumstance: String,
    premiums: Vec<String>,
    savings: Pence,
    joint: Pence,
    not_counted: Option<NotCounted>,
    home: Option<Home>,
    other_property: Pence,
    other_property_owed: Pence,
    income: Vec<(String, Pence)>,
    shares_pension: bool,
    housing: Pence,
    disability: Option<Pence>,
    plan: Plan,
    supplied: Vec<Supplied>,
}

#[derive(Debug, Clone)]
struct Home {
    value: Pence,
    owed: Pence,
    share: u16,
    reason: Option<String>,
    weeks: u32,
    deferred: bool,
}

impl Home {
    /// The home of somebody who lives in it or goes back to it.
    const UNCOUNTED: Self = Self {
        value: Pence::ZERO,
        owed: Pence::ZERO,
        share: 10_000,
        reason: None,
        weeks: 0,
        deferred: false,
    };
}

/// What it comes to.
#[derive(Debug, Clone, Serialize)]
pub struct Worked {
    /// The council's code.
    pub council: String,
    /// The day of the rates.
    pub date: Date,
    /// What they may pay each week.
    pub assessment: Assessment,
    /// What becomes of their savings, or why that is not known.
    pub forecast: Result<Forecast, Refusal>,
}

/// Reads answers.
///
/// # Errors
/// What is wrong, field by field.
pub fn ask(answers: &Answers, tables: &Tables) -> Result<Asked, Mistakes> {
    let mut fields = Fields::new(answers);
    let council = council(&mut fields, tables);
    let setting = Setting::of_code(answers.get("care"));
    let need = "Choose where you have care, or may have it";
    fields.chosen("care", setting.is_some(), need);
    let setting = setting.unwrap_or(Setting::Home);
    let cost = fields.money_needed(
        "cost",
        "what the care costs each week",
        "If you do not know, enter your best guess",
    );
    let date = fields.mistakes.check("date-day", answers.date().date());
    let date = date.unwrap_or(Date::MIN);
    let is_soon = (2_020..=2_100).contains(&date.year());
    if date != Date::MIN {
        fields.chosen("date-day", is_soon, "Enter a date from 2020 on");
    }
    let refuses = answers.is_yes("refuses");
    let savings = if refuses {
        fields.money("savings", "your savings")
    } else {
        fields.money_needed("savings", "your savings", "If there are none, enter 0")
    };
    if setting == Setting::Home && !refuses {
        let code = format!("minimum-income-guarantee/{}", answers.get("circumstance"));
        let is_one = tables.kinds().iter().any(|kind| kind.code == code);
        fields.chosen("circumstance", is_one, "Choose what is true of you");
    }
    let (home, sold) = home(&mut fields, setting, tables);
    let plan = plan(&mut fields, date, sold);
    let asked = Asked {
        joint: fields.money("joint", "your joint savings"),
        not_counted: not_counted(&mut fields),
        income: income(&mut fields, tables),
        other_property: fields.money("other-property", "what your part of it would sell for"),
        other_property_owed: fields.money("other-property-owed", "what is owed on your part"),
        housing: fields.money("housing", "what your home costs each week"),
        disability: (!answers.get("disability").is_empty())
            .then(|| fields.money("disability", "what being disabled costs you each week")),
        supplied: supplied(&mut fields, tables),
        circumstance: circumstance(answers, refuses, tables),
        premiums: premiums(answers, tables),
        shares_pension: answers.is_yes("shares-pension"),
        council,
        date,
        setting,
        cost,
        refuses,
        savings,
        home,
        plan,
    };
    if fields.mistakes.is_empty() {
        Ok(asked)
    } else {
        Err(fields.mistakes)
    }
}

/// The council that was chosen, or else that of the postcode.
fn council(fields: &mut Fields<'_>, tables: &Tables) -> String {
    let (chosen, postcode) = (
        fields.answers.get("council"),
        fields.answers.get("postcode"),
    );
    let is_here = |code: &str| tables.councils().iter().any(|(one, _)| *one == code);
    if !chosen.is_empty() {
        fields.chosen("council", is_here(chosen), "Choose a council from the list");
        return chosen.to_owned();
    }
    if postcode.is_empty() {
        let message = "Enter your postcode, or choose your council";
        fields.mistakes.add("postcode", message);
        return String::new();
    }
    let Ok(postcode) = postcode.parse::<Postcode>() else {
        let message = "Enter a full postcode, like DT1 1XJ";
        fields.mistakes.add("postcode", message);
        return String::new();
    };
    let reference = stour_partnership::reference().ok();
    let found = reference.and_then(|reference| reference.likely_council(&postcode));
    let found = found.map(|(code, _)| code.to_string());
    if let Some(found) = found.filter(|found| is_here(found)) {
        return found;
    }
    let message = "We do not know the council of this postcode. Choose your council";
    fields.mistakes.add("council", message);
    String::new()
}

fn circumstance(answers: &Answers, refuses: bool, tables: &Tables) -> String {
    let chosen = answers.get("circumstance");
    if chosen.is_empty() && refuses {
        // It plays no part; the engine wants one that there is.
        let mut codes = tables.kinds().iter().map(|kind| kind.code.as_str());
        let first = codes.find_map(|code| code.strip_prefix("minimum-income-guarantee/"));
        return first.unwrap_or_default().to_owned();
    }
    chosen.to_owned()
}

fn premiums(answers: &Answers, tables: &Tables) -> Vec<String> {
    let codes = tables.kinds().iter();
    let codes = codes.filter_map(|kind| kind.code.strip_prefix("premium/"));
    codes
        .filter(|code| answers.is_yes(&format!("premium-{code}")))
        .map(str::to_owned)
        .collect()
}

fn income(fields: &mut Fields<'_>, tables: &Tables) -> Vec<(String, Pence)> {
    let kinds = tables.incomes().iter();
    let read = kinds.map(|kind| {
        let what = format!("“{}” for each week", kind.label);
        let weekly = fields.money(&format!("income-{}", kind.code), &what);
        (kind.code.clone(), weekly)
    });
    let read: Vec<_> = read.collect();
    read.into_iter()
        .filter(|(_, weekly)| *weekly > Pence::ZERO)
        .collect()
}

fn not_counted(fields: &mut Fields<'_>) -> Option<NotCounted> {
    let amount = fields.money("not-counted", "the savings that do not count");
    let why = fields.answers.get("not-counted-why").to_owned();
    if amount == Pence::ZERO {
        return None;
    }
    if why.is_empty() {
        let message = "Say why these savings do not count";
        fields.mistakes.add("not-counted-why", message);
    }
    Some(NotCounted {
        label: "Savings that do not count".to_owned(),
        amount,
        why,
    })
}

/// The home, and the week in which it is sold.
fn home(fields: &mut Fields<'_>, setting: Setting, tables: &Tables) -> (Option<Home>, Option<u32>) {
    if !fields.answers.is_yes("home") {
        return (None, None);
    }
    if setting != Setting::Permanent {
        // It does not count, whatever is typed of it: nobody is held up by a figure that plays no part.
        return (Some(Home::UNCOUNTED), None);
    }
    let reason = fields.answers.get("home-reason").to_owned();
    let known = |code: &str| tables.property_reasons().iter().any(|one| one.code == code);
    let is_one = reason.is_empty() || reason == "none" || known(&reason);
    fields.chosen("home-reason", is_one, "Choose one from the list");
    let home = Home {
        value: fields.money_needed(
            "home-value",
            "what your home would sell for",
            "If you do not know, enter your best guess",
        ),
        owed: fields.money("home-owed", "what is owed on your home"),
        share: fields.per_cent("home-share", "your part of the home", 10_000, 10_000),
        reason: Some(reason).filter(|reason| known(reason)),
        weeks: fields
            .weeks("home-weeks", "how long you have lived in the care home")
            .unwrap_or(0),
        deferred: fields.answers.is_yes("home-defer"),
    };
    let sold = fields.weeks("home-sold", "when your home is sold");
    (Some(home), sold)
}

fn plan(fields: &mut Fields<'_>, start: Date, sold_in_week: Option<u32>) -> Plan {
    let most_owed = fields.answers.get("home-most-owed");
    let has_most = fields.answers.is_yes("home-defer") && !most_owed.is_empty();
    Plan {
        cost_rise: fields.per_cent("cost-rise", "how much costs go up each year", 2_500, 0),
        interest: fields.per_cent("interest", "the interest on your savings", 2_500, 0),
        sold_in_week,
        deferred: Deferred {
            most_owed: has_most.then(|| fields.money("home-most-owed", "the most you may owe")),
            interest: fields.per_cent("home-interest", "the interest on what you owe", 2_500, 0),
        },
        ..Plan::new(start)
    }
}

fn supplied(fields: &mut Fields<'_>, tables: &Tables) -> Vec<Supplied> {
    let source = fields.answers.get("rate-source").to_owned();
    let mut all = Vec::new();
    for kind in tables.kinds() {
        let given = fields.rate(&rate_field(&kind.code), &kind.label, kind.unit);
        if let Some(amount) = given {
            all.push(Supplied {
                kind: kind.code.clone(),
                amount,
                source: source.clone(),
            });
        }
    }
    if !all.is_empty() && source.is_empty() {
        let message = "Say where the figure is from, like a letter from the council";
        fields.mistakes.add("rate-source", message);
    }
    all
}

impl Asked {
    /// What somebody says of themselves, as the engine takes it.
    pub fn situation(&self) -> Situation<'_> {
        Situation {
            setting: self.setting,
            cost: self.cost,
            refuses: self.refuses,
            circumstance: &self.circumstance,
            premiums: self.premiums.iter().map(String::as_str).collect(),
            savings: self.savings,
            joint_savings: self.joint,
            not_counted: self.not_counted.iter().cloned().collect(),
            property: self.home.as_ref().map(|home| Property {
                value: home.value,
                owed: home.owed,
                share: home.share,
                reason: home.reason.as_deref(),
                weeks_in_care: home.weeks,
                deferred: home.deferred,
            }),
            other_property: self.other_property,
            other_property_owed: self.other_property_owed,
            income: self
                .income
                .iter()
                .map(|(kind, weekly)| Income {
                    kind,
                    weekly: *weekly,
                })
                .collect(),
            shares_pension: self.shares_pension,
            housing: self.housing,
            disability_costs: self.disability,
        }
    }

    /// The rates of their council on their day, with those they gave.
    pub(super) fn rates<'t>(&'t self, tables: &'t Tables) -> Result<Rates<'t>, Refusal> {
        let unknown = || {
            Refusal::Wrong(vec![stour_charging::FieldReason {
                field: "council".to_owned(),
                reason: "there are no rates of this council here".to_owned(),
            }])
        };
        let mut rates = tables.on(&self.council, self.date).ok_or_else(unknown)?;
        for supplied in &self.supplied {
            rates.supply(supplied.clone())?;
        }
        Ok(rates)
    }

    pub(super) fn setting(&self) -> Setting {
        self.setting
    }

    /// Whether they have a benefit for care that normally stops after some weeks in a care home that the council pays.
    pub(super) fn may_lose_benefit(&self) -> bool {
        let has_it = self
            .income
            .iter()
            .any(|(kind, _)| kind == "disability-care");
        self.setting == Setting::Permanent && has_it
    }

    /// Whether they ask to pay later, out of their home.
    pub(super) fn defers(&self) -> bool {
        self.home.as_ref().is_some_and(|home| home.deferred)
    }

    pub(super) fn cost(&self) -> Pence {
        self.cost
    }
}

/// Works out what is asked.
///
/// # Errors
/// As the engine refuses: rates that are missing, or what cannot be.
pub fn work_out(asked: &Asked, tables: &Tables) -> Result<Worked, Refusal> {
    let (situation, rates) = (asked.situation(), asked.rates(tables)?);
    let assessment = assess(&situation, &rates)?;
    Ok(Worked {
        council: asked.council.clone(),
        date: asked.date,
        assessment,
        forecast: forecast(&situation, &asked.plan, &rates),
    })
}

/// Between what and what it lies, where only what somebody keeps is not known.
///
/// # Errors
/// As the engine refuses: other rates that are missing, or what cannot be.
pub(super) fn between(asked: &Asked, tables: &Tables) -> Result<Bounds, Refusal> {
    bounds(&asked.situation(), &asked.rates(tables)?)
}

/// What the engine finds wrong, at the fields of the form.
pub(super) fn at_fields(refusal: &Refusal) -> Vec<FieldError> {
    let Refusal::Wrong(wrong) = refusal else {
        return vec![FieldError {
            field: "savings".to_owned(),
            message: refusal.to_string(),
        }];
    };
    let of_form = |field: &str| match field {
        "joint_savings" => "joint".to_owned(),
        "not_counted" => "not-counted".to_owned(),
        "disability_costs" => "disability".to_owned(),
        "property" => "home-value".to_owned(),
        "owed" => "home-owed".to_owned(),
        "share" => "home-share".to_owned(),
        "reason" => "home-reason".to_owned(),
        "deferred" => "home-interest".to_owned(),
        "start" => "date-day".to_owned(),
        "cost" | "savings" | "housing" | "circumstance" | "council" | "interest" => {
            field.to_owned()
        }
        "other_property" => "other-property".to_owned(),
        "other_property_owed" => "other-property-owed".to_owned(),
        "cost_rise" => "cost-rise".to_owned(),
        "income" => "income-state-pension".to_owned(),
        rate => rate_field(rate),
    };
    wrong
        .iter()
        .map(|one| FieldError {
            field: of_form(&one.field),
            message: stour_web::words::capital(&one.reason),
        })
        .collect()
}
