//! Gathers people of given ages into households, so that the ages stay those of the published tables.

use crate::address::CareHome;
use crate::age::AgeBand;
use crate::block::Draft;
use crate::condition::{CONDITIONS, Frailty};
use crate::household::HouseholdKind;
use crate::person::Sex;
use crate::random::{Random, whole};
use crate::rates::Rates;
use crate::tables::{CouncilTable, OLDEST};

/// What someone is in a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// One of a couple, with or without children.
    Partner,
    /// A parent without a partner.
    Parent,
    /// A son or daughter of those above, of any age.
    Child,
    /// Anyone else.
    Adult,
}

/// The people of one household, without names or address.
pub(crate) struct Group<'a> {
    pub(crate) council: &'a CouncilTable,
    pub(crate) kind: HouseholdKind,
    /// The care home, for those in one.
    pub(crate) home: Option<&'a CareHome>,
    pub(crate) members: Vec<Draft>,
}

/// Shares of families with one, two, three and four children at home: an assumption for demonstration.
const CHILDREN: [f64; 4] = [0.43, 0.41, 0.12, 0.04];
/// Age of a mother at the birth of her first child still at home: mean and spread, an assumption for demonstration.
const MOTHERHOOD: (f64, f64) = (29.5, 5.5);
/// Share of people of 18 to 24, and of 25 to 29, not in a couple, who live with a parent: an assumption for
/// demonstration.
const WITH_PARENTS: (f64, f64) = (0.60, 0.30);
/// Share of the others of 18 to 34 who share a home: an assumption for demonstration.
const SHARING: f64 = 0.45;
/// How many times as likely a care home is at each frailty, and with dementia: assumptions for demonstration.
const CARE_HOME_FRAILTY: [f64; 4] = [0.15, 0.5, 1.3, 3.0];
const CARE_HOME_DEMENTIA: f64 = 2.2;

/// Puts everyone of one council into a household, added to `groups`.
pub(crate) fn groups<'a>(
    rates: &Rates,
    council: &'a CouncilTable,
    drafts: Vec<Draft>,
    random: &mut Random,
    groups: &mut Vec<Group<'a>>,
) {
    let mut pool = Pool::new();
    let mut residents: Vec<Vec<Draft>> = council.care_homes.iter().map(|_| Vec::new()).collect();
    for draft in drafts {
        let home = random.below(residents.len());
        match residents.get_mut(home) {
            Some(home) if random.chance(care_home_chance(rates, &draft)) => home.push(draft),
            _ => pool.add(draft),
        }
    }
    for (home, members) in council.care_homes.iter().zip(residents) {
        if !members.is_empty() {
            groups.push(Group {
                council,
                kind: HouseholdKind::CareHome,
                home: Some(home),
                members,
            });
        }
    }
    let mut homes = Vec::new();
    while let Some(children) = pool.siblings(rates, random) {
        homes.push(family(rates, children, &mut pool, random));
    }
    couples(rates, &mut pool, random, &mut homes);
    for (kind, members) in homes {
        groups.push(Group {
            council,
            kind,
            home: None,
            members,
        });
    }
}

type Home = (HouseholdKind, Vec<Draft>);

/// The chance of living in a care home: the share for the age band, more with frailty and dementia, so that the share
/// comes out.
fn care_home_chance(rates: &Rates, draft: &Draft) -> f64 {
    let band = draft.band();
    let share = rates.care_home_share.at(band);
    if share <= 0.0 {
        return 0.0;
    }
    let dementia = if draft.conditions.has("dementia") {
        CARE_HOME_DEMENTIA
    } else {
        1.0
    };
    share * draft.frailty.of(CARE_HOME_FRAILTY) * dementia / mean_weight(rates, band)
}

