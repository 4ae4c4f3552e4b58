//! A house with the register of risks.

use stour_web::testing::{Answer, Browser, Site, each_house};

use super::{author, capability};
use crate::{Entry, Values, add, numbered};

/// The address of the risks.
pub(crate) const RISKS: &str = "/programmes/test/registers/risk";

pub(crate) fn house(test: impl Fn(&Site)) {
    each_house(
        || vec![capability()],
        |site| {
            begin(&site);
            test(&site);
        },
    );
}

/// A board and two risks, as they were loaded.
fn begin(site: &Site) {
    let environment = site.environment().clone();
    let begun = site.database().write_blocking(move |tx| {
        let by = author("Loader");
        for (kind, fields) in [
            ("board", vec![("title", "Programme Board")]),
            (
                "risk",
                vec![
                    ("title", "Stakeholders disagree"),
                    ("owner", "Sponsors"),
                    ("due", "2013-09"),
                    ("cost", "3600000"),
                ],
            ),
            (
                "risk",
                vec![
                    ("title", "Political support"),
                    ("within", "1"),
                    ("related", "1"),
                    ("channel", "web"),
                ],
            ),
        ] {
            let values: Values = fields.into_iter().collect();
            let place = ("test", kind, None);
            add(tx, &environment, place, (&values, "From a paper"), &by)?;
        }
        Ok::<_, stour_database::Error>(())
    });
    begun.unwrap();
}

pub(crate) fn risk(site: &Site, number: i64) -> Entry {
    let found = site
        .database()
        .read_blocking(move |tx| numbered(tx, ("test", "risk"), number));
    found.unwrap().unwrap()
}

pub(crate) fn manager(site: &Site) -> Browser<'_> {
    site.browser("programme-manager")
}

pub(crate) fn shows(answer: &Answer, words: &[&str]) {
    for word in words {
        assert!(
            answer.body.contains(word),
            "no {word:?} in {} {}",
            answer.status,
            answer.body
        );
    }
}
