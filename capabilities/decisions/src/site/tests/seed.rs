//! The record that comes with the product, held against the notes that it was made from.

use serde_json::Value;
use stour_kernel::testing::reference_data;
use stour_register::{Around, in_force};
use stour_web::testing::{Site, each_house};

use crate::capability;
use crate::record::{Record, Seen};
use crate::testing::shipped;

fn seed() -> Option<Value> {
    let path = reference_data("programme/decisions_2024.json")?;
    let text = std::fs::read_to_string(path).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

fn record(site: &Site) -> Record {
    shipped(site);
    let entries = site
        .database()
        .read_blocking(|tx| in_force(tx, crate::SCOPE));
    let around = Around::new(entries.unwrap());
    Record::of(&around, Seen::Published, site.environment().today())
}

/// The text without what depends on how it was typed.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.collect::<String>().to_lowercase()
}

fn each(test: impl Fn(&Record, &Value)) {
    let Some(seed) = seed() else { return };
    each_house(|| vec![capability()], |site| test(&record(&site), &seed));
}

#[test]
fn what_the_committee_raised_commented_and_recommended_is_all_there() {
    each(|record, seed| {
        let raised: Vec<&str> = record
            .issues
            .iter()
            .map(|issue| issue.title.as_str())
            .collect();
        let said: Vec<&str> = seed["issues_raised"]
            .as_array()
            .unwrap()
            .iter()
            .map(|issue| issue.as_str().unwrap())
            .collect();
        assert_eq!(raised, said);
        assert_eq!(
            record.comments.iter().count(),
            seed["committee_comments_to_cabinet"]
                .as_array()
                .unwrap()
                .len()
        );
        let made = record
            .recommendations
            .iter()
            .filter(|made| made.item == Some(2));
        let recommended = seed["recommendations"].as_array().unwrap();
        let made: Vec<_> = made.collect();
        assert_eq!(made.len(), recommended.len());
        for (made, seed) in made.iter().zip(recommended) {
            assert_eq!(seed["ref"], made.letter);
            assert_eq!(seed["verb"], made.verb);
            // The notes leave out words in the middle.
            for part in seed["text"].as_str().unwrap().split("...") {
                assert!(plain(&made.text).contains(&plain(part)), "{part}");
            }
        }
        let delegation = record.delegations.get(Some(2)).unwrap();
        assert_eq!(recommended[2]["to"], delegation.to);
        let consulting: Vec<Value> = delegation
            .consulting
            .iter()
            .map(|one| one.as_str().into())
            .collect();
        assert_eq!(
            recommended[2]["in_consultation_with"],
            Value::Array(consulting)
        );
        let presented = &record.items.get(Some(2)).unwrap().presented_by;
        assert_eq!(seed["presented_by"], serde_json::json!(presented));
    });
}

#[test]
fn what_was_raised_and_commented_is_in_the_words_of_the_minutes() {
    let Some(path) = reference_data("../seeds/000_3edbea68b9fc72da.txt") else {
        return;
    };
    let minutes = plain(&std::fs::read_to_string(path).unwrap());
    each(|record, _| {
        let at = |item: Option<i64>| item == Some(2);
        let mut quoted: Vec<String> = Vec::new();
        for issue in record.issues.iter().filter(|issue| at(issue.item)) {
            quoted.push(format!("{}{}", issue.title, issue.paragraphs.join("")));
        }
        for comment in record.comments.iter().filter(|comment| at(comment.item)) {
            // The minutes name the Committee once for two suggestions.
            let text = comment
                .text
                .replace("The Committee suggested that Cabinet", "Cabinet");
            quoted.push(text);
        }
        for made in record.recommendations.iter().filter(|made| at(made.item)) {
            quoted.push(format!("({}) {}", made.letter, made.text));
        }
        assert_eq!(quoted.len(), 6 + 3 + 3);
        for words in &quoted {
            assert!(minutes.contains(&plain(words)), "{words}");
        }
    });
}

