//! The person whose story a visitor follows: chosen by what is known of her, the same one each time.

use serde::{Deserialize, Serialize};
use stour_database::{Result, Transaction, params, sql};
use stour_facts::FactKind;
use stour_kernel::{Date, NhsNumber, PersonId};
use stour_people::age;

use crate::population::{Chunk, EventRecord, PersonRecord};

/// Somebody whose story can be followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Position in the population.
    pub index: u64,
    /// Her NHS number.
    pub nhs_number: NhsNumber,
    /// Her family name.
    pub family_name: String,
    /// Her given names.
    pub given_names: String,
    /// Her sex: a code of HL7 table 0001.
    pub sex: String,
    /// Her date of birth.
    pub born: Date,
    /// The lines of her address.
    pub address: Vec<String>,
    /// Her postcode.
    pub postcode: stour_kernel::Postcode,
    /// Her practice.
    pub practice: stour_kernel::OdsCode,
    /// Who cares for her, unpaid.
    pub carer: String,
}

/// The choice as chunk after chunk comes by.
#[derive(Debug)]
pub(super) struct Choice {
    today: Date,
    /// The council of the adviser whom she asks.
    council: String,
    best: Option<(u8, Story)>,
}

impl Choice {
    /// Nobody yet.
    pub(super) fn new(today: Date, council: String) -> Self {
        Self {
            today,
            council,
            best: None,
        }
    }

    /// Looks at everybody in a chunk; the first of those who fit best is taken.
    pub(super) fn look(&mut self, chunk: &Chunk) {
        for person in &chunk.people {
            let best = self.best.as_ref().map_or(0, |(fit, _)| *fit);
            let fit = self.fit(person);
            if fit > best
                && !is_busy(chunk, person)
                && let Some(carer) = carer(chunk, person)
            {
                self.best = Some((fit, story(person, carer)));
            }
        }
    }

    /// Who was chosen.
    pub(super) fn story(self) -> Option<Story> {
        self.best.map(|(_, story)| story)
    }

    /// How well a person fits the story; 0 for not at all. She must be alive and at
    /// home; that she is a woman over 75 of the adviser's council who lives alone and is
    /// known to community nursing makes a better story.
    fn fit(&self, person: &PersonRecord) -> u8 {
        let hidden = person.restricted || person.objection;
        let old = age(person.born, self.today).is_some_and(|age| (75..95).contains(&age));
        if person.died.is_some() || person.care_home || hidden {
            return 0;
        }
        let known =
            person.frailty == "severe" || (person.frailty == "moderate" && person.lives_alone);
        let here = person.council.as_str() == self.council;
        [known, old, here, person.lives_alone, person.female]
            .into_iter()
            .fold(1, |fit, so| fit + u8::from(so))
    }
}

/// Whether something goes on for her.
fn is_busy(chunk: &Chunk, person: &PersonRecord) -> bool {
    let goes_on = |event: &EventRecord| {
        event.ended.is_none() && matches!(event.kind, FactKind::Spell | FactKind::Service)
    };
    chunk
        .events
        .iter()
        .any(|event| event.person == person.index && goes_on(event))
}

/// The name of whoever cares for a person.
fn carer(chunk: &Chunk, person: &PersonRecord) -> Option<String> {
    let caring = chunk
        .relationships
        .iter()
        .find(|one| one.to == person.index && one.kind.as_str() == stour_people::CARER)?;
    let carer = chunk.people.iter().find(|one| one.index == caring.from)?;
    Some(format!("{} {}", carer.given_names, carer.family_name))
}

fn story(person: &PersonRecord, carer: String) -> Story {
    Story {
        index: person.index,
        nhs_number: person.nhs_number,
        family_name: person.family_name.clone(),
        given_names: person.given_names.clone(),
        sex: if person.female { "F" } else { "M" }.to_owned(),
        born: person.born,
        address: person.address.clone(),
        postcode: person.postcode,
        practice: person.practice,
        carer,
    }
}

/// The identifier of the person in this database.
pub(super) fn person(tx: &mut Transaction<'_>, story: &Story) -> Result<Option<PersonId>> {
    tx.optional(
        sql!("SELECT person FROM person_identifier WHERE system = 'nhs-number' AND value = $1 AND status = 'traced'"),
        params![story.nhs_number],
        |row| row.get(0),
    )
}
