//! Cases put together at random go there and back.

use std::fmt::Write as _;

use proptest::prelude::*;
use stour_programme::workbook::{read, write};

use super::round::MORE;
use super::values;

fn words() -> impl Strategy<Value = String> {
    "[A-Za-z0-9=£\"'\\\\;:#,.éß_-][A-Za-z0-9 =£\"'\\\\;:#,.\n]{0,12}[A-Za-z0-9.\"]"
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn pounds() -> impl Strategy<Value = String> {
    (0..1_000_000_i64, 0..100_u8).prop_map(|(pounds, pence)| {
        let text = stour_kernel::Pence::new(pounds * 100 + i64::from(pence)).to_string();
        quoted(&text)
    })
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        (-1.0e6..1.0e6_f64).prop_map(|number| format!("{number:?}")),
        (0..5_000_i64).prop_map(|number| number.to_string()),
        Just("1e-9".to_owned()),
        Just("1e300".to_owned()),
    ]
}

fn schedule(years: usize) -> impl Strategy<Value = String> {
    prop_oneof![
        number(),
        prop::collection::vec(number(), years).prop_map(|all| format!("[{}]", all.join(", "))),
        prop::collection::vec(number(), 1..4).prop_map(|all| format!("[{}]", all.join(", "))),
    ]
}

fn shares() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("\"council\"".to_owned()),
        number().prop_map(|share| format!("{{ nhs = {share} }}")),
        (number(), number())
            .prop_map(|(one, other)| format!("{{ council = {one}, nhs = {other} }}")),
    ]
}

fn amounts() -> impl Strategy<Value = String> {
    prop::collection::btree_map(2020..2040_i32, pounds(), 1..6).prop_map(|amounts| {
        let years: Vec<String> = amounts
            .iter()
            .map(|(year, amount)| format!("{year} = {amount}"))
            .collect();
        format!("amounts = {{ {} }}\n", years.join(", "))
    })
}

fn driver(years: usize) -> impl Strategy<Value = String> {
    (schedule(years), words(), number(), pounds(), prop::option::of(number())).prop_map(
        |(take_up, unit, impact, value, lag)| {
            let lag = lag.map_or_else(String::new, |lag| format!("lag = {lag}\n"));
            format!(
                "[line.driver]\ncohort = \"c\"\nfirst_year = 2026\nlast_year = 2027\ntake_up = {take_up}\nunit = {}\nimpact = {impact}\nunit_value = {value}\n{lag}",
                quoted(&unit)
            )
        },
    )
}

fn line(years: usize) -> impl Strategy<Value = String> {
    let rest = prop_oneof![amounts(), driver(years)];
    (words(), words(), shares(), prop::option::of(words()), number(), any::<bool>(), rest).prop_map(
        |(name, source, shares, owner, percent, cash, rest)| {
            let owner = owner.map_or_else(String::new, |owner| format!("owner = {}\n", quoted(&owner)));
            let base = if cash { "\"cash\"" } else { "2026" };
            format!(
                "name = {}\nside = \"cost\"\nlayer = \"fiscal\"\nintervention = \"x\"\nsource = {}\npaid_by = {shares}\n{owner}optimism_bias = {{ percent = {percent}, source = \"s\" }}\nprice_base = {base}\n{rest}\n",
                quoted(&name),
                quoted(&source)
            )
        },
    )
}

fn case() -> impl Strategy<Value = String> {
    (1..4_usize).prop_flat_map(|years| {
        let lines = prop::collection::vec(line(years), 1..6);
        let cohorts = prop::collection::vec(schedule(years), 0..4);
        (words(), cohorts, lines, any::<bool>()).prop_map(move |(title, cohorts, lines, more)| {
            let mut text = format!(
                "[case]\ntitle = {}\nyears = \"financial\"\nbase_year = 2026\nlast_year = {}\nprice_base = 2026\n[discount]\nvintage = \"v\"\nbasis = \"b\"\n[[partner]]\nid = \"council\"\nname = \"n\"\nkind = \"agency\"\n",
                quoted(&title),
                2025 + years
            );
            for (place, population) in cohorts.iter().enumerate() {
                writeln!(text, "[[cohort]]\nid = \"c{place}\"\nname = \"n\"\npopulation = {population}\nsource = \"s\"").unwrap();
            }
            for (place, line) in lines.iter().enumerate() {
                write!(text, "[[line]]\nid = \"l{place}\"\n{line}").unwrap();
            }
            if more {
                text.push_str(MORE);
            }
            text
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_case_comes_back_as_it_was(text in case()) {
        let bytes = write(&text, &[]);
        prop_assert!(bytes.is_ok(), "{:?}\n{}", bytes, text);
        let back = read(&bytes.unwrap()).unwrap();
        prop_assert_eq!(values(&back.text), values(&text));
    }
}