#[test]
fn what_was_seen_in_part_says_where_the_page_ended() {
    each_house(
        || vec![capability()],
        |site| {
            let record = record(&site);
            let cut = "… [the page as seen ends here]";
            for number in [5, 6] {
                let made = record.recommendations.get(Some(number)).unwrap();
                assert!(made.text.ends_with(cut), "{}", made.text);
            }
            for number in [4, 6] {
                let decided = record.resolutions.get(Some(number)).unwrap();
                assert!(decided.text.ends_with(cut), "{}", decided.text);
            }
            let board = record.minutes.iter().find(|minute| minute.item == Some(7));
            assert!(board.unwrap().paragraphs.last().unwrap().ends_with(cut));
            // What nobody said, but follows from what was seen, is told as that.
            let partly = record.recommendations.get(Some(2)).unwrap();
            assert_eq!(partly.outcome.code, "partly");
            for note in [
                &partly.note,
                &record.commitments.get(Some(7)).unwrap().note,
                &record.items.get(Some(7)).unwrap().note,
                &record.items.get(Some(12)).unwrap().note,
            ] {
                assert!(note.contains("inferred"), "{note}");
            }
        },
    );
}

#[test]
fn the_vote_is_nought_against_and_unknown_otherwise() {
    each(|record, seed| {
        let vote = record.votes.get(Some(1)).unwrap();
        assert_eq!(seed["voting"]["for"], serde_json::json!(vote.votes_for));
        assert_eq!(seed["voting"]["against"], serde_json::json!(vote.against));
        assert_eq!(seed["voting"]["abstain"], serde_json::json!(vote.abstain));
        assert_eq!(vote.method, "nem-con");
    });
}

#[test]
fn each_step_that_was_published_has_its_day_its_number_and_its_page() {
    each(|record, seed| {
        for step in seed["chain_seen_in_public_pages"].as_array().unwrap() {
            let body = step["body"].as_str().unwrap();
            let page = step["page"].as_str().unwrap();
            let found = record.items.iter().find(|item| {
                let meeting = record.meeting_of(item).unwrap();
                let date = meeting.date.map(|date| date.to_string());
                let same_day = match step["date"].as_str() {
                    Some(day) => date.as_deref() == Some(day),
                    None => true,
                };
                let number = step["item"].as_i64();
                same_day
                    && number.is_none_or(|number| item.minuted_as == number.to_string())
                    && record.committee_of(item).unwrap().name == body
                    && (item.source == page || meeting.source == page)
            });
            assert!(found.is_some(), "{step}");
        }
    });
}

#[test]
fn the_figures_of_the_review_are_those_that_were_published() {
    each(|record, seed| {
        let review: Vec<&str> = record
            .minutes
            .iter()
            .filter(|minute| minute.item == Some(6))
            .flat_map(|minute| minute.paragraphs.iter().map(String::as_str))
            .collect();
        let review = review.join(" ");
        for figure in seed["benefit_actuals_2025_12_01"].as_array().unwrap() {
            for name in ["baseline", "actual", "target", "change_pct"] {
                if let Some(value) = figure[name].as_f64() {
                    let words = value.abs().to_string();
                    assert!(review.contains(&words), "{words} is not in {review}");
                }
            }
        }
        let days: Vec<String> = record
            .meetings
            .iter()
            .filter(|meeting| meeting.number >= 8)
            .map(|meeting| meeting.date.unwrap().to_string())
            .collect();
        assert_eq!(
            days,
            [
                "2013-06-12",
                "2013-06-19",
                "2013-06-24",
                "2013-06-25",
                "2013-06-26"
            ]
        );
        let alone: Vec<String> = record
            .resolutions
            .iter()
            .filter_map(|resolution| Some(resolution.decided?.to_string()))
            .collect();
        assert_eq!(alone, ["2013-06-28", "2013-07-05"]);
    });
}

#[test]
fn nothing_that_ships_breaks_a_rule_and_what_is_missing_is_what_was_not_published() {
    each_house(
        || vec![capability()],
        |site| {
            shipped(&site);
            let entries = site
                .database()
                .read_blocking(|tx| in_force(tx, crate::SCOPE));
            let around = Around::new(entries.unwrap());
            let today = site.environment().today();
            let found = stour_register::lint(&crate::staff::registers::REGISTER, &around, today);
            let missing = |kind: &str, field: &str| {
                let of_kind = found
                    .iter()
                    .filter(|one| one.kind == kind && one.field == field);
                of_kind.count()
            };
            let wrong: Vec<_> = found.iter().filter(|one| !one.is_missing).collect();
            assert!(wrong.is_empty(), "{wrong:?}");
            assert_eq!(missing("committee", "members"), 9);
            assert_eq!(missing("meeting", "date"), 2);
            assert_eq!(missing("commitment", "owner"), 6);
            assert_eq!(missing("commitment", "due"), 6);
            assert_eq!(found.len(), 9 + 2 + 6 + 6, "{found:?}");
        },
    );
}
