use stour_database::testing::each_database;
use stour_database::{Database, params, sql};
use stour_kernel::PersonId;
use stour_people::{
    CARER, Demographics, FlagReason, MIGRATIONS, MatchOutcome, Matched, PeopleError, Query,
    Relation, Scope, catch_up_blocking, create, facts_for_access, facts_for_access_all, forget,
    insert_all, know, match_or_create, relate, relate_all, search, version_of,
};

use crate::people::{at_home, day, demographics, environment, new_person, ods, read, write};

fn says(database: &Database, who: &Demographics, source: &str) -> Matched {
    let (environment, who, source) = (environment(), who.clone(), ods(source));
    write(database, move |tx| {
        match_or_create(tx, &environment, &who, source)
    })
}

fn flags(database: &Database, person: PersonId) -> Vec<FlagReason> {
    read(database, move |tx| {
        tx.rows(
            sql!("SELECT why FROM matching_flag WHERE person = $1 ORDER BY number"),
            params![person],
            |row| row.get(0),
        )
    })
}

fn found(database: &Database, text: &str) -> Vec<PersonId> {
    let query = Query::parse(text, day("2026-11-24")).unwrap();
    read(database, move |tx| {
        search(tx, &query, &Scope::Everybody, 50)
    })
    .people
}

fn mary() -> Demographics {
    Demographics {
        nhs_number: Some("999 000 0018".parse().unwrap()),
        local: Some("H100".parse().unwrap()),
        address: at_home(&["1 High Street", "Poole"], "BH15 1AA"),
        ..demographics("Smith", "Mary", "1941-03-12")
    }
}

#[test]
fn the_same_person_told_of_twice_is_one_person_and_what_is_new_is_kept_beside() {
    each_database(&[stour_facts::MIGRATIONS, MIGRATIONS], |database| {
        let first = says(&database, &mary(), "RBD");
        assert_eq!(first.outcome, MatchOutcome::Created { flag: None });
        assert_eq!(
            says(&database, &mary(), "RBD").outcome,
            MatchOutcome::Linked { flag: None }
        );
        let elsewhere = Demographics {
            local: Some("H100".parse().unwrap()),
            address: at_home(&["2 Low Road"], "DT1 1AA"),
            telephone: Some("07700 900123".to_owned()),
            died: Some(day("2026-11-20")),
            ..Demographics {
                nhs_number: mary().nhs_number,
                ..demographics("Jones", "Mary", "1941-03-12")
            }
        };
        let second = says(&database, &elsewhere, "R0D");
        assert_eq!(
            second,
            Matched {
                person: first.person,
                outcome: MatchOutcome::Linked { flag: None }
            }
        );
        for text in [
            "mary smith",
            "jones",
            "bh15",
            "dt1 1aa",
            "H100",
            "9990000018",
        ] {
            assert_eq!(found(&database, text), [first.person], "{text}");
        }
        let person = first.person;
        let (version, facts) = read(&database, move |tx| {
            Ok((
                version_of(tx, person)?.unwrap(),
                facts_for_access(tx, person)?.unwrap(),
            ))
        });
        assert_eq!(version.to_string(), "\"2\"");
        assert_eq!(facts.known_to, [ods("R0D"), ods("RBD")].into());
        assert_eq!(flags(&database, person), []);
    });
}

#[test]
fn two_people_never_share_an_nhs_number_silently() {
    each_database(&[stour_facts::MIGRATIONS, MIGRATIONS], |database| {
        let first = says(&database, &mary(), "RBD");
        let stranger = Demographics {
            local: Some("X9".parse().unwrap()),
            ..Demographics {
                nhs_number: mary().nhs_number,
                ..demographics("Other", "Olive", "1960-07-30")
            }
        };
        let second = says(&database, &stranger, "R0D");
        let flag = Some(FlagReason::NumberWithAnotherBirthDate);
        assert_eq!(second.outcome, MatchOutcome::Created { flag });
        assert_ne!(second.person, first.person);
        assert_eq!(
            flags(&database, second.person),
            [FlagReason::NumberWithAnotherBirthDate]
        );
        let holders = read(&database, |tx| {
            tx.rows(
                sql!("SELECT person, status FROM person_identifier WHERE value = '9990000018' ORDER BY status"),
                params![],
                |row| Ok((row.get::<PersonId>(0)?, row.get::<String>(1)?)),
            )
        });
        assert_eq!(
            holders,
            [
                (first.person, "traced".to_owned()),
                (second.person, "untraced".to_owned())
            ]
        );
        // The organisation's own number now finds the second, whatever the message says of the first.
        let again = says(&database, &stranger, "R0D");
        assert_eq!(again.person, second.person);
        let flag = Some(FlagReason::NumberOfAnotherPerson);
        assert_eq!(again.outcome, MatchOutcome::Linked { flag });
        says(&database, &stranger, "R0D");
        assert_eq!(
            flags(&database, second.person).len(),
            2,
            "a flag is raised once"
        );
    });
}