fn mean_weight(rates: &Rates, band: AgeBand) -> f64 {
    let (mild, moderate, severe) = (
        rates.frailty_mild.at(band),
        rates.frailty_moderate.at(band),
        rates.frailty_severe.at(band),
    );
    let weight = |frailty: Frailty| frailty.of(CARE_HOME_FRAILTY);
    let frailty = (1.0 - mild - moderate - severe) * weight(Frailty::Fit)
        + mild * weight(Frailty::Mild)
        + moderate * weight(Frailty::Moderate)
        + severe * weight(Frailty::Severe);
    let dementia = CONDITIONS
        .iter()
        .find(|condition| condition.code == "dementia");
    let demented = dementia.map_or(0.0, |condition| condition.prevalence.at(band));
    frailty * (1.0 - demented + demented * CARE_HOME_DEMENTIA)
}

/// Children and the adults who bring them up.
fn family(rates: &Rates, mut children: Vec<Draft>, pool: &mut Pool, random: &mut Random) -> Home {
    let eldest = children.iter().map(|child| child.age).max().unwrap_or(0);
    let (mean, spread) = MOTHERHOOD;
    let years = (mean + spread * random.normal()).clamp(17.0, 44.0);
    let age = eldest + whole(years);
    let two = random.chance(rates.two_parents);
    let same_sex = random.chance(rates.same_sex_couples);
    let mut members: Vec<Draft> = pool.adult_near(Sex::Female, age, 9).into_iter().collect();
    if two || members.is_empty() {
        let sex = if same_sex { Sex::Female } else { Sex::Male };
        members.extend(pool.adult_near(sex, age + random.between(-2, 5), 9));
    }
    if members.is_empty() {
        members.extend(pool.any_adult(eldest + 16));
    }
    let role = if members.len() == 2 {
        Role::Partner
    } else {
        Role::Parent
    };
    for parent in &mut members {
        parent.role = role;
    }
    for child in &mut children {
        child.role = Role::Child;
    }
    members.append(&mut children);
    (HouseholdKind::Family, members)
}

/// Everyone left: couples, grown-up children with their parents, sharers, people alone.
fn couples(rates: &Rates, pool: &mut Pool, random: &mut Random, homes: &mut Vec<Home>) {
    let mut adults = pool.drain();
    random.shuffle(&mut adults);
    let mut willing = Pool::new();
    let mut others = Vec::new();
    for adult in adults {
        if random.chance(rates.coupled.at(adult.band())) {
            willing.add(adult);
        } else {
            others.push(adult);
        }
    }
    while let Some(mut one) = willing.oldest() {
        let same = random.chance(rates.same_sex_couples);
        let sex = if same { one.sex } else { one.sex.other() };
        let gap = if one.sex == Sex::Male { 2 } else { 0 };
        match willing.adult_near(sex, (one.age - gap).max(18), 12) {
            Some(mut other) => {
                one.role = Role::Partner;
                other.role = Role::Partner;
                homes.push((HouseholdKind::Couple, vec![one, other]));
            }
            None => others.push(one),
        }
    }
    let mut sharers = Vec::new();
    for adult in others {
        place_single(adult, random, homes, &mut sharers);
    }
    share_homes(sharers, random, homes);
}

fn place_single(
    mut adult: Draft,
    random: &mut Random,
    homes: &mut Vec<Home>,
    sharers: &mut Vec<Draft>,
) {
    let (younger, older) = WITH_PARENTS;
    let at_home = match adult.age {
        18..=24 => younger,
        25..=29 => older,
        _ => 0.0,
    };
    if random.chance(at_home) {
        for _ in 0..16 {
            let tried = random.below(homes.len());
            if let Some((kind, members)) = homes.get_mut(tried)
                && could_be_parents(members, adult.age)
            {
                adult.role = Role::Child;
                members.push(adult);
                *kind = HouseholdKind::Family;
                return;
            }
        }
    }
    if (18..=34).contains(&adult.age) && random.chance(SHARING) {
        sharers.push(adult);
    } else {
        homes.push((HouseholdKind::Single, vec![adult]));
    }
}

