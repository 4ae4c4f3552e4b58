//! Why the model weighed a pair as it did: the bits of evidence, as they were kept with it.

use serde::Deserialize;
use stour_design::chart::{Bar, BarChart, BarKind, Unit};
use stour_design::{Details, Markup, html};

/// An explanation as it is stored. What is absent was not said.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct Explanation {
    pub(crate) model: Option<String>,
    /// What is known before anything is compared, in bits.
    pub(crate) prior: Option<f64>,
    /// The sum, in bits.
    pub(crate) weight: Option<f64>,
    /// From 0 to 1.
    pub(crate) probability: Option<f64>,
    pub(crate) fields: Vec<Part>,
    /// What the people of a household have in common anyway, in bits.
    pub(crate) household_bits: Option<f64>,
    pub(crate) runner_up: Option<RunnerUp>,
    pub(crate) sentence: Option<String>,
}

/// The evidence of one field.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct Part {
    pub(crate) field: String,
    /// How it compares.
    pub(crate) level: String,
    /// The same in a sentence, where there is one.
    pub(crate) words: Option<String>,
    pub(crate) bits: f64,
    /// Of these bits, what the rarity of the value adds or takes.
    pub(crate) frequency_bits: Option<f64>,
}

/// The next best candidate.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct RunnerUp {
    pub(crate) weight: f64,
}

/// A part of less than this many bits is not worth a bar of its own.
const LEAST: f64 = 0.05;

impl Explanation {
    /// The explanation in a stored text; `None` where there is none that can be read.
    pub(crate) fn read(text: Option<&str>) -> Option<Self> {
        serde_json::from_str(text?).ok()
    }

    /// The steps of the sum: what each is, how many bits it adds, and of them by rarity.
    fn steps(&self) -> Vec<(String, String, f64, Option<f64>)> {
        let prior = self.prior.map(|bits| {
            let words = "How likely it is that any two records are one person's".to_owned();
            ("Before comparing".to_owned(), words, bits, None)
        });
        let fields = self.fields.iter().map(|part| {
            let field = field_name(&part.field);
            let words = part.words.as_ref().unwrap_or(&part.level);
            (field, words.clone(), part.bits, part.frequency_bits)
        });
        let household = self
            .household_bits
            .filter(|bits| bits.abs() >= LEAST)
            .map(|bits| {
                let words = "What people of one household have in common anyway".to_owned();
                ("Household".to_owned(), words, bits, None)
            });
        let mut steps: Vec<_> = prior.into_iter().chain(fields).chain(household).collect();
        let sum: f64 = steps.iter().map(|(_, _, bits, _)| bits).sum();
        if let Some(weight) = self.weight
            && (weight - sum).abs() >= LEAST
        {
            let words = "What the parts have in common, counted once".to_owned();
            steps.push(("Adjustment".to_owned(), words, weight - sum, None));
        }
        steps
    }

    /// What decides, as a headline.
    fn headline(&self) -> String {
        let for_it = self.fields.iter().filter(|part| part.bits > LEAST);
        let most = for_it.max_by(|one, other| one.bits.total_cmp(&other.bits));
        let against = self.fields.iter().filter(|part| part.bits < -LEAST);
        let least = against.min_by(|one, other| one.bits.total_cmp(&other.bits));
        match (most, least) {
            (Some(most), Some(least)) => format!(
                "{} speaks most for one person, {} against",
                field_name(&most.field),
                in_sentence(&field_name(&least.field))
            ),
            (Some(most), None) => format!(
                "{} speaks most for one person, nothing against",
                field_name(&most.field)
            ),
            (None, Some(least)) => format!(
                "{} speaks most against one person",
                field_name(&least.field)
            ),
            (None, None) => "Nothing speaks for or against one person".to_owned(),
        }
    }

    /// The sum as a chart, its first bar from nought and each other from where the one before ended.
    pub(crate) fn chart(&self) -> BarChart {
        let mut at = 0.0;
        let mut bars = Vec::new();
        for (label, words, bits, rarity) in self.steps() {
            let rarity = rarity.map_or_else(String::new, signed);
            bars.push(Bar {
                from: at,
                kind: if bits < 0.0 {
                    BarKind::Takes
                } else {
                    BarKind::Adds
                },
                cells: vec![signed(bits), rarity, words],
                ..Bar::amount(label, Some(at + bits), signed(bits))
            });
            at += bits;
        }
        bars.push(Bar {
            kind: BarKind::Total,
            cells: vec![signed(at), String::new(), self.in_chances()],
            ..Bar::amount("All together", Some(at), signed(at))
        });
        BarChart {
            unit: Unit::MEASURE,
            description: format!(
                "A sum of {} parts that comes to {} bits.",
                bars.len().saturating_sub(1),
                signed(at)
            ),
            columns: ["Part", "Bits", "Of them by rarity", "In words"]
                .map(str::to_owned)
                .to_vec(),
            words_last: true,
            bars,
            open: true,
            ..BarChart::new(
                "explanation",
                self.headline(),
                "Bits of evidence: each bit doubles the odds that the two records are one person’s",
                Vec::new(),
            )
        }
    }

    fn in_chances(&self) -> String {
        self.probability.map_or_else(String::new, |probability| {
            format!(
                "The model gives {} that it is one person",
                percent(probability)
            )
        })
    }

    /// Everything the model says, folded: a reviewer forms a view of the fields first.
    pub(crate) fn folded(&self) -> Markup {
        let sentence = self.sentence.as_deref().unwrap_or_default();
        let runner_up = self.runner_up.as_ref().map_or_else(
            || "No other known person comes near.".to_owned(),
            |next| {
                format!(
                    "The next best known person comes to {} bits.",
                    signed(next.weight)
                )
            },
        );
        html! {
            (Details::new("What the model says", html! {
                p { "Look at the fields first, and form your own view. The model does not know what you know." }
                @if !sentence.is_empty() { p { (sentence) } }
                (self.chart())
                p { (runner_up) }
                @if let Some(model) = &self.model { p.nhsuk-body-s { "Model " (model) "." } }
            }))
        }
    }
}

/// A name as it stands within a sentence: only what is no abbreviation begins small.
fn in_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            let rest = name.get(first.len_utf8()..).unwrap_or_default();
            first.to_lowercase().chain(rest.chars()).collect()
        }
        _ => name.to_owned(),
    }
}

/// `Given name` for `given_name`.
fn field_name(field: &str) -> String {
    crate::words::capital(&field.replace(['-', '_'], " "))
}

/// Bits with their sign.
pub(crate) fn signed(bits: f64) -> String {
    let written = Unit::MEASURE.value(bits);
    if bits > 0.0 && written.chars().any(|digit| ('1'..='9').contains(&digit)) {
        format!("+{written}")
    } else {
        written
    }
}

/// A probability as a percentage: whole where it is, and with as many decimals as tell it from certainty.
pub(crate) fn percent(probability: f64) -> String {
    let share = probability.clamp(0.0, 1.0) * 100.0;
    let least = usize::from((share - share.round()).abs() > 1e-9);
    let is_told = |decimals: &usize| {
        let written = format!("{share:.*}", *decimals);
        !written.starts_with("100") || least == 0
    };
    let decimals = (least..=4).find(is_told).unwrap_or(4);
    format!("{share:.decimals$}%")
}

#[cfg(test)]
mod tests;
