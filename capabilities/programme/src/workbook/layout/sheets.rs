//! The sheets.

use super::Form::{Pairs, Rows, RowsWithYears};
use super::Kind::{Date, Money, Number, Open, Percent, Schedule, Text, Whole, Word};
use super::lines::LINES;
use super::{Column, SheetLayout, may, must};

/// Every sheet but "Read me" and those with results, in order.
pub(in crate::workbook) const SHEETS: &[SheetLayout] = &[
    SheetLayout {
        name: super::CASE,
        array: "",
        needed: true,
        about: "The case as a whole: an item and its value in each row.",
        form: Pairs,
        columns: CASE,
    },
    SheetLayout {
        name: super::PARTNERS,
        array: "partner",
        needed: true,
        about: "Who pays and who gains: one row for each.",
        form: Rows,
        columns: PARTNERS,
    },
    SheetLayout {
        name: super::COHORTS,
        array: "cohort",
        needed: false,
        about: "Groups of people that drive lines. The population is one number, or one in each of the columns headed by the years of the case.",
        form: RowsWithYears(Number),
        columns: COHORTS,
    },
    SheetLayout {
        name: super::LINES,
        array: "line",
        needed: true,
        about: "What is paid and what is gained: one row for each. A line is driven by a cohort, and has all columns from Cohort on that it needs, or has a row on the sheet Amounts.",
        form: Rows,
        columns: LINES,
    },
    SheetLayout {
        name: super::AMOUNTS,
        array: "",
        needed: false,
        about: "Amounts of lines that no cohort drives: a row for each line, and columns headed by years.",
        form: RowsWithYears(Money),
        columns: AMOUNTS,
    },
    SheetLayout {
        name: super::DEFLATOR,
        array: "",
        needed: false,
        about: "An index of prices by year; its name and source stand on the sheet Case.",
        form: Rows,
        columns: DEFLATOR,
    },
    SheetLayout {
        name: super::DISCOUNT,
        array: "",
        needed: false,
        about: "Rates of a discount table of your own, by years after the base year. Leave it empty for a table that comes with the program.",
        form: Rows,
        columns: DISCOUNT,
    },
    SheetLayout {
        name: super::OPTIMISM,
        array: "",
        needed: false,
        about: "Optimism bias by level of evidence; the name and source of the table stand on the sheet Case.",
        form: Rows,
        columns: OPTIMISM,
    },
    SheetLayout {
        name: super::UNCERTAIN,
        array: "uncertain",
        needed: false,
        about: "Numbers that are not sure. An input is the id of a line, a point and scale, take_up, impact, unit_value, deadweight, displacement, drop_off, lag or optimism_bias; or a cohort's id and .population_scale.",
        form: Rows,
        columns: UNCERTAIN,
    },
    SheetLayout {
        name: super::CORRELATIONS,
        array: "",
        needed: false,
        about: "Uncertain inputs that go together.",
        form: Rows,
        columns: CORRELATIONS,
    },
    SheetLayout {
        name: super::SCENARIOS,
        array: "",
        needed: false,
        about: "What if: one row for each input of a scenario. Its name and source are the same in all its rows, or empty after the first.",
        form: Rows,
        columns: SCENARIOS,
    },
    SheetLayout {
        name: super::FUNDING,
        array: "funding",
        needed: false,
        about: "Who said that they would pay for the change, and how much.",
        form: Rows,
        columns: FUNDING,
    },
    SheetLayout {
        name: super::TRACKED,
        array: "tracked",
        needed: false,
        about: "What was promised and what was measured. A value that is not known is written as unknown: and why, such as unknown: not published. Those that are known are all numbers or all text such as £1.00.",
        form: Rows,
        columns: TRACKED,
    },
    SheetLayout {
        name: super::NOT_KNOWN,
        array: "unknown",
        needed: false,
        about: "What nobody could find out for this case.",
        form: Rows,
        columns: NOT_KNOWN,
    },
];

const CASE: &[Column] = &[
    must("Title", "case.title", Text, "what the case is called"),
    must("Years", "case.years", Word, "financial or calendar"),
    must(
        "Base year",
        "case.base_year",
        Whole,
        "the year whose pounds all others are discounted to",
    ),
    must(
        "Last year",
        "case.last_year",
        Whole,
        "the last year of the case",
    ),
    must(
        "Price base",
        "case.price_base",
        Whole,
        "the year in whose prices results are shown",
    ),
    may(
        "One at a time, percent",
        "one_at_a_time_percent",
        Percent,
        "by how much each input is moved by itself",
    ),
    must(
        "Discount table",
        "discount.vintage",
        Text,
        "such as green-book-2026, or the name of your own",
    ),
    must("Discount basis", "discount.basis", Word, "such as standard"),
    may(
        "Discount table: date",
        "discount.dated",
        Date,
        "of a table of your own only",
    ),
    may(
        "Discount table: source",
        "discount.source",
        Text,
        "of a table of your own only",
    ),
    may(
        "Deflator: name",
        "deflator.name",
        Text,
        "needed where prices of two years meet",
    ),
    may(
        "Deflator: source",
        "deflator.source",
        Text,
        "where the series was published",
    ),
    may(
        "Deflator: date",
        "deflator.dated",
        Date,
        "when it was published",
    ),
    may(
        "Deflator: years",
        "deflator.years",
        Word,
        "financial or calendar, as the case",
    ),
    may(
        "Evidence table: name",
        "optimism_by_evidence.name",
        Text,
        "needed where a line is corrected by evidence",
    ),
    may(
        "Evidence table: source",
        "optimism_by_evidence.source",
        Text,
        "where it was published",
    ),
    may(
        "Evidence table: date",
        "optimism_by_evidence.dated",
        Date,
        "when it was published",
    ),
];

