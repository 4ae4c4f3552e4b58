//! The columns of the sheet of lines.

use super::Kind::{Money, Number, Percent, Schedule, Shares, Text, Whole, Word, YearOrCash, YesNo};
use super::{Column, may, must};

pub(super) const LINES: &[Column] = &[
    must(
        "Id",
        "id",
        Word,
        "letters, digits, - and _; other sheets name the line by it",
    ),
    must("Name", "name", Text, "what is paid or gained"),
    must("Side", "side", Word, "cost or benefit"),
    must("Layer", "layer", Word, "fiscal, economic or social"),
    must(
        "Intervention",
        "intervention",
        Text,
        "what the line belongs to",
    ),
    must(
        "Source",
        "source",
        Text,
        "where the numbers of this row come from",
    ),
    may("Owner", "owner", Text, "who answers for the line"),
    may("Paid by", "paid_by", Shares, "for a cost; shares sum to 1"),
    may(
        "Gained by",
        "gained_by",
        Shares,
        "for a benefit; shares sum to 1",
    ),
    may(
        "Claims",
        "claims",
        Text,
        "the change that a benefit claims, and no other line of its layer",
    ),
    may(
        "Evidence",
        "evidence",
        Word,
        "the design of the study behind a benefit, such as matched-comparison, or none",
    ),
    may(
        "Optimism bias, percent",
        "optimism_bias.percent",
        Percent,
        "with its source; or a table, or by evidence",
    ),
    may(
        "Optimism bias: source",
        "optimism_bias.source",
        Text,
        "where the percent comes from",
    ),
    may(
        "Optimism bias: table",
        "optimism_bias.vintage",
        Word,
        "such as mott-macdonald-2002, with project, measure and managed share",
    ),
    may(
        "Optimism bias: project",
        "optimism_bias.project",
        Word,
        "a type of project of the table",
    ),
    may(
        "Optimism bias: measure",
        "optimism_bias.measure",
        Word,
        "capital-cost or operating-cost",
    ),
    may(
        "Optimism bias: managed share",
        "optimism_bias.managed",
        Number,
        "the share of contributory factors that is managed, 0 to 1",
    ),
    may(
        "Optimism bias: by evidence",
        "optimism_bias.by_evidence",
        YesNo,
        "yes: the percent of the sheet Optimism for the level of the evidence",
    ),
    may(
        "Cashable",
        "cashable",
        Number,
        "for a fiscal benefit: the share that leaves budgets, 0 to 1",
    ),
    may(
        "Discount basis",
        "discount",
        Word,
        "where it is not the case's, such as health",
    ),
    may(
        "Price base",
        "price_base",
        YearOrCash,
        "the year in whose prices the line is, or cash",
    ),
    may(
        "Cohort",
        "driver.cohort",
        Word,
        "the people who drive the line, by id; else give its row on the sheet Amounts",
    ),
    may(
        "First year",
        "driver.first_year",
        Whole,
        "the first year of the effect",
    ),
    may(
        "Last year",
        "driver.last_year",
        Whole,
        "the last year of the effect",
    ),
    may(
        "Take-up",
        "driver.take_up",
        Schedule,
        "the share of the cohort that takes part, 0 to 1",
    ),
    may(
        "Unit",
        "driver.unit",
        Text,
        "what one unit is, such as hospital days each",
    ),
    may(
        "Units for each person",
        "driver.impact",
        Number,
        "how many units each of them changes",
    ),
    may(
        "Value of a unit",
        "driver.unit_value",
        Money,
        "what one unit is worth",
    ),
    may(
        "Deadweight",
        "driver.deadweight",
        Number,
        "the share that would have happened anyway, 0 to 1",
    ),
    may(
        "Displacement",
        "driver.displacement",
        Number,
        "the share that only moves elsewhere, 0 to 1",
    ),
    may(
        "Drop-off a year",
        "driver.drop_off",
        Number,
        "the share of the effect that is lost each further year, 0 to 1",
    ),
    may(
        "Lag in years",
        "driver.lag",
        Number,
        "how long it takes until the effect begins",
    ),
];
