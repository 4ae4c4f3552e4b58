//! One block: people drawn by age, gathered into households, named, and given what happened to them.

use stour_kernel::{NhsNumber, OdsCode};

use crate::address;
use crate::age::AgeBand;
use crate::calendar::Day;
use crate::condition::{CONDITIONS, Conditions, Frailty};
use crate::history::{self, Subject, Told};
use crate::household::{Household, HouseholdKind};
use crate::person::{Address, Person, Relationship, Sex};
use crate::random::{Purpose, Random, Seed, whole};
use crate::tables::{CouncilTable, Tables};

mod carers;
mod gather;
mod naming;

use gather::{Group, Role};

/// A person before having a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draft {
    pub(crate) age: i32,
    pub(crate) born: Day,
    pub(crate) died: Option<Day>,
    pub(crate) sex: Sex,
    pub(crate) frailty: Frailty,
    pub(crate) conditions: Conditions,
    pub(crate) role: Role,
}

impl Draft {
    pub(crate) fn band(&self) -> AgeBand {
        AgeBand::of(self.age)
    }
}

/// The households of a block whose people start at index `first`.
pub(crate) fn households(
    tables: &Tables,
    seed: Seed,
    block: u64,
    first: u64,
    people: usize,
) -> Vec<Household> {
    let mut random = seed.stream(Purpose::Households, block);
    let mut groups = Vec::new();
    for (council, drafts) in by_council(tables, people, &mut random) {
        gather::groups(&tables.rates, council, drafts, &mut random, &mut groups);
    }
    random.shuffle(&mut groups);

    let mut settled = Vec::with_capacity(groups.len());
    let mut next = first;
    for group in groups {
        let key = format!("household-{block}-{}", settled.len());
        let from = next;
        next += u64::try_from(group.members.len()).unwrap_or(0);
        settled.extend(settle(tables, seed, key, group, from, &mut random));
    }
    let caring = carers::draw(&settled, &mut seed.stream(Purpose::Carers, block));
    settled
        .into_iter()
        .map(|home| finish(tables, home, &caring))
        .collect()
}

/// Drafts of people, by the council they live in.
fn by_council<'a>(
    tables: &'a Tables,
    people: usize,
    random: &mut Random,
) -> Vec<(&'a CouncilTable, Vec<Draft>)> {
    let mut pools: Vec<_> = tables
        .councils
        .iter()
        .map(|council| (council, Vec::new()))
        .collect();
    for _ in 0..people {
        let drawn = tables.council_shares.draw(random);
        if let Some((council, pool)) = pools.get_mut(drawn) {
            pool.push(draft(tables, council, random));
        }
    }
    pools
}

fn draft(tables: &Tables, council: &CouncilTable, random: &mut Random) -> Draft {
    let rates = &tables.rates;
    let age = i32::try_from(council.ages.draw(random)).unwrap_or(0);
    let band = AgeBand::of(age);
    let born = -whole((f64::from(age) + random.unit()) * 365.2425);
    let is_dead = random.chance(rates.death_within_history(age));
    let died = is_dead.then(|| random.between((1 - rates.history_days).max(born + 1).min(0), 0));
    let sex = if random.chance(rates.female_share.at(band)) {
        Sex::Female
    } else {
        Sex::Male
    };
    let mut conditions = Conditions::default();
    for (place, condition) in CONDITIONS.iter().enumerate() {
        if random.chance(condition.prevalence.at(band)) {
            conditions.add(place);
        }
    }
    let mut frailty = frailty(tables, band, random);
    if is_dead {
        // Those who died were frailer than those of their age who did not.
        frailty = frailty.max(self::frailty(tables, band, random));
    }
    Draft {
        age,
        born,
        died,
        sex,
        frailty,
        conditions,
        role: Role::Adult,
    }
}

fn frailty(tables: &Tables, band: AgeBand, random: &mut Random) -> Frailty {
    let rates = &tables.rates;
    let drawn = random.unit();
    let severe = rates.frailty_severe.at(band);
    let moderate = severe + rates.frailty_moderate.at(band);
    let mild = moderate + rates.frailty_mild.at(band);
    match drawn {
        low if low < severe => Frailty::Severe,
        low if low < moderate => Frailty::Moderate,
        low if low < mild => Frailty::Mild,
        _ => Frailty::Fit,
    }
}

/// A household with an address and named people, before it is known who cares for whom.
pub(crate) struct Settled {
    key: String,
    kind: HouseholdKind,
    address: Address,
    practice: OdsCode,
    pub(crate) members: Vec<Member>,
}