/// Under an NHS number that somebody else holds, who may be hidden: by which step the record is linked,
/// whether it is hidden, and whether the two are to be compared.
fn under_the_number_of_another(database: &Database, restricted: bool) -> (String, bool, bool) {
    let environment = environment();
    let holder = stour_people::NewPerson {
        restricted,
        ..new_person(&environment, mary())
    };
    let other = holder.id;
    write(database, move |tx| {
        insert_all(tx, &environment, std::slice::from_ref(&holder))
    });
    let stranger = Demographics {
        nhs_number: mary().nhs_number,
        ..demographics("Other", "Olive", "1960-07-30")
    };
    let made = says(database, &stranger, "R0D").person;
    read(database, move |tx| {
        let facts = facts_for_access(tx, made)?.unwrap();
        let compared = tx.one(
            sql!("SELECT candidate FROM match_review WHERE person = $1"),
            params![made],
            |row| Ok(row.get::<PersonId>(0)? == other),
        )?;
        let step = tx.one(
            sql!("SELECT step FROM record_link WHERE person = $1"),
            params![made],
            |row| row.get(0),
        )?;
        Ok((step, facts.restricted, compared))
    })
}

#[test]
fn a_record_with_the_number_of_somebody_hidden_says_nothing_of_a_match() {
    each_database(&[stour_facts::MIGRATIONS, MIGRATIONS], |database| {
        let hidden = under_the_number_of_another(&database, true);
        assert_eq!(hidden, ("new".to_owned(), false, true));
    });
    each_database(&[stour_facts::MIGRATIONS, MIGRATIONS], |database| {
        let open = under_the_number_of_another(&database, false);
        assert_eq!(open, ("held".to_owned(), false, true));
    });
}

#[test]
fn somebody_is_known_again_without_a_number_and_the_same_said_again_is_one_record() {
    each_database(&[stour_facts::MIGRATIONS, MIGRATIONS], |database| {
        let first = says(&database, &mary(), "RBD");
        catch_up_blocking(&database).unwrap();
        let unnumbered = Demographics {
            nhs_number: None,
            local: None,
            ..mary()
        };
        let linked = says(&database, &unnumbered, "R0D");
        assert_eq!(
            linked,
            Matched {
                person: first.person,
                outcome: MatchOutcome::Linked { flag: None }
            }
        );
        let slip = Demographics {
            address: None,
            ..Demographics {
                local: None,
                ..demographics("Smith", "Marie", "1941-03-21")
            }
        };
        let new = says(&database, &slip, "RDY");
        assert!(matches!(new.outcome, MatchOutcome::Created { .. }));
        assert_eq!(says(&database, &slip, "RDY").person, new.person);
        catch_up_blocking(&database).unwrap();
        assert_eq!(says(&database, &slip, "RDY").person, new.person);
    });
}

#[test]
fn creating_a_person_whose_number_is_held_is_refused_with_the_holder() {
    each_database(&[stour_facts::MIGRATIONS, MIGRATIONS], |database| {
        let first = says(&database, &mary(), "RBD");
        let environment = environment();
        let refused = database
            .write_blocking(move |tx| create(tx, &environment, &mary(), ods("10A"), "An Adviser"));
        assert_eq!(refused, Err(PeopleError::NumberHeld(first.person)));
    });
}

