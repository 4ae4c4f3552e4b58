use maud::Render as _;

use super::{MatrixBand, MatrixCell, RiskMatrix, fitting, shortened};

fn matrix(names: &[&str]) -> RiskMatrix {
    let steps = |words: [&str; 2]| words.map(str::to_owned).to_vec();
    let filled = MatrixCell {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        band: 1,
    };
    RiskMatrix {
        id: "heat".to_owned(),
        title: "Two risks are high".to_owned(),
        subtitle: "Open risks".to_owned(),
        level: None,
        likelihoods: steps(["Rare", "Likely"]),
        impacts: steps(["Minor", "Major"]),
        cells: vec![
            vec![MatrixCell::default(), MatrixCell::default()],
            vec![MatrixCell::default(), filled],
        ],
        bands: [("Low", 0), ("High", 9)]
            .map(|(name, rank)| MatrixBand {
                name: name.to_owned(),
                rank,
            })
            .to_vec(),
        description: "Both stand where it is likely and major.".to_owned(),
    }
}

#[test]
fn a_cell_says_how_many_and_which_and_the_table_says_the_same() {
    let page = matrix(&["R1", "R2"]).render().into_string();
    assert_eq!(page.matches(">2</text>").count(), 2, "once in each drawing");
    assert_eq!(page.matches(">R1 R2</text>").count(), 1, "{page}");
    assert!(page.contains("<td>2 (R1, R2)</td>"), "{page}");
    assert_eq!(page.matches("<td>0</td>").count(), 3);
    let likely = page.find("<th scope=\"row\">Likely").unwrap();
    assert!(
        likely < page.find("<th scope=\"row\">Rare").unwrap(),
        "the likely ones first"
    );
}

#[test]
fn bands_differ_in_shape_and_not_only_in_colour() {
    let page = matrix(&["R1"]).render().into_string();
    let key = page.split("aria-label=\"Key\"").nth(1).unwrap();
    let drawn: Vec<&str> = key
        .split("path d=\"")
        .skip(1)
        .map(|path| path.split('"').next().unwrap())
        .collect();
    assert_eq!(drawn.len(), 2);
    assert_ne!(drawn[0], drawn[1]);
}

#[test]
fn names_that_do_not_fit_are_counted() {
    let names: Vec<String> = (1..40).map(|number| format!("R{number}")).collect();
    let lines = shortened(&names, 13.0, 120.0);
    assert!(lines.len() <= 2, "{lines:?}");
    let all = lines.join(" ");
    let shown = all.matches('R').count();
    assert!(
        shown > 3 && all.ends_with(&format!("+{}", 39 - shown)),
        "{all}"
    );
    assert_eq!(shortened(&names[..2], 13.0, 120.0), ["R1 R2"]);
    assert!(shortened(&[], 13.0, 120.0).is_empty());
}

#[test]
fn a_word_that_is_too_long_is_drawn_smaller_and_not_broken() {
    assert!((fitting("Minor", 12.0, 60.0) - 12.0).abs() < 1e-9);
    let size = fitting("Negligible", 12.0, 40.0);
    assert!(size < 12.0);
    assert_eq!(
        crate::chart::text::lines("Negligible", size, 40.01),
        ["Negligible"]
    );
}
