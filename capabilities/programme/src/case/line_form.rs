//! The form of a line.

use stour_appraisal::evidence_designs;
use stour_design::{
    Choice, ChoiceItem, Content, Fieldset, Input, Label, Legend, Markup, Radios, Select, Size,
    Textarea, Width, html,
};
use stour_web::Mistakes;

use super::draft::LineDraft;
use super::frame::Frame;

/// What is wrong with a form, and what it is filled in with.
#[derive(Clone, Copy)]
pub(crate) struct Filled<'f> {
    pub(crate) draft: &'f LineDraft,
    pub(crate) frame: &'f Frame,
    pub(crate) mistakes: &'f Mistakes,
    /// The line is not in the case yet, so that its id can be chosen.
    pub(crate) is_new: bool,
}

impl Filled<'_> {
    fn input(&self, field: &str, label: &str, hint: &str) -> Input {
        Input {
            hint: (!hint.is_empty()).then(|| hint.into()),
            error: self.mistakes.of(field),
            ..Input::new(field, label).value(self.draft.get(field))
        }
    }

    /// A short field, with a sign before or after it.
    fn number(&self, field: &str, label: &str, hint: &str, sign: &str) -> Input {
        Input {
            width: Some(Width::Ten),
            inputmode: Some("decimal".to_owned()),
            prefix: (sign == "£").then(|| "£".into()),
            suffix: (sign == "%").then(|| "%".into()),
            ..self.input(field, label, hint)
        }
    }

    /// An amount; its sign stands before the field, not in it.
    fn amount(&self, field: &str, label: &str) -> Input {
        let value = self.draft.get(field).replace('£', "");
        self.number(field, label, "", "£").value(value)
    }

    fn select(&self, field: &str, label: &str, items: &[(String, String)]) -> Select {
        let blank = [(String::new(), "Choose one".to_owned())];
        let items = blank.iter().chain(items);
        let items: Vec<(&str, &str)> = items
            .map(|(value, words)| (value.as_str(), words.as_str()))
            .collect();
        Select::new(field, Label::new(label), items)
            .selected(Some(self.draft.get(field)))
            .error(self.mistakes.of(field))
    }
}

fn same(words: &[&str]) -> Vec<(String, String)> {
    words
        .iter()
        .map(|word| ((*word).to_owned(), word.replace('-', " ")))
        .collect()
}

fn legend(words: &str) -> Legend {
    Legend {
        size: Some(Size::M),
        ..Legend::new(words)
    }
}

/// The fields of a line.
pub(crate) fn fields(filled: Filled<'_>) -> Markup {
    let is_benefit = filled.draft.is_benefit();
    html! {
        (Fieldset::new(legend("What it is"), what(filled, is_benefit)))
        (Fieldset::new(legend(if is_benefit { "Who gains it" } else { "Who pays it" }), shares(filled)))
        (how_much(filled, is_benefit))
        (Fieldset::new(legend("How sure"), surety(filled, is_benefit)))
    }
}

fn what(filled: Filled<'_>, is_benefit: bool) -> Markup {
    let layers = [
        ("fiscal", "Fiscal: money of the public purse"),
        ("economic", "Economic: income of people and firms"),
        ("social", "Social: wellbeing"),
    ]
    .map(|(value, words)| (value.to_owned(), words.to_owned()));
    html! {
        @if filled.is_new { (filled.input("id", "Short name", "Letters, digits and hyphens, such as bed-days. It stays as it is.")) }
        @else { input type="hidden" name="id" value=(filled.draft.get("id")); }
        input type="hidden" name="side" value=(filled.draft.get("side"));
        (filled.input("name", "Name", ""))
        (filled.select("layer", "Layer", &layers))
        (filled.input("intervention", "Belongs to", "The intervention, such as reablement. Benefits are attributed to those who pay for the same one."))
        @if is_benefit { (filled.input("claims", "The change that it claims", "Such as hospital days of people over 75. No other line of the same layer may claim it.")) }
        (Textarea { rows: Some(2), error: filled.mistakes.of("source"), ..Textarea::new("source", Label::new("Source")).value(filled.draft.get("source")) })
        (filled.input("owner", "Owner (optional)", "Who answers for the numbers"))
    }
}