fn could_be_parents(members: &[Draft], age: i32) -> bool {
    let mut parents = members
        .iter()
        .filter(|member| matches!(member.role, Role::Partner | Role::Parent))
        .peekable();
    parents.peek().is_some()
        && members.len() < 6
        && parents.all(|parent| (19..=44).contains(&(parent.age - age)))
}

fn share_homes(sharers: Vec<Draft>, random: &mut Random, homes: &mut Vec<Home>) {
    let mut left = sharers.into_iter().peekable();
    while left.peek().is_some() {
        let size = 2 + random.below(3);
        let members: Vec<Draft> = left.by_ref().take(size).collect();
        let kind = if members.len() == 1 {
            HouseholdKind::Single
        } else {
            HouseholdKind::Shared
        };
        homes.push((kind, members));
    }
}

/// People by sex and age, to find someone of about an age.
struct Pool {
    children: Vec<Vec<Draft>>,
    female: Vec<Vec<Draft>>,
    male: Vec<Vec<Draft>>,
}

impl Pool {
    fn new() -> Self {
        let empty = || (0..=OLDEST).map(|_| Vec::new()).collect();
        Self {
            children: empty(),
            female: empty(),
            male: empty(),
        }
    }

    fn add(&mut self, draft: Draft) {
        let place = match (draft.age, draft.sex) {
            (..=17, _) => &mut self.children,
            (_, Sex::Female) => &mut self.female,
            (_, Sex::Male) => &mut self.male,
        };
        if let Some(place) = slot(place, draft.age) {
            place.push(draft);
        }
    }

    /// The oldest child left with brothers and sisters some years younger; sometimes twins.
    fn siblings(&mut self, rates: &Rates, random: &mut Random) -> Option<Vec<Draft>> {
        let eldest = self.children.iter_mut().rev().find_map(Vec::pop)?;
        let wanted = 1 + random.weighted(&CHILDREN);
        let mut children = vec![eldest];
        let mut age = eldest.age;
        if wanted > 1
            && random.chance(rates.twins)
            && let Some(mut twin) = self.child_near(age, 1)
        {
            twin.age = eldest.age;
            twin.born = eldest.born;
            twin.died = twin.died.filter(|&died| died > twin.born);
            children.push(twin);
        }
        while children.len() < wanted {
            age -= random.between(1, 4);
            match self.child_near(age, 1) {
                Some(child) => children.push(child),
                None => break,
            }
        }
        Some(children)
    }

    fn child_near(&mut self, age: i32, reach: i32) -> Option<Draft> {
        (age - reach..=age)
            .rev()
            .find_map(|age| slot(&mut self.children, age)?.pop())
    }

    fn adult_near(&mut self, sex: Sex, age: i32, reach: i32) -> Option<Draft> {
        let shelves = match sex {
            Sex::Female => &mut self.female,
            Sex::Male => &mut self.male,
        };
        (0..=reach).find_map(|distance| {
            slot(shelves, age + distance)
                .and_then(Vec::pop)
                .or_else(|| slot(shelves, age - distance).and_then(Vec::pop))
        })
    }

    /// Any adult, best of at least this age.
    fn any_adult(&mut self, age: i32) -> Option<Draft> {
        (age..=OLDEST).chain((18..age).rev()).find_map(|age| {
            slot(&mut self.female, age)
                .and_then(Vec::pop)
                .or_else(|| slot(&mut self.male, age).and_then(Vec::pop))
        })
    }

    fn oldest(&mut self) -> Option<Draft> {
        let female = self.female.iter_mut().rev();
        female
            .zip(self.male.iter_mut().rev())
            .find_map(|(female, male)| female.pop().or_else(|| male.pop()))
    }

    fn drain(&mut self) -> Vec<Draft> {
        let shelves = self
            .children
            .iter_mut()
            .chain(&mut self.female)
            .chain(&mut self.male);
        shelves.flat_map(std::mem::take).collect()
    }
}

fn slot(shelves: &mut [Vec<Draft>], age: i32) -> Option<&mut Vec<Draft>> {
    shelves.get_mut(usize::try_from(age).ok()?)
}
