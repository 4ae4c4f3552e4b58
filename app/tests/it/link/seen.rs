//! What is said of a file: which columns are compared, and what could not be read.

use super::{COLUMNS, Folder, INCOMING, INDEX};

#[test]
fn the_columns_that_are_compared_are_told_of_each_file_once() {
    let folder = Folder::new();
    let rows = |text: &str, heading: &str| -> String {
        let mut lines = text.lines();
        let first = lines.next().unwrap();
        let more = lines.map(|line| format!("{line},north\n"));
        format!("{first},{heading}\n{}", more.collect::<String>())
    };
    folder.write("index.csv", rows(INDEX, "ward"));
    folder.write("incoming.csv", rows(INCOMING, "system"));
    let files = "--index index.csv --incoming incoming.csv";
    let columns = "id=rec,nhs_number=number,given=first,family=last,dob=born,source=system";
    let run = folder.run(&format!("match {files} --columns {columns} --out d.csv"));
    assert_eq!(
        run.errors,
        "index.csv: compared: number, first, last, born; not used: second, sex, street, code, ward.\n\
         incoming.csv: compared: number, first, last, born; also read: system; not used: second, sex, street, code.\n"
    );
    let further = format!("{COLUMNS},extra:ward=ward");
    let run = folder.run(&format!("dedupe index.csv --columns {further} --out c.csv"));
    assert_eq!(
        run.errors,
        "index.csv: compared: number, first, second, last, born, sex, street, code, ward.\n"
    );
    let columns = "given=first,family=last";
    let run = folder.run(&format!(
        "evaluate index.csv --columns {columns} --truth number --household code"
    ));
    assert_eq!(
        run.errors,
        "index.csv: compared: first, last; also read: number, code; not used: second, born, sex, street, ward.\n"
    );
}

#[test]
fn what_could_not_be_read_is_counted() {
    let folder = Folder::new();
    folder.write(
        "people.csv",
        "id,given,family,dob,nhs_number\n\
         1,Joan,Hardy,2 March 1941,unknown\n\
         2,Tariq,Mehmood,23 November 1988,9990000018\n\
         3,Amy,Penny,11 February 2019,\n\
         4,Ruth,Ansty,,123\n",
    );
    let (_, warnings) = folder.warned("dedupe people.csv --out c.csv");
    let numbers = "people.csv: 2 of 3 NHS numbers could not be read as numbers: taken for missing.";
    assert_eq!(
        warnings,
        [
            "people.csv: 3 of 3 dates of birth could not be read as YYYY-MM-DD or DD/MM/YYYY: taken for missing.",
            numbers
        ]
    );
    let (_, warnings) = folder.warned("dedupe people.csv --dates mdy --out c.csv");
    assert_eq!(
        warnings,
        [
            "people.csv: 3 of 3 dates of birth could not be read as YYYY-MM-DD or MM/DD/YYYY: taken for missing.",
            numbers
        ]
    );
}

#[test]
fn the_help_of_match_names_every_reason_that_holds_a_link() {
    let folder = Folder::new();
    let help = folder.done("match --help");
    for rule in stour_linkage::Rule::ALL {
        let named = help.split([' ', ',', '.', '\n']);
        assert!(
            named.into_iter().any(|word| word == rule.as_str()),
            "{rule}: {help}"
        );
    }
}
