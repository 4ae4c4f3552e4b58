//! Writes a page that shows every component and chart: `cargo run -p stour-design --example gallery -- gallery.html`.
//!
//! The page and the files beside it open without a server. The charts show University Hospitals Dorset's people in
//! hospital without criteria to reside, as NHS England publishes them, when the reference data are there; the mean and
//! the limits are rough ones, and the judgements of points rougher: they show shapes, not findings. All money is made up.

use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

use stour_design::chart::{
    Aim, AssuranceIcon, Bar, BarChart, BarKind, BarWords, Change, CivilDay, FanChart, FanPoint,
    Limits, Line, LinesChart, PointKind, Sparkline, Spine, TornadoChart, TornadoRow, Unit,
    VariationIcon, XmrChart, XmrPoint,
};
use stour_design::{
    Action, BackLink, Breadcrumb, Button, ButtonVariant, Card, CardVariant, Cell, CharacterCount,
    Checkboxes, Choice, ChoiceItem, Column, Content, DateInput, Details, ErrorSummary, Heading,
    Input, InsetText, Label, Legend, Limit, Markup, NavLink, NotificationBanner, Pagination, Panel,
    Radios, Render, Select, Shell, SummaryList, SummaryRow, Table, Tag, TagColour, Task, TaskList,
    Textarea, UserBadge, WarningCallout, Width, assets, html,
};

fn main() -> Result<(), Box<dyn Error>> {
    let page = PathBuf::from(
        env::args()
            .nth(1)
            .ok_or("say where to write the page: gallery.html")?,
    );
    let folder = page.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder.join("assets"))?;
    for asset in assets() {
        fs::write(folder.join(asset.path.trim_start_matches('/')), asset.bytes)?;
    }
    let series = series();
    let main = html! {
        (Heading::page("Gallery").caption("Stour design"))
        (ErrorSummary::new([("surname", "Enter a surname"), ("born-day", "Date of birth must be in the past")]))
        (Heading::section("Charts"))
        (charts(&series))
        (icons())
        (money_charts())
        div.nhsuk-grid-row { div.nhsuk-grid-column-two-thirds { (text()) (forms()) } }
        (tables())
    };
    fs::write(
        &page,
        shell().render(&main).0.replace("\"/assets/", "\"assets/"),
    )?;
    Ok(())
}

fn shell() -> Shell {
    Shell {
        has_errors: true,
        user: Some(UserBadge {
            name: "Rowan Farrell".to_owned(),
            role: "Transfer of care hub".to_owned(),
        }),
        csrf: Some(("csrf".to_owned(), "token".to_owned())),
        navigation: [
            "Home",
            "People",
            "Board",
            "Wards",
            "Services",
            "Indicators",
            "Help",
        ]
        .into_iter()
        .map(|label| NavLink::new(label, format!("/{label}"), label == "Board"))
        .collect(),
        banner: Some("Demonstration: everyone here is made up.".into()),
        breadcrumb: Some(Breadcrumb::new([("Home", "/"), ("Design", "/design")])),
        accessibility_href: Some("/accessibility".to_owned()),
        privacy_href: Some("/privacy".to_owned()),
        ..Shell::new("Gallery")
    }
}

/// Days and values: published ones, or a made-up season when the reference data are absent.
fn series() -> Vec<(CivilDay, Option<f64>)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/care/dorset_trust_criteria_to_reside.csv");
    let Ok(text) = fs::read_to_string(file) else {
        return (1..=28)
            .map(|day| (CivilDay::new(2025, 2, day), Some(f64::from(100 + day % 7))))
            .collect();
    };
    text.lines()
        .filter_map(|line| {
            let (trust, rest) = line.split_once(',')?;
            let (date, value) = rest.split_once(',')?;
            let mut parts = date.splitn(3, '-');
            let day = CivilDay::new(
                parts.next()?.parse().ok()?,
                parts.next()?.parse().ok()?,
                parts.next()?.parse().ok()?,
            );
            (trust == "R0D").then(|| (day, value.parse().ok()))
        })
        .collect()
}

