//! What a team could do to bring somebody home, by rules that are dated data (`reference/in-reach-suggestions.toml`).

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde::Deserialize;
use stour_kernel::{Code, Date, OdsCode, Period};
use stour_partnership::Status;

use super::plan::{Item, KINDS};
use crate::awaited::KINDS as AWAITED;
use crate::capacity::services;
use crate::error::{FlowError, reference};
use crate::shown;
use crate::spell::REASONS;

/// What is known of the carers of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carers {
    /// No unpaid carer is recorded.
    None,
    /// One has not said, or not said yes, that they are able and willing to go on.
    Unsure,
    /// All have said that they are able and willing to go on.
    Sure,
}

impl Carers {
    /// By what those said who still care (codes of the list `carer-willing`), and whether a carer is on record. Somebody on
    /// record whom nobody has asked has not said that they go on.
    pub fn of<'c>(said: impl IntoIterator<Item = &'c str>, is_on_record: bool) -> Self {
        let mut said = said.into_iter().peekable();
        match (said.peek().is_some(), is_on_record) {
            (false, false) => Self::None,
            (true, _) if said.all(|code| code == GOES_ON) => Self::Sure,
            _ => Self::Unsure,
        }
    }
}

/// That a carer is able and willing to go on, in the list `carer-willing`.
const GOES_ON: &str = "yes";

/// A rule: all of its conditions must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name to machines.
    pub id: Code,
    package: bool,
    reasons: Vec<Code>,
    services: Vec<Code>,
    waits: Vec<Code>,
    carer: Option<Carers>,
    has_no_about_me: bool,
    near: bool,
    /// What would be planned: a code of the list `in-reach-kind`.
    pub kind: Code,
    /// What the team could do.
    pub says: String,
    /// When it holds.
    pub valid: Period,
    /// Who says so.
    pub source: String,
    /// How far it can be relied on.
    pub status: Status,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    suggestion: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: Code,
    #[serde(default)]
    package: bool,
    #[serde(default)]
    reasons: Vec<Code>,
    #[serde(default)]
    services: Vec<Code>,
    #[serde(default)]
    waits: Vec<Code>,
    carer: Option<Carers>,
    about_me: Option<bool>,
    #[serde(default)]
    near: bool,
    kind: Code,
    says: String,
    starts: Date,
    ends: Option<Date>,
    source: String,
    status: Status,
}

/// The rules of this partnership.
///
/// # Errors
/// [`FlowError::Reference`]: what is wrong with the file; the same answer every time.
pub fn rules() -> Result<&'static [Rule], FlowError> {
    static RULES: OnceLock<Result<Vec<Rule>, String>> = OnceLock::new();
    RULES
        .get_or_init(|| {
            read(include_str!(
                "../../../../reference/in-reach-suggestions.toml"
            ))
        })
        .as_deref()
        .map_err(|why| FlowError::Reference(format!("in-reach-suggestions.toml: {why}")))
}

pub(super) fn read(text: &str) -> Result<Vec<Rule>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut rules: Vec<Rule> = Vec::new();
    for row in file.suggestion {
        if rules.iter().any(|rule| rule.id == row.id) {
            return Err(format!("the suggestion {} is there twice", row.id));
        }
        rules.push(row.rule()?);
    }
    Ok(rules)
}

impl Row {
    fn rule(self) -> Result<Rule, String> {
        let valid = Period::new(self.starts, self.ends).map_err(|error| error.to_string())?;
        let rule = Rule {
            id: self.id,
            package: self.package,
            reasons: self.reasons,
            services: self.services,
            waits: self.waits,
            carer: self.carer,
            has_no_about_me: self.about_me == Some(false),
            near: self.near,
            kind: self.kind,
            says: self.says,
            valid,
            source: self.source,
            status: self.status,
        };
        rule.check()?;
        Ok(rule)
    }
}

impl Rule {
    /// Every code leads somewhere, and the rule does not hold of everybody.
    fn check(&self) -> Result<(), String> {
        let reference = reference().map_err(|error| error.to_string())?;
        let lists = [(REASONS, &self.reasons), (AWAITED, &self.waits)];
        let of_kind = [self.kind.clone()];
        let all = lists
            .into_iter()
            .flat_map(|(list, codes)| codes.iter().map(move |code| (list, code)))
            .chain(of_kind.iter().map(|code| (KINDS, code)));
        for (list, code) in all {
            let list_of = reference.code_list(list);
            if list_of.and_then(|list| list.label(code)).is_none() {
                return Err(format!("the list {list} has no code {code}"));
            }
        }
        let onward = services().map_err(|error| error.to_string())?;
        let unknown = |id: &&Code| onward.iter().all(|service| service.id != **id);
        if let Some(id) = self.services.iter().find(unknown) {
            return Err(format!("there is no onward service {id}"));
        }
        let is_of_everybody = !self.package
            && self.reasons.is_empty()
            && self.services.is_empty()
            && self.waits.is_empty()
            && self.carer.is_none()
            && !self.has_no_about_me
            && !self.near;
        if is_of_everybody {
            return Err(format!("the suggestion {} has no condition", self.id));
        }
        Ok(())
    }
}

