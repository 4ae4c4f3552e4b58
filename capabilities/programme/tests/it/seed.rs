//! What ships of both programmes is what their papers say: compared with the tables that were extracted from them.

use std::collections::BTreeMap;

use stour_kernel::Pence;
use stour_kernel::testing::reference_data;
use stour_register::{Around, Entry};

use crate::support::{entries, load_shipped, programmes};

/// The rows of a file of the tables; none where they are not at hand.
fn rows(name: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let path = reference_data(&format!("programme/{name}"))?;
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows = reader.deserialize().map(Result::unwrap);
    Some(rows.collect())
}

fn all<'a>(around: &'a Around, kind: &'a str) -> Vec<&'a Entry> {
    around.of_kind(kind).collect()
}

#[test]
fn the_risks_are_those_of_the_paper_word_for_word() {
    let Some(rows) = rows("risks.csv") else {
        return;
    };
    programmes(|site| {
        let around = entries(site, "better-together");
        let risks = all(&around, "risk");
        assert_eq!((risks.len(), rows.len()), (12, 12));
        for (risk, row) in risks.iter().zip(&rows) {
            assert_eq!(risk.number.to_string(), row["no"]);
            for (field, column) in [
                ("description", "description"),
                ("likelihood-given", "likelihood"),
                ("impact-given", "impact"),
                ("owner", "risk_owner"),
                ("action", "mitigating_action"),
                ("action-owner", "action_owner"),
            ] {
                assert_eq!(risk.get(field), row[column], "risk {} {field}", risk.number);
            }
        }
    });
}

#[test]
fn the_issues_are_those_of_the_paper_word_for_word() {
    let Some(rows) = rows("issues.csv") else {
        return;
    };
    programmes(|site| {
        let around = entries(site, "better-together");
        let issues = all(&around, "issue");
        assert_eq!((issues.len(), rows.len()), (2, 2));
        for (issue, row) in issues.iter().zip(&rows) {
            assert_eq!(issue.get("priority"), row["priority"].to_lowercase());
            for (field, column) in [
                ("description", "description"),
                ("owner", "owner"),
                ("action", "action"),
                ("action-owner", "action_owner"),
            ] {
                assert_eq!(
                    issue.get(field),
                    row[column],
                    "issue {} {field}",
                    issue.number
                );
            }
        }
    });
}

#[test]
fn five_roles_have_the_46_responsibilities_of_the_paper() {
    let Some(path) = reference_data("programme/roles.json") else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let paper: BTreeMap<String, Vec<String>> = serde_json::from_str(&text).unwrap();
    programmes(|site| {
        let around = entries(site, "better-together");
        let responsibilities = all(&around, "responsibility");
        assert_eq!(responsibilities.len(), 46);
        let shipped: BTreeMap<String, Vec<String>> = all(&around, "role")
            .into_iter()
            .map(|role| {
                let number = role.number.to_string();
                let of_it = responsibilities
                    .iter()
                    .filter(|entry| entry.get("role") == number);
                let texts = of_it.map(|entry| entry.get("text").to_owned());
                (role.get("title").to_owned(), texts.collect())
            })
            .collect();
        assert_eq!(shipped, paper);
        let counts: Vec<usize> = shipped.values().map(Vec::len).collect();
        assert_eq!(counts, [10, 4, 15, 9, 8], "by name");
    });
}

/// The amounts of a table of figures, in its order.
fn amounts(around: &Around, table: &str) -> Vec<Pence> {
    let figures = all(around, "figure").into_iter();
    figures
        .filter(|figure| figure.get("table") == table)
        .map(|figure| figure.get("amount").parse().unwrap())
        .collect()
}

#[test]
fn the_lines_of_both_tables_of_money_come_to_what_the_paper_states() {
    let (Some(spend), Some(costs)) = (
        rows("gross_spend_2013_14_gbp_m.csv"),
        rows("stage1_costs_gbp.csv"),
    ) else {
        return;
    };
    programmes(|site| {
        let around = entries(site, "better-together");
        let tenths = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
        for (table, rows, column, scale) in [
            ("1", &spend, "gross_spend", 10_000_000),
            ("2", &costs, "estimated_cost", 100),
        ] {
            let paper: Vec<Pence> = rows
                .iter()
                .map(|row| Pence(tenths(&row[column]) * scale))
                .collect();
            let (stated, lines) = paper.split_last().unwrap();
            let shipped = amounts(&around, table);
            assert_eq!(shipped, lines);
            assert_eq!(Pence::checked_sum(shipped), Some(*stated));
            let entry = around.entry("figure-table", table.parse().unwrap());
            let own: Pence = entry.unwrap().get("stated-total").parse().unwrap();
            assert_eq!(own, *stated);
        }
        let stated = |table| {
            around
                .entry("figure-table", table)
                .unwrap()
                .get("stated-total")
        };
        assert_eq!((stated(1), stated(2)), ("1205600000", "2419700"));
    });
}

#[test]
fn all_of_governance_that_the_paper_describes_is_there() {
    programmes(|site| {
        let around = entries(site, "better-together");
        for (kind, count) in [
            ("programme", 1),
            ("board", 14),
            ("relation", 11),
            ("sub-programme", 4),
            ("role", 5),
            ("responsibility", 46),
            ("holder", 8),
            ("quick-win", 9),
            ("capability-offer", 11),
            ("communication", 6),
            ("constraint", 3),
            ("assumption", 6),
            ("outside-dependency", 4),
            ("activity", 26),
        ] {
            assert_eq!(all(&around, kind).len(), count, "{kind}");
        }
        let wins = all(&around, "quick-win");
        let whole = wins.iter().filter(|win| win.get("part-of").is_empty());
        assert_eq!(whole.count(), 4);
        let letters: Vec<&str> = wins.iter().map(|win| win.get("letter")).collect();
        assert_eq!(letters[4..], ["a", "b", "c", "d", "e"]);
        let days: Vec<&str> = all(&around, "capability-offer")
            .iter()
            .map(|offer| offer.get("days"))
            .filter(|days| !days.is_empty())
            .collect();
        assert_eq!(days, ["20"]);
    });
}

#[test]
fn of_the_later_programme_there_is_only_what_is_published() {
    programmes(|site| {
        let around = entries(site, "future-care");
        let workstreams = all(&around, "workstream");
        assert_eq!(workstreams.len(), 6);
        for one in &workstreams {
            assert!(one.get("title").ends_with("(its name is not published)"));
            assert_eq!(one.get("sro"), "");
            assert!(!one.get("unverified").is_empty());
        }
        let kinds = [
            "workstream",
            "role",
            "constraint",
            "risk",
            "issue",
            "communication",
            "board",
        ];
        for kind in kinds {
            for entry in around.of_kind(kind) {
                assert!(
                    entry
                        .get("source")
                        .contains("https://democracy.bcpcouncil.gov.uk/"),
                    "{kind} {} names no page",
                    entry.number
                );
            }
        }
        let cashable = amounts(&around, "1");
        assert_eq!(cashable, [Pence::from_pounds(3_600_000).unwrap()]);
    });
}

#[test]
fn loading_what_ships_twice_changes_nothing() {
    programmes(|site| {
        let again = load_shipped(site);
        assert_eq!((again.added, again.changed), (0, 0));
        assert!(again.unchanged > 200, "{again:?}");
    });
}
