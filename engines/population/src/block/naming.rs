//! Names for the people of a household: mostly one surname, first names of their time.

use crate::block::Draft;
use crate::block::gather::Role;
use crate::household::HouseholdKind;
use crate::names::Surname;
use crate::person::Sex;
use crate::random::Random;
use crate::tables::Tables;

/// Share of partners with names of another origin than the household's: an assumption for demonstration.
const OTHER_ORIGIN: f64 = 0.06;
/// Share of sons and daughters named as the parent of their sex: an assumption for demonstration.
const NAMED_AFTER_PARENT: f64 = 0.02;

/// Surname and given names of each person.
pub(crate) fn names(
    tables: &Tables,
    kind: HouseholdKind,
    people: &[Draft],
    random: &mut Random,
) -> Vec<(String, Vec<String>)> {
    let origin = tables.names.origin(random);
    let surname = tables.names.surname(origin, random);
    let related = matches!(kind, HouseholdKind::Couple | HouseholdKind::Family);
    let mut named: Vec<(Draft, String, Vec<String>)> = Vec::with_capacity(people.len());
    for (place, person) in people.iter().enumerate() {
        let (origin, surname) = if place == 0 || (related && person.role == Role::Child) {
            (origin, surname.clone())
        } else if related {
            partner(tables, origin, &surname, random)
        } else {
            let origin = tables.names.origin(random);
            (origin, tables.names.surname(origin, random))
        };
        let mut given = given_names(tables, origin, person, random);
        if related && person.role == Role::Child {
            fit_into_family(tables, origin, person, &named, &mut given, random);
        }
        named.push((*person, surname.of(person.sex).to_owned(), given));
    }
    named
        .into_iter()
        .map(|(_, surname, given)| (surname, given))
        .collect()
}

/// Origin and surname of the other of a couple.
fn partner(
    tables: &Tables,
    origin: usize,
    shared: &Surname,
    random: &mut Random,
) -> (usize, Surname) {
    let own = if random.chance(OTHER_ORIGIN) {
        tables.names.origin(random)
    } else {
        origin
    };
    let surname = if random.chance(tables.rates.shared_surname) {
        shared.clone()
    } else {
        tables.names.surname(own, random)
    };
    (own, surname)
}

fn given_names(tables: &Tables, origin: usize, person: &Draft, random: &mut Random) -> Vec<String> {
    let year = tables.year - person.age;
    let mut draw = || {
        tables
            .names
            .first_name(origin, person.sex, year, random)
            .to_owned()
    };
    let mut given = vec![draw()];
    let middle = draw();
    if middle != *given.concat() && random.chance(tables.rates.middle_name) {
        given.push(middle);
    }
    given
}

/// A child may be named after a parent, and brothers and sisters seldom have one name.
fn fit_into_family(
    tables: &Tables,
    origin: usize,
    child: &Draft,
    named: &[(Draft, String, Vec<String>)],
    given: &mut Vec<String>,
    random: &mut Random,
) {
    let is_parent = |person: &Draft| matches!(person.role, Role::Partner | Role::Parent);
    let same_sex = |sex: Sex| sex == child.sex;
    let parent = named
        .iter()
        .find(|(person, ..)| is_parent(person) && same_sex(person.sex));
    if random.chance(NAMED_AFTER_PARENT)
        && let Some((.., of_parent)) = parent
    {
        given.clone_from(of_parent);
        return;
    }
    for _ in 0..4 {
        let taken = named
            .iter()
            .any(|(person, _, other)| person.role == Role::Child && other.first() == given.first());
        if !taken {
            return;
        }
        *given = given_names(tables, origin, child, random);
    }
}