fn points(series: &[(CivilDay, Option<f64>)]) -> Vec<XmrPoint> {
    let values = series
        .iter()
        .filter_map(|(_, value)| *value)
        .collect::<Vec<_>>();
    let count = u32::try_from(values.len()).map_or(1.0, f64::from);
    let mean = values.iter().sum::<f64>() / count;
    let moving = values
        .windows(2)
        .map(|pair| {
            pair.iter()
                .fold(0.0, |before: f64, value| value - before)
                .abs()
        })
        .sum::<f64>()
        / (count - 1.0).max(1.0);
    let limits = Limits {
        mean,
        lower: mean - 2.66 * moving,
        upper: mean + 2.66 * moving,
    };
    series
        .iter()
        .map(|(day, value)| {
            let (kind, note) = match value {
                Some(value) if *value > limits.upper => {
                    (PointKind::Concern, "above the upper limit")
                }
                Some(value) if *value < limits.lower => {
                    (PointKind::Improvement, "below the lower limit")
                }
                _ => (PointKind::Common, ""),
            };
            XmrPoint {
                day: *day,
                label: format!("{}-{:02}-{:02}", day.year, day.month, day.day),
                value: *value,
                kind,
                note: note.to_owned(),
                limits: Some(limits),
                href: None,
            }
        })
        .collect()
}

/// The mean of each month, with two of them missing and the limits begun again after a year.
fn months(series: &[(CivilDay, Option<f64>)]) -> Vec<XmrPoint> {
    let mut months: Vec<(CivilDay, Vec<f64>)> = Vec::new();
    for (day, value) in series {
        let month = CivilDay::new(day.year, day.month, 1);
        if months.last().is_none_or(|(last, _)| *last != month) {
            months.push((month, Vec::new()));
        }
        if let (Some((_, values)), Some(value)) = (months.last_mut(), value) {
            values.push(*value);
        }
    }
    let mean = |values: &[f64]| {
        values.iter().sum::<f64>() / u32::try_from(values.len()).map_or(1.0, f64::from)
    };
    let months = months
        .iter()
        .map(|(month, values)| (*month, Some(mean(values))))
        .collect::<Vec<_>>();
    let (before, after) = months.split_at(months.len().min(16));
    let mut points = points(before);
    points.extend(self::points(after));
    for position in [5, 6] {
        if let Some(point) = points.get_mut(position) {
            point.value = None;
        }
    }
    points
}

fn charts(series: &[(CivilDay, Option<f64>)]) -> Markup {
    let daily = points(series);
    let monthly = months(series);
    let last = series.len().saturating_sub(60);
    html! {
        (XmrChart {
            targets: vec![Aim::always(150.0)],
            description: "41 monthly means with mean, limits and target.".to_owned(),
            changes: vec![Change { day: CivilDay::new(2023, 8, 1), label: "August 2023: limits recalculated".to_owned() }],
            csv_href: Some("/monthly.csv".to_owned()),
            ..XmrChart::new("monthly", "Fewer people wait in hospital", "People without criteria to reside, mean of each month", monthly.clone())
        })
        (XmrChart {
            description: "1,249 days with mean and limits.".to_owned(),
            csv_href: Some("/daily.csv".to_owned()),
            ..XmrChart::new("daily", "The number varies more than before", "People without criteria to reside, each day", daily)
        })
        div.nhsuk-grid-row {
            div.nhsuk-grid-column-one-half {
                (XmrChart {
                    description: "60 days with mean and limits.".to_owned(),
                    ..XmrChart::new("recent", "Steady for two months", "People without criteria to reside, each day", points(series.get(last..).unwrap_or_default()))
                })
            }
            div.nhsuk-grid-column-one-half { (board(&monthly)) }
        }
    }
}

fn icons() -> Markup {
    html! {
        (Heading::section("Icons"))
        @for icon in VariationIcon::ALL { p { (icon.beside(icon.name())) } }
        @for icon in AssuranceIcon::ALL { p { (icon.beside(icon.name())) } }
        p {
            @for icon in VariationIcon::ALL { (icon) " " }
            @for icon in AssuranceIcon::ALL { (icon) " " }
        }
    }
}

fn years(from: i32, count: i32) -> Vec<String> {
    (from..from + count)
        .map(|year| format!("{year}/{:02}", (year + 1) % 100))
        .collect()
}

/// A running sum that begins with a cost and earns it back, less surely every year.
fn fan(id: &str, count: i32) -> FanChart {
    let points = years(2026, count)
        .into_iter()
        .zip(0_i32..)
        .map(|(label, year)| {
            let year = f64::from(year);
            let middle = -2.4e6 + 0.72e6 * year + 0.02e6 * year * year;
            let spread = 0.25e6 * (year + 1.0);
            FanPoint {
                label,
                outer: Some((middle - spread * 1.5, middle + spread * 1.3)),
                inner: Some((middle - spread, middle + spread * 0.8)),
                middle: Some(middle),
                second: Some(-2.2e6 + 0.9e6 * year),
            }
        });
    FanChart {
        description: "Bands around a middle line.".to_owned(),
        ..FanChart::new(
            id,
            "Likely to break even in the fourth year",
            "Benefits less costs so far, each year, in 10,000 runs",
            points.collect(),
        )
    }
}