/// A named person of a settled household, with what happened.
pub(crate) struct Member {
    pub(crate) index: u64,
    pub(crate) draft: Draft,
    /// Cares for someone, if there is someone to care for.
    pub(crate) is_carer: bool,
    nhs_number: NhsNumber,
    family_name: String,
    given_names: Vec<String>,
    telephone: Option<String>,
    restricted: bool,
    objection: bool,
    told: Told,
}

impl Member {
    pub(crate) fn is_alive(&self) -> bool {
        self.told.died.is_none()
    }
}

fn settle(
    tables: &Tables,
    seed: Seed,
    key: String,
    group: Group<'_>,
    first: u64,
    random: &mut Random,
) -> Option<Settled> {
    let (key, address, practice) = if let Some(home) = group.home {
        (home.key.clone(), home.address.clone(), home.practice)
    } else {
        let (address, practice) = address::home(tables, group.council, random)?;
        (key, address, practice)
    };
    let names = naming::names(tables, group.kind, &group.members, random);
    let people = (first..).zip(group.members).zip(names);
    let members = people
        .filter_map(|((index, draft), name)| {
            let subject = Subject {
                index,
                draft,
                council: group.council,
                imd_decile: address.imd_decile,
                in_care_home: group.home.is_some(),
                is_carer: false,
            };
            member(tables, seed, subject, name)
        })
        .collect();
    Some(Settled {
        key,
        kind: group.kind,
        address,
        practice,
        members,
    })
}

fn member(
    tables: &Tables,
    seed: Seed,
    mut subject: Subject<'_>,
    (family_name, given_names): (String, Vec<String>),
) -> Option<Member> {
    let Subject { index, draft, .. } = subject;
    let rates = &tables.rates;
    let mut random = seed.stream(Purpose::Person, index);
    let has_telephone = draft.age >= 18 && random.chance(rates.telephone);
    subject.is_carer = !subject.in_care_home
        && draft.age >= carers::YOUNGEST
        && random.chance(rates.carers.at(draft.band()));
    Some(Member {
        index,
        draft,
        is_carer: subject.is_carer,
        nhs_number: tables.numbers.at(index)?,
        family_name,
        given_names,
        telephone: has_telephone.then(|| address::telephone(&mut random)),
        restricted: random.chance(rates.restricted),
        objection: random.chance(rates.objection),
        told: history::of(tables, subject, seed.stream(Purpose::History, index)),
    })
}

fn finish(tables: &Tables, home: Settled, caring: &carers::Caring) -> Household {
    let mut relationships = family_ties(&home);
    let Settled {
        key,
        kind,
        address,
        practice,
        members,
    } = home;
    let living = members.iter().filter(|member| member.is_alive()).count();
    let care_home = (kind == HouseholdKind::CareHome).then_some(&key);
    let mut people = Vec::with_capacity(members.len());
    for member in members {
        let from = member.index;
        let carer_of = caring.by(from);
        relationships.extend(carer_of.iter().map(|&to| Relationship {
            from,
            kind: "carer",
            to,
        }));
        let lives_alone = care_home.is_none() && living == 1 && member.is_alive();
        people.push(Person {
            carer_of,
            lives_alone,
            care_home: care_home.cloned(),
            ..person(tables, member, practice)
        });
    }
    Household {
        key,
        kind,
        address,
        people,
        relationships,
    }
}

fn person(tables: &Tables, member: Member, practice: OdsCode) -> Person {
    let calendar = &tables.calendar;
    let Member { draft, told, .. } = member;
    Person {
        index: member.index,
        nhs_number: member.nhs_number,
        family_name: member.family_name,
        given_names: member.given_names,
        sex: draft.sex,
        born: calendar.date(draft.born),
        died: told.died.map(|day| calendar.date(day)),
        telephone: member.telephone,
        practice,
        conditions: draft
            .conditions
            .each()
            .map(|condition| condition.code)
            .collect(),
        frailty: draft.frailty,
        carer_of: Vec::new(),
        restricted: member.restricted,
        objection: member.objection,
        lives_alone: false,
        care_home: None,
        history: told.events,
    }
}

/// Partners, parents and children, brothers and sisters, both ways.
fn family_ties(home: &Settled) -> Vec<Relationship> {
    let mut ties = Vec::new();
    if home.kind == HouseholdKind::CareHome {
        return ties;
    }
    for from in &home.members {
        for to in home.members.iter().filter(|to| to.index != from.index) {
            let kind = match (from.draft.role, to.draft.role) {
                (Role::Partner, Role::Partner) => "spouse-or-partner",
                (Role::Partner | Role::Parent, Role::Child) => "parent",
                (Role::Child, Role::Partner | Role::Parent) => "child",
                (Role::Child, Role::Child) => "sibling",
                _ => continue,
            };
            ties.push(Relationship {
                from: from.index,
                kind,
                to: to.index,
            });
        }
    }
    ties
}
