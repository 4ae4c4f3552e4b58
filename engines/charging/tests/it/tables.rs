//! Tables are refused whole where anything in them cannot be right.

use stour_charging::Tables;

use crate::support::{DORSET, ENGLAND, day, tables};

const KIND: &str =
    "[[kind]]\ncode = \"limit\"\nlabel = \"Limit\"\nunit = \"money\"\nmeaning = \"A limit\"\n";

fn nation(rates: &str) -> Result<Tables, stour_charging::TableError> {
    let text = format!("area = \"N\"\nname = \"Nation\"\n{KIND}{rates}");
    Tables::read(("nation.toml", &text), &[])
}

fn rate(middle: &str) -> String {
    format!("[[rate]]\nkind = \"limit\"\n{middle}\nstatus = \"published\"\n")
}

#[test]
fn a_rate_has_a_kind_a_unit_a_period_and_a_source() {
    let good = "amount = \"1.00\"\nstarts = 2025-04-01\nsource = \"a circular\"";
    assert!(nation(&rate(good)).is_ok());
    for (bad, says) in [
        (
            "weeks = 1\nstarts = 2025-04-01\nsource = \"a circular\"",
            "another unit",
        ),
        (
            "amount = \"-1.00\"\nstarts = 2025-04-01\nsource = \"a circular\"",
            "less than nothing",
        ),
        (
            "amount = \"1.00\"\nstarts = 2025-04-01\nsource = \" \"",
            "no source",
        ),
        (
            "amount = \"1.00\"\nweeks = 2\nstarts = 2025-04-01\nsource = \"a\"",
            "one of",
        ),
        (
            "amount = \"1.00\"\nstarts = 2025-04-01\nends = 2025-04-01\nsource = \"a\"",
            "not after",
        ),
        (
            "amount = \"1.00\"\nstarts = 2025-04-01T09:00:00\nsource = \"a\"\nwho = 1",
            "unknown field",
        ),
    ] {
        let error = nation(&rate(bad)).unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
    }
    let twice = format!("{}{}", rate(good), rate(good));
    assert!(nation(&twice).unwrap_err().reason.contains("another in"));
    let unknown = rate(good).replace("\"limit\"", "\"other\"");
    assert!(
        nation(&unknown)
            .unwrap_err()
            .reason
            .contains("no such kind")
    );
}

#[test]
fn a_council_comes_before_the_nation_only_while_its_own_is_in_force() {
    let own = "area = \"C\"\nname = \"Council\"\n[[rate]]\nkind = \"personal-expenses-allowance\"\namount = \"40.00\"\n\
               starts = 2025-05-01\nends = 2025-06-01\nsource = \"its charging policy\"\nstatus = \"published\"\n";
    let tables = Tables::read(("england.toml", ENGLAND), &[("c.toml", own)]).unwrap();
    let amount = |day: &str| {
        let rates = tables.on("C", day.parse().unwrap()).unwrap();
        let rate = rates.published("personal-expenses-allowance").unwrap();
        rate.amount.to_string()
    };
    assert_eq!(amount("2024-12-01"), "£30.15");
    assert_eq!(amount("2025-04-30"), "£30.65");
    assert_eq!(amount("2025-05-01"), "£40.00");
    assert_eq!(amount("2025-06-01"), "£30.65");
    assert!(tables.on("E06000059", day()).is_none());
}

#[test]
fn councils_have_no_kinds_of_their_own_and_come_once() {
    let kind = format!("{DORSET}\n{KIND}");
    assert!(Tables::read(("england.toml", ENGLAND), &[("d.toml", &kind)]).is_err());
    let twice = [("d.toml", DORSET), ("e.toml", DORSET)];
    assert!(Tables::read(("england.toml", ENGLAND), &twice).is_err());
}

#[test]
fn the_partnerships_tables_say_what_they_do_not_know() {
    let tables = tables();
    let rates = tables.on("E06000058", day()).unwrap();
    let unknown: Vec<_> = tables
        .kinds()
        .iter()
        .filter(|kind| rates.published(&kind.code).is_none())
        .map(|kind| kind.code.as_str())
        .collect();
    assert_eq!(
        unknown,
        [
            "minimum-income-guarantee/single-pension-age",
            "minimum-income-guarantee/couple-working-age",
            "minimum-income-guarantee/couple-pension-age",
            "premium/carer",
            "minimum-contribution",
            "disability-expenditure-allowance",
        ]
    );
    let names: Vec<_> = tables
        .councils()
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    assert_eq!(
        names,
        [
            "Bournemouth, Christchurch and Poole Council",
            "Dorset Council"
        ]
    );
}
