//! Cursors, pages and versions.

use proptest::prelude::*;
use stour_database::{Cursor, Page, PageSize, Version, VersionError};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_cursor_comes_back_as_it_was_given_out(parts in proptest::collection::vec("[^\u{0}]{0,40}", 1..5)) {
        let cursor = Cursor::after(parts);
        prop_assert_eq!(cursor.to_string().parse::<Cursor>(), Ok(cursor));
    }

    #[test]
    fn garbage_is_refused_or_means_itself(text in "\\PC*|[0-9a-f]{0,40}|[0-9a-fA-F]{2000,2020}") {
        if let Ok(cursor) = text.parse::<Cursor>() {
            prop_assert_eq!(cursor.to_string(), text.to_lowercase());
        }
    }

    #[test]
    fn a_version_comes_back_as_it_was_given_out(number in 1..=i64::MAX) {
        let version: Version = format!("\"{number}\"").parse().unwrap();
        prop_assert_eq!(version.to_string(), format!("\"{number}\""));
        prop_assert_eq!(format!("W/{version}").parse::<Version>(), Ok(version));
    }

    #[test]
    fn a_version_that_is_none_is_refused(text in "\\PC*|\"?[-+0-9]{0,21}\"?|W/\"?1\"?") {
        if let Ok(version) = text.parse::<Version>() {
            let inner = text.strip_prefix("W/").unwrap_or(&text);
            prop_assert!(inner.trim_matches('"').bytes().all(|byte| byte.is_ascii_digit()), "{}", text);
            prop_assert!(inner.starts_with('"') && inner.ends_with('"'), "{}", text);
            prop_assert!(version >= Version::FIRST);
        }
    }

    #[test]
    fn pages_put_together_are_the_list(count in 0_u8..120, size in 1_i64..50) {
        let all: Vec<u8> = (0..count).collect();
        let size = PageSize::new(size).unwrap();
        let (mut seen, mut after, mut pages) = (Vec::new(), None::<Cursor>, 0);
        loop {
            let from = after.as_ref().map_or(0, |cursor| {
                cursor.parts::<1>().unwrap()[0].parse::<u8>().unwrap() + 1
            });
            let wanted = usize::try_from(size.with_one_more()).unwrap();
            let rows = all.iter().copied().filter(|row| *row >= from).take(wanted).collect();
            let page = Page::cut(rows, size, |row: &u8| Cursor::after([row.to_string()]));
            prop_assert!(page.items.len() < wanted);
            seen.extend(page.items);
            pages += 1;
            prop_assert!(pages <= 121);
            let Some(next) = page.next else { break };
            after = Some(next.to_string().parse().unwrap());
        }
        prop_assert_eq!(seen, all);
    }
}

#[test]
fn a_cursor_of_another_shape_is_refused() {
    assert!(Cursor::after(["a", "b"]).parts::<1>().is_err());
    assert!("".parse::<Cursor>().is_err());
    assert!("6".parse::<Cursor>().is_err());
    assert!("61".parse::<Cursor>().is_err(), "no end");
}

#[test]
fn sizes_are_from_1_to_200() {
    for size in [i64::MIN, -1, 0, 201, i64::MAX] {
        assert_eq!(PageSize::new(size), None);
    }
    assert_eq!(PageSize::new(200).unwrap().with_one_more(), 201);
    assert_eq!(PageSize::default(), PageSize::new(50).unwrap());
}

#[test]
fn a_change_to_what_has_changed_is_refused() {
    let seen = Version::FIRST;
    assert_eq!(seen.expect(seen), Ok(()));
    assert_eq!(seen.next().expect(seen), Err(VersionError::Changed));
    assert_eq!("\"0\"".parse::<Version>(), Err(VersionError::Malformed));
}
