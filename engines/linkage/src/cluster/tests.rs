use super::*;
use crate::birth::{Birth, DateOrder};
use crate::record::{HomeParts, NameParts, Record};

const HOW: Clustering = Clustering {
    threshold: 0.9,
    one_of_each_source: false,
};

fn file(rows: &[[&str; 6]]) -> File {
    let mut file = File::new(0);
    for [given, family, born, address, postcode, source] in rows {
        file.push(&Record {
            names: &[NameParts {
                given,
                middle: "",
                family,
            }],
            born: Birth::parse(born, DateOrder::DayFirst),
            homes: &[HomeParts { address, postcode }],
            source,
            ..Record::default()
        });
    }
    file
}

fn clusters(file: &File, how: Clustering) -> Vec<usize> {
    let mut model = Model::new(&[]).unwrap();
    let pairs = file.pairs(&mut model);
    cluster(file, &model, &pairs, how)
}

#[test]
fn a_chain_of_likenesses_is_not_one_person() {
    // The second is like both; the first and the third are father and daughter.
    let file = file(&[
        [
            "Peregrine",
            "Thistlethwayte",
            "1933-09-09",
            "1 Kinson Road",
            "BH10 4AA",
            "",
        ],
        ["P", "Thistlethwayte", "", "1 Kinson Road", "BH10 4AA", ""],
        [
            "Philippa",
            "Thistlethwayte",
            "1971-02-03",
            "1 Kinson Road",
            "BH10 4AA",
            "",
        ],
        [
            "Peregrine",
            "Thistlethwayte",
            "1933-09-09",
            "77 Castle Street",
            "DT1 1AA",
            "",
        ],
    ]);
    let clusters = clusters(&file, HOW);
    assert_eq!(clusters[0], clusters[3]);
    assert_ne!(clusters[0], clusters[2]);
}

#[test]
fn a_source_has_one_record_of_a_person() {
    let row = [
        "Peregrine",
        "Thistlethwayte",
        "1933-09-09",
        "1 Kinson Road",
        "BH10 4AA",
        "A",
    ];
    let other = [
        "Peregrine",
        "Thistlethwayte",
        "1933-09-09",
        "1 Kinson Road",
        "BH10 4AA",
        "B",
    ];
    assert_eq!(clusters(&file(&[row, other]), HOW), [0, 0]);
    assert_eq!(clusters(&file(&[row, row]), HOW), [0, 1]);
}
