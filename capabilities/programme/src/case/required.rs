//! What the form of a line needs, told by the words of the form and all at once.

use stour_web::Mistakes;

use super::draft::LineDraft;
use super::frame::Frame;
use super::number::{in_percent, proportion};

/// Notes every field that is needed and empty, and shares that do not sum.
pub(crate) fn check(draft: &LineDraft, frame: &Frame, mistakes: &mut Mistakes) {
    let mut needed = vec![
        ("id", "Give the line a short name"),
        ("name", "Give the line a name"),
        ("layer", "Choose a layer"),
        ("intervention", "Say which intervention it belongs to"),
        ("source", "Give the source of its numbers"),
        ("price_base", "Say in which year’s prices it is"),
        ("how", "Choose how the amounts are made"),
        ("optimism", "Choose where the optimism bias comes from"),
    ];
    if draft.is_benefit() {
        needed.push(("claims", "Say which change it claims"));
        needed.push(("evidence", "Choose the evidence"));
        if draft.get("layer") == "fiscal" {
            needed.push(("cashable", "Say which part can leave a budget, 0 to 100"));
        }
    }
    match draft.get("optimism") {
        "percent" => needed.extend([
            ("optimism-percent", "Give the optimism bias, in per cent"),
            ("optimism-source", "Give the source of the optimism bias"),
        ]),
        "table" => needed.extend([
            ("optimism-vintage", "Name the table"),
            ("optimism-project", "Name the type of project"),
            ("optimism-measure", "Choose what is corrected"),
            (
                "optimism-managed",
                "Say which share of the factors is managed",
            ),
        ]),
        _ => {}
    }
    if draft.get("how") == "driver" {
        needed.extend(DRIVER);
        if draft.is_benefit() {
            needed.extend(DRIVER_OF_A_BENEFIT);
        }
    }
    for (field, asked) in needed {
        let _ = mistakes.required(field, draft.get(field), asked);
    }
    shares(draft, frame, mistakes);
    amounts(draft, frame, mistakes);
}

const DRIVER: [(&str, &str); 7] = [
    ("cohort", "Choose the group of people"),
    ("first_year", "Choose the first year"),
    ("last_year", "Choose the last year"),
    ("take_up", "Give the take-up, in per cent"),
    ("unit", "Say what one unit is"),
    ("impact", "Give the impact: units for each person"),
    ("unit_value", "Give the value of one unit"),
];

const DRIVER_OF_A_BENEFIT: [(&str, &str); 4] = [
    ("deadweight", "Give the deadweight; 0 where there is none"),
    (
        "displacement",
        "Give the displacement; 0 where there is none",
    ),
    ("drop_off", "Give the drop-off; 0 where there is none"),
    ("lag", "Give the lag; 0 where there is none"),
];

fn shares(draft: &LineDraft, frame: &Frame, mistakes: &mut Mistakes) {
    let fields = frame.partners.iter().map(|(id, _)| format!("share-{id}"));
    let fields: Vec<String> = fields.collect();
    let Some(first) = fields.first() else {
        return;
    };
    let typed = fields.iter().filter(|field| !draft.get(field).is_empty());
    let shares: Result<Vec<f64>, _> = typed.map(|field| proportion(draft.get(field))).collect();
    // What is no number is told at its own field.
    let Ok(shares) = shares else {
        return;
    };
    let sum: f64 = shares.iter().sum();
    if shares.is_empty() {
        let who = if draft.is_benefit() { "gains" } else { "pays" };
        mistakes.add(first, format!("Say who {who} it"));
    } else if (sum - 1.0).abs() > 1e-9 {
        mistakes.add(
            first,
            format!(
                "The shares sum to {}%, and must sum to 100%",
                in_percent(sum)
            ),
        );
    }
}

fn amounts(draft: &LineDraft, frame: &Frame, mistakes: &mut Mistakes) {
    let mut fields = frame.years.iter().map(|(year, _)| format!("amount-{year}"));
    let has_one = fields.clone().any(|field| !draft.get(&field).is_empty());
    if let (Some(first), "amounts", false) = (fields.next(), draft.get("how"), has_one) {
        mistakes.add(&first, "Give an amount for at least one year");
    }
}
