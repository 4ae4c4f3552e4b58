use stour_database::{params, sql};
use stour_web::testing::each_house;

use super::*;

fn help(name: &str) -> String {
    let mut command = (command().define)();
    let found = command.find_subcommand_mut(name).unwrap();
    let help = found.render_long_help().to_string();
    help.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_help_says_that_the_system_never_starts_afresh_by_itself() {
    assert!(help("rebase").contains("the system never does it by itself"));
    assert!(help("annotate").contains("It changes no limit"));
}

#[test]
fn what_cannot_be_recorded_is_said_with_what_to_do() {
    each_house(
        || vec![crate::capability()],
        |site| {
            let asked = Note {
                measure: "no-criteria-to-reside".to_owned(),
                area: "R0D".to_owned(),
                day: "2025-01-01".parse().unwrap(),
                text: "A hub opened".to_owned(),
                by: "Dr A. Officer".to_owned(),
                is_rebase: true,
            };
            let refused = said(site.house(), &asked).unwrap_err().to_string();
            assert!(refused.contains("Import it first"), "{refused}");
            let nobody = Note {
                by: String::new(),
                ..asked
            };
            let refused = said(site.house(), &nobody).unwrap_err().to_string();
            assert!(refused.contains("neither may be empty"), "{refused}");
            let kept = site.database().read_blocking(|tx| {
                tx.one(
                    sql!("SELECT count(*) FROM series_rebase"),
                    params![],
                    |row| row.get::<i64>(0),
                )
            });
            assert_eq!(kept.unwrap(), 0);
        },
    );
}
