//! The assessment against a second reading of the rules that counts steps one by one, and what must hold of any.

use proptest::prelude::*;
use stour_charging::{
    Assessment, Income, NotCounted, Outcome, Property, Setting, Situation, assess,
};
use stour_kernel::Pence;

use crate::support::{rates, tables};

/// A case in bare numbers, pence.
#[derive(Debug, Clone)]
pub(crate) struct Bare {
    setting: Setting,
    cost: i64,
    own: i64,
    joint: i64,
    ignored: i64,
    /// Each kind's code with an amount.
    income: Vec<(&'static str, i64)>,
    housing: i64,
    disability: Option<i64>,
    premium: bool,
    shares: bool,
    home: Option<(i64, i64, u16, bool, u32)>,
    /// Other property and what is owed on it.
    other: (i64, i64),
    minimum: i64,
}

const KINDS: [&str; 7] = [
    "state-pension",
    "work-pension",
    "benefits",
    "disability-care",
    "disability-mobility",
    "earnings",
    "other",
];

prop_compose! {
    pub(crate) fn bare()(
        setting in prop::sample::select(Setting::ALL.to_vec()),
        cost in 0..200_000_i64,
        own in prop_oneof![0..3_000_000_i64, 1_424_990..1_425_010_i64, 2_324_990..2_325_010_i64],
        joint in prop_oneof![Just(0), 0..4_000_000_i64],
        ignored in prop_oneof![Just(0), 0..3_000_000_i64],
        income in prop::collection::vec((prop::sample::select(KINDS.to_vec()), 0..60_000_i64), 0..6),
        housing in 0..20_000_i64,
        disability in prop::option::of(0..10_000_i64),
        premium: bool,
        shares: bool,
        home in prop::option::of((0..40_000_000_i64, 0..20_000_000_i64, 0..=10_000_u16, any::<bool>(), 0..20_u32)),
        other in prop_oneof![Just((0, 0)), (0..3_000_000_i64, 0..3_000_000_i64)],
        minimum in prop_oneof![Just(0), 0..2_000_i64],
    ) -> Bare {
        Bare { setting, cost, own, joint, ignored, income, housing, disability, premium, shares, home, other, minimum }
    }
}

impl Bare {
    pub(crate) fn situation(&self) -> Situation<'static> {
        Situation {
            circumstance: "single-25-plus",
            premiums: if self.premium {
                vec!["disability-single"]
            } else {
                vec![]
            },
            savings: Pence::new(self.own),
            joint_savings: Pence::new(self.joint),
            not_counted: vec![NotCounted {
                label: "In trust".to_owned(),
                amount: Pence::new(self.ignored),
                why: "it is in trust".to_owned(),
            }],
            property: self
                .home
                .map(|(value, owed, share, partner, weeks_in_care)| Property {
                    value: Pence::new(value),
                    owed: Pence::new(owed),
                    share,
                    reason: partner.then_some("partner-lives-there"),
                    weeks_in_care,
                    deferred: false,
                }),
            other_property: Pence::new(self.other.0),
            other_property_owed: Pence::new(self.other.1),
            income: self
                .income
                .iter()
                .map(|(kind, weekly)| Income {
                    kind,
                    weekly: Pence::new(*weekly),
                })
                .collect(),
            shares_pension: self.shares,
            housing: Pence::new(self.housing),
            disability_costs: self.disability.map(Pence::new),
            ..Situation::new(self.setting, Pence::new(self.cost))
        }
    }

    pub(crate) fn assessed(&self) -> Assessment {
        let tables = tables();
        let rates = rates(&tables, &[("minimum-contribution", self.minimum)]);
        assess(&self.situation(), &rates).unwrap()
    }

    /// Capital that counts, by the text of the rules.
    fn capital(&self) -> i64 {
        let other = (self.other.0 - self.other.1).max(0);
        let other = (other - self.other.0 / 10).max(0);
        let liquid = (self.own + self.joint / 2 - self.ignored).max(0) + other;
        let Some((value, owed, share, partner, weeks)) = self.home else {
            return liquid;
        };
        // Whoever lives in it, or goes back to it, keeps it out of the sum.
        if partner || self.setting != Setting::Permanent || weeks < 12 {
            return liquid;
        }
        let share_of = |pence: i64| pence * i64::from(share) / 10_000;
        let mine = share_of(value);
        let free = (mine - share_of(owed)).max(0);
        liquid + (free - mine / 10).max(0)
    }

    fn weekly(&self) -> i64 {
        let capital = self.capital();
        if capital > 2_325_000 {
            return self.cost;
        }
        let mut tariff = 0;
        let mut reached = 1_425_000;
        while reached < capital {
            tariff += 100;
            reached += 25_000;
        }
        let mut income = 0;
        for (kind, weekly) in &self.income {
            income += match (*kind, self.setting) {
                ("earnings" | "disability-mobility", _)
                | ("disability-care", Setting::Temporary) => 0,
                ("work-pension", Setting::Permanent) if self.shares => weekly / 2,
                _ => *weekly,
            };
        }
        let keeps = match self.setting {
            Setting::Home => {
                let premium = if self.premium { 4965 } else { 0 };
                11_250 + premium + self.housing + self.disability.unwrap_or(0)
            }
            Setting::Temporary => 3065 + self.housing,
            Setting::Permanent => 3065,
        };
        let asked = (income + tariff - keeps).max(0).min(self.cost);
        if asked < self.minimum { 0 } else { asked }
    }
}

proptest! {
    #[test]
    fn it_agrees_with_a_second_reading(bare in bare()) {
        let found = bare.assessed();
        prop_assert_eq!(found.capital, Pence::new(bare.capital()));
        prop_assert_eq!(found.weekly, Pence::new(bare.weekly()));
    }

    #[test]
    fn every_total_is_the_sum_of_its_lines(bare in bare()) {
        let found = bare.assessed();
        for step in &found.steps {
            let sum: i64 = step.lines.iter().map(|line| line.amount.as_i64()).sum();
            prop_assert_eq!(step.total.as_i64(), sum);
        }
        prop_assert_eq!(found.steps.last().unwrap().total, found.weekly);
        prop_assert_eq!(found.weekly.as_i64() + found.deferred.as_i64() + found.council.as_i64(), bare.cost);
        prop_assert!(found.weekly.as_i64() >= 0);
        if found.outcome == Outcome::Contribution {
            let last = found.steps.last().unwrap();
            for step in &found.steps[1..3] {
                let carried = last.lines.iter().find(|line| line.label == step.title).unwrap();
                prop_assert_eq!(carried.amount.as_i64().abs(), step.total.as_i64().abs());
            }
        }
    }

    #[test]
    fn more_savings_income_or_cost_never_cost_less(bare in bare(), more in 1..500_000_i64) {
        let before = bare.assessed().weekly;
        for richer in [
            Bare { own: bare.own + more, ..bare.clone() },
            Bare { joint: bare.joint + more, ..bare.clone() },
            Bare { cost: bare.cost + more, ..bare.clone() },
            Bare { income: [bare.income.clone(), vec![("other", more)]].concat(), ..bare.clone() },
        ] {
            prop_assert!(richer.assessed().weekly >= before);
        }
        for needier in [
            Bare { housing: bare.housing + more, ..bare.clone() },
            Bare { ignored: bare.ignored + more, ..bare.clone() },
            Bare { disability: Some(bare.disability.unwrap_or(0) + more), ..bare.clone() },
        ] {
            prop_assert!(needier.assessed().weekly <= before);
        }
    }
}