fn tornado() -> TornadoChart {
    let row = |label: &str, low_at: &str, high_at: &str, low, high| TornadoRow {
        label: label.to_owned(),
        low_at: low_at.to_owned(),
        high_at: high_at.to_owned(),
        low,
        high,
    };
    TornadoChart {
        description: "Six inputs.".to_owned(),
        ..TornadoChart::new(
            "tornado",
            "Growth in demand decides whether it pays",
            "Net present value when one input changes and all others stay as agreed",
            Some(1.4e6),
            vec![
                row("Growth in demand", "1%", "4%", Some(-2.1e6), Some(4.2e6)),
                row(
                    "Length of stay avoided",
                    "1 day",
                    "3 days",
                    Some(-0.4e6),
                    Some(3.1e6),
                ),
                row(
                    "Cost of a bed day",
                    "£280",
                    "£420",
                    Some(0.2e6),
                    Some(2.6e6),
                ),
                row(
                    "Wage of a care worker",
                    "£12",
                    "£15",
                    Some(2.2e6),
                    Some(0.5e6),
                ),
                row(
                    "Date the hub opens",
                    "April",
                    "July",
                    Some(1.6e6),
                    Some(2.0e6),
                ),
                row("Discount rate", "1.5%", "3.5%", None, Some(1.1e6)),
            ],
        )
    }
}

fn gap() -> BarChart {
    let mut at = 0.0;
    let steps = [
        ("Gap this year", 48.2e6, BarKind::Total),
        ("Growth in demand", 12.4e6, BarKind::Adds),
        ("Pay and prices", 9.1e6, BarKind::Adds),
        ("Growth in funding", -14.0e6, BarKind::Takes),
        ("Transfer of care hub", -6.3e6, BarKind::Takes),
        ("Care at home", -4.2e6, BarKind::Takes),
    ];
    let mut bars = Vec::new();
    for (label, amount, kind) in steps {
        bars.push(Bar {
            from: at,
            kind,
            cells: vec![Unit::MONEY.value(amount)],
            ..Bar::amount(label, Some(at + amount), Unit::MONEY.value(amount))
        });
        at += amount;
    }
    bars.push(Bar {
        kind: BarKind::Total,
        cells: vec![Unit::MONEY.value(at)],
        ..Bar::amount("Gap that is left", Some(at), Unit::MONEY.value(at))
    });
    BarChart {
        unit: Unit::MONEY,
        words: BarWords::GAP,
        connected: true,
        columns: ["Step", "Amount"].map(str::to_owned).to_vec(),
        description: "Steps from one gap to another.".to_owned(),
        ..BarChart::new(
            "gap",
            "The plan leaves most of the gap",
            "Costs above funding, 2031/32",
            bars,
        )
    }
}

fn positions(id: &str, names: &[&str]) -> LinesChart {
    let lines = names.iter().zip(0_i32..).map(|(name, partner)| Line {
        name: (*name).to_owned(),
        values: (0_i32..10)
            .map(|year| {
                let (year, partner) = (f64::from(year), f64::from(partner));
                Some(-0.3e6 * partner + year * (0.28e6 - 0.07e6 * partner) + 0.01e6 * year * year)
            })
            .collect(),
    });
    LinesChart {
        description: "A line for each partner.".to_owned(),
        ..LinesChart::new(
            id,
            "Two partners do not earn back what they pay",
            "Savings less costs so far, each partner, each year",
            years(2026, 10),
            lines.collect(),
        )
    }
}

fn money_charts() -> Markup {
    html! {
        (fan("fan", 10))
        (fan("fan-long", 60))
        (fan("fan-single", 1))
        (tornado())
        (gap())
        (positions("positions", &["Hospitals", "Community", "Council", "Primary care"]))
        (positions("positions-long", &[
            "University Hospitals Dorset NHS Foundation Trust", "Dorset HealthCare University NHS Foundation Trust",
            "Dorset Council", "Bournemouth, Christchurch and Poole Council", "Primary care networks", "Ambulance", "Hospices",
            "Voluntary sector",
        ]))
    }
}

fn board(monthly: &[XmrPoint]) -> Markup {
    let values = monthly.iter().map(|point| point.value).collect::<Vec<_>>();
    html! {
        ul.stour-board {
            @for kind in PointKind::ALL {
                li {
                    span.stour-board__label { "Ready to leave" }
                    span.stour-board__number { "147" }
                    (Sparkline { values: values.clone(), kind, mean: Some(190.0), target: Some(150.0), label: "147 people".to_owned(), ..Sparkline::default() })
                    (Spine { value: 147.0, interval: (120.0, 180.0), against: 160.0, kind, label: "147 people, 120 to 180; the whole 160".to_owned(), ..Spine::default() })
                    span.stour-board__label { (kind.mark(stour_design::chart::Palette::Contrast)) " " (kind.word()) }
                }
            }
        }
    }
}

