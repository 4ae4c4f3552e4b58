//! Verdicts in words.

use stour_indicators::{Day, Rule, Verdict};

use crate::catalogue::Definition;
use crate::words;

/// The verdict and its reason, for whoever may see the person.
pub(crate) fn words(definition: &Definition, verdict: Verdict) -> String {
    let day = |day: Day| {
        day.date()
            .map_or_else(|| "a day not known".to_owned(), words::day)
    };
    let is_home = matches!(definition.rule, Some(Rule::Home(_)));
    match verdict {
        Verdict::Counted if is_home => "Counted: at home".to_owned(),
        Verdict::Counted => "Counted".to_owned(),
        Verdict::GoesOn => "Counted: goes on from before".to_owned(),
        Verdict::NotPart => "Below the line only".to_owned(),
        Verdict::Followed(on) => format!("Counted: followed on {}", day(on)),
        Verdict::NotPartFollowed(on) => format!("Not counted: followed on {}", day(on)),
        Verdict::Died(on) => format!("Not counted: died on {}", day(on)),
        Verdict::InHospital(since) => format!("Not counted: in hospital, since {}", day(since)),
        Verdict::InCareHome(since) => format!("Not counted: in a care home, since {}", day(since)),
        Verdict::Elsewhere(since) => format!("Not counted: not at home, since {}", day(since)),
        Verdict::MovedAway(on) => format!(
            "Not counted: moved to another council’s area on {}",
            day(on)
        ),
        Verdict::NotYet => "Outside the count: the days to look at are not over".to_owned(),
        Verdict::TooYoung => "Outside the count: too young".to_owned(),
        Verdict::BirthUnknown => "Outside the count: date of birth not known".to_owned(),
        Verdict::MovedOn => "Outside the count: moved to another hospital or place".to_owned(),
        Verdict::Before(ended) if ended.is_known() => {
            format!("Outside the count: another went before, to {}", day(ended))
        }
        Verdict::Before(_) => "Outside the count: another began before and goes on".to_owned(),
    }
}

/// The kind of verdict without anything of the person, for counting.
pub(crate) fn kind(definition: &Definition, verdict: Verdict) -> &'static str {
    let is_home = matches!(definition.rule, Some(Rule::Home(_)));
    match verdict {
        Verdict::Counted if is_home => "At home",
        Verdict::Counted => "Counted",
        Verdict::GoesOn => "Counted: goes on from before",
        Verdict::NotPart => "Below the line only",
        Verdict::Followed(_) => "Counted: followed by what is looked for",
        Verdict::NotPartFollowed(_) => "Not counted: followed by what is looked for",
        Verdict::Died(_) => "Died",
        Verdict::InHospital(_) => "In hospital",
        Verdict::InCareHome(_) => "In a care home",
        Verdict::Elsewhere(_) => "In another place that is not home",
        Verdict::MovedAway(_) => "Moved to another council’s area",
        Verdict::NotYet => "The days to look at are not over",
        Verdict::TooYoung => "Too young",
        Verdict::BirthUnknown => "Date of birth not known",
        Verdict::MovedOn => "Moved to another hospital or place",
        Verdict::Before(_) => "Another went before",
    }
}