/// What is known of somebody, to one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The organisation.
    pub organisation: OdsCode,
    /// Its services that go on for the person, in words.
    pub packages: Vec<String>,
    /// Why the person is still there, where the ward's latest review found them ready: a code of `delay-reason`.
    pub reason: Option<String>,
    /// What the ward waits for: codes of `awaited-kind`.
    pub waits: BTreeSet<String>,
    /// Who cares for the person.
    pub carers: Carers,
    /// Whether anything is written under About Me.
    pub has_about_me: bool,
    /// Whether the person is expected to leave today or tomorrow.
    pub is_near: bool,
}

/// A rule that holds, and what makes it hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The rule.
    pub rule: &'static Rule,
    /// Why, in words.
    pub because: Vec<String>,
}

/// What an organisation could do for somebody on a day, in the order of the file, without what it has planned already.
///
/// # Errors
/// As [`rules`].
pub fn suggestions(
    known: &Known,
    planned: &[Item],
    today: Date,
) -> Result<Vec<Suggestion>, FlowError> {
    let is_planned = |rule: &Rule| {
        planned.iter().any(|item| {
            item.organisation == known.organisation && item.planned.kind == rule.kind.as_str()
        })
    };
    let mut found = Vec::new();
    for rule in rules()? {
        if !rule.valid.contains(today) || is_planned(rule) {
            continue;
        }
        if let Some(because) = rule.holds(known, today)? {
            found.push(Suggestion { rule, because });
        }
    }
    Ok(found)
}

/// What one condition of a rule says of somebody.
enum Verdict {
    /// The rule does not ask.
    NotAsked,
    /// It does not hold.
    No,
    /// It holds, since this is so.
    Holds(String),
}

impl Rule {
    /// Why the rule holds, where it does.
    pub(super) fn holds(
        &self,
        known: &Known,
        today: Date,
    ) -> Result<Option<Vec<String>>, FlowError> {
        let verdicts = [
            self.of_packages(known),
            self.of_reason(known),
            self.of_services(known, today)?,
            self.of_waits(known),
            self.of_carers(known),
            self.of_about_me(known),
            self.of_the_day(known),
        ];
        let mut because = Vec::new();
        for verdict in verdicts {
            match verdict {
                Verdict::NotAsked => {}
                Verdict::No => return Ok(None),
                Verdict::Holds(why) => because.push(why),
            }
        }
        Ok(Some(because))
    }

    fn of_packages(&self, known: &Known) -> Verdict {
        match (self.package, known.packages.is_empty()) {
            (false, _) => Verdict::NotAsked,
            (true, true) => Verdict::No,
            (true, false) => {
                Verdict::Holds(format!("Goes on with you: {}", known.packages.join(", ")))
            }
        }
    }

    fn of_reason(&self, known: &Known) -> Verdict {
        if self.reasons.is_empty() {
            return Verdict::NotAsked;
        }
        let is_one = |reason: &&String| self.reasons.iter().any(|code| code.as_str() == **reason);
        match known.reason.as_ref().filter(is_one) {
            Some(reason) => {
                Verdict::Holds(format!("Ready to leave: {}", shown::label(REASONS, reason)))
            }
            None => Verdict::No,
        }
    }

    fn of_services(&self, known: &Known, today: Date) -> Result<Verdict, FlowError> {
        if self.services.is_empty() {
            return Ok(Verdict::NotAsked);
        }
        let own = services()?.iter().find(|service| {
            service.provider == known.organisation
                && service.valid.contains(today)
                && self.services.contains(&service.id)
        });
        Ok(own.map_or(Verdict::No, |service| {
            Verdict::Holds(format!("You provide: {}", service.name))
        }))
    }

    fn of_waits(&self, known: &Known) -> Verdict {
        if self.waits.is_empty() {
            return Verdict::NotAsked;
        }
        let mut waits = self.waits.iter();
        let wait = waits.find(|code| known.waits.contains(code.as_str()));
        wait.map_or(Verdict::No, |code| {
            let what = shown::label(AWAITED, code.as_str());
            Verdict::Holds(format!("The ward waits for: {what}"))
        })
    }

    fn of_carers(&self, known: &Known) -> Verdict {
        let why = match self.carer {
            None => return Verdict::NotAsked,
            Some(carers) if carers != known.carers => return Verdict::No,
            Some(Carers::None) => "No unpaid carer is recorded",
            Some(Carers::Unsure) => {
                "A carer has not said that they are able and willing to go on as it is"
            }
            Some(Carers::Sure) => "A carer is able and willing to go on",
        };
        Verdict::Holds(why.to_owned())
    }

    fn of_about_me(&self, known: &Known) -> Verdict {
        match (self.has_no_about_me, known.has_about_me) {
            (false, _) => Verdict::NotAsked,
            (true, true) => Verdict::No,
            (true, false) => Verdict::Holds("Nothing is written under About Me".to_owned()),
        }
    }

    fn of_the_day(&self, known: &Known) -> Verdict {
        match (self.near, known.is_near) {
            (false, _) => Verdict::NotAsked,
            (true, false) => Verdict::No,
            (true, true) => Verdict::Holds("Expected to leave today or tomorrow".to_owned()),
        }
    }
}
