//! The practices whose rate stands out from that of all of them together.

use stour_design::chart::{Bar, BarChart};
use stour_design::{Markup, html};

use super::list_page::{Line, in_words};
use super::period::Period;
use super::rate::Rate;

/// One practice in so many stands out by chance alone: the limits are of 95 per cent.
const BY_CHANCE: usize = 20;

/// The practices that are compared, as far as their rates are shown, and those of which the limits do not hold the rate of all.
#[derive(Debug, Clone, PartialEq)]
struct StandingOut<'l> {
    compared: usize,
    /// The highest first.
    above: Vec<(&'l str, Rate)>,
    /// The lowest last.
    below: Vec<(&'l str, Rate)>,
}

impl<'l> StandingOut<'l> {
    fn of(lines: &'l [Line], all: f64) -> Self {
        let rated = |line: &'l Line| {
            let rate = line.rate.as_ref()?.as_ref().ok()?;
            line.code.map(|_| (line.name.as_str(), *rate))
        };
        let mut rated: Vec<_> = lines.iter().filter_map(rated).collect();
        rated.sort_by(|(_, one), (_, other)| other.value.total_cmp(&one.value));
        let those = |stands: fn(&Rate, f64) -> bool| {
            let stand = rated.iter().filter(|(_, rate)| stands(rate, all));
            stand.copied().collect()
        };
        Self {
            compared: rated.len(),
            above: those(|rate, all| rate.lower.is_some_and(|lower| lower > all)),
            below: those(|rate, all| rate.upper < all),
        }
    }

    fn headline(&self) -> String {
        let practices = |some: usize| match some {
            1 => "1 practice".to_owned(),
            some => format!("{some} practices"),
        };
        match (self.above.len(), self.below.len()) {
            (0, below) => format!("{} below the rate of all together", practices(below)),
            (above, 0) => format!("{} above the rate of all together", practices(above)),
            (above, below) => format!(
                "{} above the rate of all together, {below} below",
                practices(above)
            ),
        }
    }

    fn by_chance(&self) -> String {
        let expected = (self.compared + BY_CHANCE / 2) / BY_CHANCE;
        let many = match expected {
            0 => "hardly any".to_owned(),
            some => format!("about {some}"),
        };
        format!(
            "{} practices have a rate that is shown; {many} would stand out by chance alone.",
            self.compared
        )
    }
}

/// The chart, or that nobody stands out. Nothing where there is nothing to compare.
pub(super) fn chart(lines: &[Line], all: &Line, period: Period) -> Markup {
    let Some(Ok(all)) = &all.rate else {
        return html! {};
    };
    let out = StandingOut::of(lines, all.value);
    if out.compared < 2 {
        return html! {};
    }
    let above = out.above.iter().map(|one| bar(one, all, "Above"));
    let bars: Vec<Bar> = above
        .chain(out.below.iter().map(|one| bar(one, all, "Below")))
        .collect();
    if bars.is_empty() {
        return html! {
            p { "No practice stands out: the limits of each hold the rate of all practices together, " (format!("{:.1}", all.value)) " admissions per 1,000 people." }
        };
    }
    let columns = [
        "Practice",
        "Per 1,000, with 95% limits",
        "All practices",
        "Stands",
    ];
    let chart = BarChart {
        mark_word: "All practices together",
        columns: columns.map(str::to_owned).to_vec(),
        words_last: true,
        description: format!(
            "{} bars, the highest rate first, each beside the rate of all practices together. The table has their numbers.",
            bars.len()
        ),
        ..BarChart::new(
            "standing-out",
            out.headline(),
            format!(
                "Emergency admissions per 1,000 people, ages evened out, {}",
                period.words()
            ),
            bars,
        )
    };
    html! { (chart) p { (out.by_chance()) } }
}

fn bar((name, rate): &(&str, Rate), all: &Rate, stands: &str) -> Bar {
    let written = format!("{:.1}", rate.value);
    Bar {
        interval: Some((rate.lower.unwrap_or_default(), rate.upper)),
        mark: Some(all.value),
        cells: vec![
            in_words(rate),
            format!("{:.1}", all.value),
            stands.to_owned(),
        ],
        ..Bar::amount(*name, Some(rate.value), written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admission::publish::Row;

    fn line(name: &str, code: Option<&str>, rate: Option<(f64, f64, f64)>) -> Line {
        let rate = rate.map(|(lower, value, upper)| {
            let lower = (lower > 0.0).then_some(lower);
            Ok(Rate {
                value,
                lower,
                upper,
            })
        });
        Line {
            code: code.map(|code| code.parse().unwrap()),
            name: name.to_owned(),
            row: Row::default(),
            people: 100,
            rate,
            reviewed: None,
            avoidable: None,
        }
    }

    fn names<'l>(some: &[(&'l str, Rate)]) -> Vec<&'l str> {
        some.iter().map(|(name, _)| *name).collect()
    }

    fn lines() -> Vec<Line> {
        vec![
            line("Low", Some("J81001"), Some((10.0, 20.0, 79.9))),
            line("Wide", Some("J81002"), Some((79.0, 150.0, 300.0))),
            line("Higher", Some("J81003"), Some((80.1, 90.0, 100.0))),
            line("Highest", Some("J81004"), Some((100.0, 120.0, 140.0))),
            line("On the limit", Some("J81005"), Some((80.0, 90.0, 100.0))),
            line("Few", Some("J81006"), Some((0.0, 1.0, 200.0))),
            line("Not shown", Some("J81007"), None),
            line("No practice on record", None, Some((500.0, 600.0, 700.0))),
        ]
    }

    #[test]
    fn those_whose_limits_do_not_hold_the_rate_of_all_stand_out() {
        let lines = lines();
        let out = StandingOut::of(&lines, 80.0);
        assert_eq!(names(&out.above), ["Highest", "Higher"]);
        assert_eq!(names(&out.below), ["Low"]);
        assert_eq!(
            out.compared, 6,
            "as far as rates are shown, and of practices alone"
        );
        assert_eq!(
            out.headline(),
            "2 practices above the rate of all together, 1 below"
        );
        assert!(
            out.by_chance()
                .starts_with("6 practices have a rate that is shown; hardly any")
        );
    }

    #[test]
    fn what_is_not_shown_is_not_in_the_chart_and_nothing_is_drawn_of_nothing() {
        let period = Period::latest("2026-11-24".parse().unwrap());
        let all = line("All", None, Some((70.0, 80.0, 90.0)));
        let drawn = chart(&lines(), &all, period).into_string();
        assert!(
            drawn.contains("Highest") && drawn.contains("120.0 (100.0 to 140.0)"),
            "{drawn}"
        );
        assert!(!drawn.contains("Not shown") && !drawn.contains("No practice on record"));
        let alike = [
            line("One", Some("J81001"), Some((70.0, 81.0, 90.0))),
            line("Other", Some("J81002"), Some((70.0, 79.0, 90.0))),
        ];
        let drawn = chart(&alike, &all, period).into_string();
        assert!(
            drawn.contains("No practice stands out") && !drawn.contains("<svg"),
            "{drawn}"
        );
        assert_eq!(
            chart(&alike, &line("All", None, None), period).into_string(),
            ""
        );
        assert_eq!(chart(&[], &all, period).into_string(), "");
    }
}
