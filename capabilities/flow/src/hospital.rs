//! A list over several hospitals, of one of them where that is asked for.

use std::collections::BTreeMap;

use stour_design::{Markup, SectionNavigation, html};
use stour_kernel::OdsCode;

use crate::shown;

/// The hospitals of a list, and the one that is asked for: `?hospital=R0D`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hospitals {
    /// How many rows each has.
    counts: BTreeMap<OdsCode, usize>,
    chosen: Option<OdsCode>,
}

impl Hospitals {
    /// Those of the rows of a whole list. A hospital of which there is no row can be asked for where the partnership has it:
    /// the last of its people may have left since. What is none is as though all were asked for.
    pub(crate) fn of(rows: impl IntoIterator<Item = OdsCode>, asked: &str) -> Self {
        let mut counts = BTreeMap::new();
        for hospital in rows {
            *counts.entry(hospital).or_default() += 1;
        }
        let chosen = asked.parse().ok();
        let is_known = |one: &OdsCode| counts.contains_key(one) || shown::is_in_partnership(one);
        let chosen = chosen.filter(is_known);
        if let Some(chosen) = chosen {
            counts.entry(chosen).or_default();
        }
        Self { counts, chosen }
    }

    /// Whether a row of a hospital is asked for.
    pub(crate) fn shows(&self, hospital: OdsCode) -> bool {
        self.chosen.is_none_or(|chosen| chosen == hospital)
    }

    /// What an address adds to its query to stay with them.
    pub(crate) fn query(&self) -> String {
        self.chosen
            .map_or_else(String::new, |chosen| format!("&hospital={chosen}"))
    }

    /// The ways to each and to all of them, from an address with a query. Nothing where there is one only.
    pub(crate) fn ways(&self, address: &str) -> Markup {
        let all: usize = self.counts.values().sum();
        let all = (
            format!("All hospitals ({all})"),
            address.to_owned(),
            self.chosen.is_none(),
        );
        let each = self.counts.iter().map(|(hospital, rows)| {
            let words = format!("{} ({rows})", shown::organisation_name(hospital));
            let to = format!("{address}&hospital={hospital}");
            (words, to, self.chosen == Some(*hospital))
        });
        html! {
            @if self.counts.len() > 1 || self.chosen.is_some() {
                (SectionNavigation::new("Hospitals", std::iter::once(all).chain(each)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Hospitals;

    fn of(rows: &[&str], asked: &str) -> Hospitals {
        Hospitals::of(rows.iter().map(|code| code.parse().unwrap()), asked)
    }

    #[test]
    fn one_hospital_of_several_is_shown_where_it_is_asked_for() {
        let (bournemouth, dorchester) = ("R0D".parse().unwrap(), "RBD".parse().unwrap());
        let all = of(&["R0D", "RBD", "R0D"], "");
        assert!(all.shows(bournemouth) && all.shows(dorchester));
        let ways = all.ways("/hub?page=1").into_string();
        assert!(
            ways.contains("All hospitals (3)") && ways.contains("hospital=RBD"),
            "{ways}"
        );
        assert_eq!(all.query(), "");
        let one = of(&["R0D", "RBD", "R0D"], "RBD");
        assert!(one.shows(dorchester) && !one.shows(bournemouth));
        assert_eq!(one.query(), "&hospital=RBD");
    }

    #[test]
    fn a_list_of_one_hospital_offers_no_choice_and_one_that_has_emptied_stays_chosen() {
        assert_eq!(of(&["R0D"], "").ways("/hub?page=1").into_string(), "");
        let emptied = of(&["R0D"], "RBD");
        assert!(!emptied.shows("R0D".parse().unwrap()));
        assert!(emptied.ways("/hub?page=1").into_string().contains("(0)"));
    }

    #[test]
    fn what_is_no_hospital_counts_as_all() {
        for asked in ["ZZ9", "<script>", "R0D RBD", "-1"] {
            assert!(of(&["R0D"], asked).shows("R0D".parse().unwrap()), "{asked}");
        }
    }
}
