use super::{NameError, NameText, PersonName, given_names};

#[test]
fn a_name_is_tidied_and_any_script_will_do() {
    for (typed, kept) in [
        ("  O'Brien ", "O'Brien"),
        ("van   der Berg", "van der Berg"),
        ("Łukasiewicz", "Łukasiewicz"),
        ("حسن", "حسن"),
        ("李", "李"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ] {
        assert_eq!(typed.parse::<NameText>().unwrap().as_str(), kept);
    }
}

#[test]
fn what_cannot_be_a_name_is_refused_with_the_reason() {
    assert_eq!("  ".parse::<NameText>(), Err(NameError::Empty));
    assert_eq!("--".parse::<NameText>(), Err(NameError::Empty));
    assert_eq!(
        "x".repeat(4_000).parse::<NameText>(),
        Err(NameError::Long(4_000))
    );
    assert_eq!("Sm\0ith".parse::<NameText>(), Err(NameError::Invisible(0)));
    assert_eq!("Sm\nith".parse::<NameText>(), Err(NameError::Invisible(10)));
    assert_eq!(
        "\u{202E}htimS".parse::<NameText>(),
        Err(NameError::Invisible(0x202E))
    );
    assert_eq!(given_names("John \u{7}"), Err(NameError::Invisible(7)));
}

#[test]
fn a_name_is_listed_family_first_and_spoken_given_first() {
    let mut name = PersonName::new("Smith-Jones", "Mary Ann").unwrap();
    assert_eq!(name.listed(), "SMITH-JONES, Mary Ann");
    assert_eq!(name.spoken(), "Mary Ann Smith-Jones");
    name.prefix = Some("Mrs".parse().unwrap());
    assert_eq!(name.listed(), "SMITH-JONES, Mary Ann (Mrs)");
    let newborn = PersonName::new("Smith", "").unwrap();
    assert_eq!(newborn.listed(), "SMITH");
}
