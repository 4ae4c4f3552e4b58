use super::{Item, Report};
use crate::highlight::rules::{Rag, Reason};

fn report() -> Report {
    Report {
        programme: "Better, \"Together\"".to_owned(),
        from: "2026-11-01".to_owned(),
        since: "since the last board".to_owned(),
        until: "2026-11-24".to_owned(),
        rag: Rag::Amber,
        reasons: vec![Reason {
            rag: Rag::Amber,
            words: "1 activity is overdue".to_owned(),
        }],
        summary: "=1+1".to_owned(),
        plan: "3 activities.".to_owned(),
        done: vec![Item {
            reference: "AC1".to_owned(),
            text: "Appoint".to_owned(),
            note: "done on 3 November 2026".to_owned(),
            below: "/plan/1".to_owned(),
        }],
        next: Vec::new(),
        overdue: Vec::new(),
        conflicts: Vec::new(),
        moved: Vec::new(),
        risks: Vec::new(),
        benefits: "Ahead overall".to_owned(),
        measured: Vec::new(),
        decisions: Vec::new(),
        next_board: String::new(),
    }
}

#[test]
fn what_is_kept_reads_as_it_was() {
    let report = report();
    let read: Report = serde_json::from_str(&report.json()).unwrap();
    assert_eq!(read, report);
}

#[test]
fn a_file_has_every_part_and_no_formula() {
    let csv = report().csv();
    let mut file = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.as_bytes());
    let rows: Vec<Vec<String>> = file
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(rows[0], ["Part", "Reference", "What", "Note"]);
    assert_eq!(rows[1][2], "Better, \"Together\"");
    let has = |row: [&str; 4]| rows.iter().any(|one| one == &row);
    assert!(has(["Status", "", "Amber", ""]));
    assert!(has(["Status", "", "1 activity is overdue", "Amber"]));
    assert!(has(["Summary", "", "'=1+1", ""]), "{rows:?}");
    assert!(has(["Done", "AC1", "Appoint", "done on 3 November 2026"]));
    assert!(
        rows.iter().all(|row| row[0] != "Next board"),
        "what is empty is not there"
    );
}