const PARTNERS: &[Column] = &[
    must("Id", "id", Word, "letters, digits, - and _"),
    must("Name", "name", Text, "the partner's name"),
    must("Kind", "kind", Word, "agency or society"),
];

const COHORTS: &[Column] = &[
    must("Id", "id", Word, "letters, digits, - and _"),
    must("Name", "name", Text, "who they are"),
    may(
        "Population",
        "population",
        Schedule,
        "how many people; empty where the columns of years are filled in",
    ),
    must("Source", "source", Text, "where the numbers come from"),
];

const AMOUNTS: &[Column] = &[must("Line", "line", Word, "the line's id")];

const DEFLATOR: &[Column] = &[
    must(
        "Year",
        "year",
        Whole,
        "the year in which it begins, such as 2026",
    ),
    must(
        "Index",
        "index",
        Number,
        "above 0; only the ratio of two matters",
    ),
];

const DISCOUNT: &[Column] = &[
    must("Basis", "name", Word, "such as standard"),
    must(
        "From year",
        "from",
        Whole,
        "the first year after the base year, from 0",
    ),
    may(
        "To year",
        "to",
        Whole,
        "the last year; empty where there is no end",
    ),
    must("Percent", "percent", Percent, "a year"),
];

const OPTIMISM: &[Column] = &[
    must("Level", "level", Whole, "of evidence, 1 to 5"),
    must("Percent", "percent", Percent, "the correction"),
];

const UNCERTAIN: &[Column] = &[
    must("Input", "input", Word, "such as bed-days.impact"),
    must(
        "Distribution",
        "distribution",
        Word,
        "triangular or pert (lowest, most likely, highest), uniform (lowest, highest), lognormal (mean and standard deviation, or median and mean) or normal-interval (the two percentiles)",
    ),
    may("Lowest", "low", Number, "the least that it may be"),
    may("Most likely", "mode", Number, "the likeliest value"),
    may("Highest", "high", Number, "the most that it may be"),
    may("Mean", "mean", Number, "the average"),
    may(
        "Standard deviation",
        "sd",
        Number,
        "the spread around the mean",
    ),
    may(
        "Median",
        "median",
        Number,
        "half of all values are below it",
    ),
    may(
        "10th percentile",
        "p10",
        Number,
        "one in ten values is below it",
    ),
    may(
        "90th percentile",
        "p90",
        Number,
        "one in ten values is above it",
    ),
    must("Source", "source", Text, "where that comes from"),
];

const CORRELATIONS: &[Column] = &[
    must(
        "First input",
        "first",
        Word,
        "an input of the sheet Uncertain",
    ),
    must("Second input", "second", Word, "another"),
    must(
        "Rank correlation",
        "rank",
        Number,
        "Spearman's, from -1 to 1",
    ),
    must("Source", "source", Text, "why they go together"),
];

const SCENARIOS: &[Column] = &[
    must("Id", "id", Word, "letters, digits, - and _"),
    may("Name", "name", Text, "what happens"),
    may("Source", "source", Text, "where that comes from"),
    may("Input", "input", Word, "as on the sheet Uncertain"),
    may("Value", "value", Number, "what it is in this scenario"),
];

const FUNDING: &[Column] = &[
    must("Id", "id", Word, "letters, digits, - and _"),
    must("Name", "name", Text, "who gives it, or from what"),
    must("Amount", "amount", Money, "in cash, not discounted"),
    must("Limit", "limit", Word, "fixed or up-to"),
    must(
        "Period",
        "period",
        Text,
        "when, in words, such as over two years",
    ),
    must("Source", "source", Text, "where that is said"),
    may(
        "Partner",
        "partner",
        Word,
        "the partner of the case that gives it, by id",
    ),
];

const TRACKED: &[Column] = &[
    must("Id", "id", Word, "letters, digits, - and _"),
    must("Name", "name", Text, "what is measured"),
    must("Unit", "unit", Text, "in what, such as days"),
    must("Better", "better", Word, "higher or lower"),
    must(
        "Measured on",
        "measured_on",
        Date,
        "the day of the measurement",
    ),
    must("Baseline", "baseline", Open, "what it was before"),
    must(
        "Trajectory",
        "trajectory",
        Open,
        "what it was to be by then",
    ),
    must("Reached", "reached", Open, "what it was then"),
    must("Source", "source", Text, "where that is said"),
    may(
        "Partner",
        "partner",
        Word,
        "the partner whose measure it is, by id",
    ),
    may("Evidence", "evidence", Text, "what shows it"),
];

const NOT_KNOWN: &[Column] = &[
    must("What", "what", Text, "what is not known"),
    must("Why", "why", Text, "why not"),
    must("Source", "source", Text, "where one would look"),
];
