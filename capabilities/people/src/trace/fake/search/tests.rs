use super::soundex;

#[test]
fn names_that_sound_alike_have_one_code() {
    for (name, code) in [
        ("Robert", "r163"),
        ("Rupert", "r163"),
        ("Ashcraft", "a261"),
        ("Tymczak", "t522"),
        ("Pfister", "p236"),
        ("Smith", "s530"),
        ("Smythe", "s530"),
        ("O'Brien", "o165"),
        ("Lee", "l000"),
    ] {
        assert_eq!(soundex(name), code, "{name}");
    }
}