fn text() -> Markup {
    html! {
        (Heading::section("Text"))
        (NotificationBanner::success("Referral sent to the transfer of care hub"))
        (NotificationBanner::new("Three people have no ward since this morning"))
        (WarningCallout::new("Home alone", "This person lives alone and has no key safe."))
        (InsetText::new("The person has said that their daughter may be told."))
        (Details::new("Where does this come from?", "The ward, by message, at 09:14."))
        (Details::expander("Earlier addresses", "Two addresses."))
        p { (Tag::new("New", TagColour::Blue)) " " (Tag::new("Delayed", TagColour::Red)) " " (Tag::plain("Active")) }
        (Card::link("People ready to leave", "#", "147 people in three hospitals"))
        (Card { variant: CardVariant::Feature, ..Card::new("Next of kin", "A daughter, in Poole.") })
        (SummaryList::new([
            SummaryRow::new("Name", "Edith Marsh").action(Action::link("Change", "name", "#")),
            SummaryRow::new("NHS number", "999 000 0018"),
        ]).in_card(Card::new("Person", "")))
        (Panel { content: Some("Reference 7K2P".into()), ..Panel::new("Request sent") })
        (TaskList::new("tasks", vec![
            Task { heading: "Who is it about?".into(), href: Some("#".to_owned()), status: stour_design::TaskStatus::done("Completed"), ..Task::default() },
            Task { heading: "What do they need?".into(), href: Some("#".to_owned()), hint: Some("In their words".into()), status: Tag::new("To do", TagColour::Blue).into() },
        ]))
        (BackLink::to("#"))
    }
}

fn forms() -> Markup {
    let phone = Input {
        kind: Some("tel".to_owned()),
        ..Input::new("phone", "Telephone number").width(Width::Twenty)
    };
    html! {
        (Heading::section("Forms"))
        form novalidate {
            (Input { autocomplete: Some("family-name".to_owned()), ..Input::new("surname", "Surname") }.hint("As on a letter").error(Some("Enter a surname")))
            (Input { prefix: Some("£".into()), suffix: Some("a week".into()), ..Input::new("budget", "Budget").width(Width::Five) })
            (Input { code: true, ..Input::new("nhs", "NHS number").width(Width::Ten).value("999 000 0018") })
            (DateInput::new("born", "Date of birth").hint("For example, 31 3 1941").values(["31", "3", "2041"]).error(Some("Date of birth must be in the past")))
            (Radios::new("contact", "How should we reach them?", [
                ChoiceItem::from(Choice::new("phone", "By telephone").reveal(phone.render()).checked(true)),
                Choice::new("visit", "At home").hint("A visit takes two days to arrange").into(),
                ChoiceItem::Divider("or".to_owned()),
                Choice::new("none", "Not at all").into(),
            ]))
            (Checkboxes::new("needs", Legend::new("What do they need?"), [Choice::new("meals", "Meals"), Choice::new("equipment", "Equipment")]).selected(&["meals"]))
            (Select::new("ward", "Ward", [("", "Choose a ward"), ("15", "Ward 15"), ("22", "Ward 22")]).selected(Some("22")))
            (CharacterCount::new(Textarea::new("note", Label::new("Note")).value("Walks with a frame."), Limit::Characters(500)))
            div.nhsuk-button-group {
                (Button::new("Continue")) (Button::secondary("Save and come back"))
                (Button::warning("Stop the service")) (Button { variant: ButtonVariant::Secondary, small: true, ..Button::new("Small") })
            }
        }
    }
}

fn tables() -> Markup {
    let people = [
        ("Edith Marsh", "Ward 22", "12"),
        ("Harold Stone", "Ward 15", "4"),
        ("Joan Pike", "Ward 4", "31"),
    ];
    let rows = people.map(|(name, ward, days)| [Cell::link(name, "#"), ward.into(), days.into()]);
    html! {
        (Heading::section("Tables"))
        (Table {
            first_cell_is_header: true,
            responsive: true,
            compact: true,
            ..Table::new("People ready to leave", [Column::from("Name").sortable(), Column::from("Ward"), Column::numeric("Days").sortable()], rows)
        })
        (Pagination::numbered(6, 12, |page| format!("?page={page}")))
        p { (Content::from("The end.")) }
    }
}