fn shares(filled: Filled<'_>) -> Markup {
    html! {
        p { "Shares sum to 100%. Leave empty who has none." }
        @for (partner, name) in &filled.frame.partners {
            (filled.number(&format!("share-{partner}"), name, "", "%"))
        }
    }
}

fn how_much(filled: Filled<'_>, is_benefit: bool) -> Markup {
    let how = |value: &str, words: &str, content: Markup| {
        let choice = Choice::new(value, words).checked(filled.draft.get("how") == value);
        ChoiceItem::from(choice.reveal(content))
    };
    let choices = vec![
        how("amounts", "An amount for each year", amounts(filled)),
        how(
            "driver",
            "People, and what happens to each",
            driver(filled, is_benefit),
        ),
    ];
    html! {
        (Radios { error: filled.mistakes.of("how"), ..Radios::new("how", legend("How much"), choices) })
        (filled.number("price_base", "Prices of the year", "A year such as 2026, or cash for money of the year in which it is paid", ""))
    }
}

fn amounts(filled: Filled<'_>) -> Markup {
    html! {
        @for (year, label) in &filled.frame.years { (filled.amount(&format!("amount-{year}"), label)) }
    }
}

fn driver(filled: Filled<'_>, is_benefit: bool) -> Markup {
    html! {
        @if filled.frame.cohorts.is_empty() {
            p { "The case has no group of people. Add a [[cohort]] to its text or spreadsheet first." }
        }
        (filled.select("cohort", "Group of people", &filled.frame.cohorts))
        (filled.select("first_year", "First year", &filled.frame.years))
        (filled.select("last_year", "Last year", &filled.frame.years))
        (filled.number("take_up", "Take-up", "How many of the group take part: one percentage, or one for each year of the case with ; between them", "%"))
        (filled.input("unit", "What one unit is", "Such as hospital days each"))
        (filled.number("impact", "Impact", "Units for each person who takes part", ""))
        (filled.amount("unit_value", "Value of one unit"))
        @if is_benefit {
            (filled.number("deadweight", "Deadweight", "What would have happened anyway", "%"))
            (filled.number("displacement", "Displacement", "What somebody else loses", "%"))
            (filled.number("drop_off", "Drop-off", "What is lost of the effect in each further year", "%"))
            (filled.number("lag", "Lag", "Years until the effect begins, such as 0.5", ""))
        }
    }
}

fn surety(filled: Filled<'_>, is_benefit: bool) -> Markup {
    let designs = evidence_designs();
    let designs: Vec<&str> = designs.iter().map(String::as_str).collect();
    let is_fiscal = Content::from("Of a fiscal benefit: the part that can leave a budget");
    html! {
        @if is_benefit {
            (filled.select("evidence", "Evidence", &same(&designs)))
            (Input { hint: Some(is_fiscal), ..filled.number("cashable", "Cashable", "", "%") })
        } @else {
            input type="hidden" name="evidence" value=(filled.draft.get("evidence"));
        }
        (optimism(filled))
        (filled.input("discount", "Discounted on another basis (optional)", "Such as health, where the line is not discounted as the case is"))
    }
}

fn optimism(filled: Filled<'_>) -> Markup {
    let how = |value: &str, words: &str, content: Markup| {
        let choice = Choice::new(value, words).checked(filled.draft.get("optimism") == value);
        ChoiceItem::from(choice.reveal(content))
    };
    let measures = same(&["capital-cost", "operating-cost"]);
    let mut choices = vec![how(
        "percent",
        "A percentage, with its source",
        html! {
            (filled.number("optimism-percent", "Optimism bias", "", "%"))
            (filled.input("optimism-source", "Source of the percentage", ""))
        },
    )];
    if filled.draft.is_benefit() {
        choices.push(how(
            "by-evidence",
            "By the level of the evidence, from the table that the case brings",
            html! {},
        ));
    } else {
        choices.push(how(
            "table",
            "By the type of project, from a published table",
            html! {
                (filled.input("optimism-vintage", "Table", "Such as mott-macdonald-2002"))
                (filled.input("optimism-project", "Type of project", "Such as equipment-development or standard-buildings"))
                (filled.select("optimism-measure", "Of what", &measures))
                (filled.number("optimism-managed", "Share of the contributory factors that is managed", "", "%"))
            },
        ));
    }
    html! {
        (Radios { error: filled.mistakes.of("optimism"), ..Radios::new("optimism", Legend::new("Optimism bias"), choices) })
    }
}