#[test]
fn a_new_person_without_a_number_is_flagged_and_placed_by_postcode() {
    each_database(&[stour_facts::MIGRATIONS, MIGRATIONS], |database| {
        let environment = environment();
        let who = Demographics {
            nhs_number: None,
            local: None,
            ..mary()
        };
        let person = write(&database, move |tx| {
            create(tx, &environment, &who, ods("RBD"), "An Adviser")
        });
        assert_eq!(flags(&database, person), [FlagReason::NoNumber]);
        let facts = read(&database, move |tx| facts_for_access(tx, person)).unwrap();
        assert_eq!(facts.council, Some("E06000058".parse().unwrap()));
        assert!(!facts.restricted && !facts.objection);
    });
}

#[test]
fn an_organisation_knows_somebody_for_as_long_as_one_reason_lasts() {
    each_database(&[stour_facts::MIGRATIONS, MIGRATIONS], |database| {
        let person = says(&database, &mary(), "RBD").person;
        let (environment, rdy) = (environment(), ods("RDY"));
        let knows = move |database: &Database| {
            read(database, move |tx| facts_for_access(tx, person))
                .unwrap()
                .known_to
                .contains(&rdy)
        };
        assert!(!knows(&database));
        write(&database, move |tx| {
            know(
                tx,
                &environment,
                person,
                rdy,
                "service:1",
                day("2026-11-01"),
            )?;
            know(
                tx,
                &environment,
                person,
                rdy,
                "service:1",
                day("2026-11-01"),
            )?;
            know(tx, &environment, person, rdy, "spell:2", day("2026-11-02"))
        });
        assert!(knows(&database));
        write(&database, move |tx| {
            forget(tx, person, rdy, "service:1", day("2026-11-10"))
        });
        assert!(knows(&database));
        write(&database, move |tx| {
            forget(tx, person, rdy, "spell:2", day("2026-11-11"))
        });
        assert!(!knows(&database));
    });
}

#[test]
fn people_and_their_relationships_load_in_bulk_and_facts_come_in_the_order_asked() {
    each_database(&[stour_facts::MIGRATIONS, MIGRATIONS], |database| {
        let environment = environment();
        let people: Vec<_> = (0..23)
            .map(|number| {
                let who = demographics(&"x".repeat(number + 1), "Pat", "1950-01-01");
                stour_people::NewPerson {
                    restricted: number == 3,
                    ..new_person(&environment, who)
                }
            })
            .collect();
        let mut ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
        let relation = Relation {
            person: ids[0],
            kind: CARER.parse().unwrap(),
            other: ids[1],
            starts: day("2020-01-01"),
            source: ods("RBD"),
        };
        let (loading, relations) = (environment.clone(), vec![relation.clone()]);
        let loaded = write(&database, move |tx| {
            let loaded = insert_all(tx, &loading, &people)?;
            Ok::<_, stour_database::Error>((loaded, relate_all(tx, &loading, &relations)?))
        });
        assert_eq!(loaded, (23, 1));
        ids.reverse();
        let asked = ids.clone();
        let facts = read(&database, move |tx| {
            let mut asked = asked.clone();
            asked.insert(4, environment.id());
            facts_for_access_all(tx, &asked)
        });
        assert_eq!(facts.iter().map(|facts| facts.id).collect::<Vec<_>>(), ids);
        assert_eq!(facts.iter().filter(|facts| facts.restricted).count(), 1);
        assert_eq!(found(&database, "xxxxxxxxxxxxxxxxxxxxxxx pat"), [ids[0]]);
        let (environment, again) = (crate::people::environment(), relation.clone());
        let count = write(&database, move |tx| {
            relate(tx, &environment, &again)?;
            tx.one(
                sql!("SELECT count(*) FROM person_relationship"),
                params![],
                |row| row.get::<i64>(0),
            )
        });
        assert_eq!(count, 1, "said again, nothing changes");
        let (environment, narcissus) = (
            crate::people::environment(),
            Relation {
                other: relation.person,
                ..relation
            },
        );
        assert!(
            database
                .write_blocking(move |tx| relate(tx, &environment, &narcissus))
                .is_err()
        );
    });
}
