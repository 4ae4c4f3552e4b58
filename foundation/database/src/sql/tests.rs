use super::for_sqlite;

#[test]
fn placeholders_keep_their_numbers() {
    assert_eq!(
        for_sqlite("SELECT $2, $1, $10, $2 FROM t"),
        "SELECT ?2, ?1, ?10, ?2 FROM t"
    );
}

#[test]
fn text_names_and_comments_are_left_alone() {
    for alone in [
        "SELECT 'it''s $1'",
        "SELECT \"$1\"",
        "SELECT 1 -- $1",
        "SELECT /* $1 */ 1",
        "SELECT '--', \"/*\"",
    ] {
        assert_eq!(for_sqlite(alone), alone);
    }
}

#[test]
fn quotes_in_comments_and_marks_in_quotes_end_where_they_should() {
    assert_eq!(
        for_sqlite("SELECT $1 -- don't\n, $2 /* can't */, $3, '--', $4, '''', $5"),
        "SELECT ?1 -- don't\n, ?2 /* can't */, ?3, '--', ?4, '''', ?5"
    );
    assert_eq!(for_sqlite("SELECT '/*', $1, '*/'"), "SELECT '/*', ?1, '*/'");
    assert_eq!(for_sqlite("SELECT /*/ $1 */ $2"), "SELECT /*/ $1 */ ?2");
}
