use super::*;
use crate::breakdown::breakdown;
use crate::measure::measure;

#[test]
fn layouts_are_well_formed_and_name_what_there_is() {
    let all = layouts().unwrap();
    for layout in all {
        let name = &layout.named.name;
        let same = all.iter().filter(|other| other.named.name == *name);
        assert_eq!(same.count(), 1, "{name}");
        assert_eq!(layout.named.sum.is_some(), layout.named.sum_note.is_some());
        for columns in &layout.table.series {
            let known = measure(&columns.measure);
            let known = known.unwrap_or_else(|| panic!("{name}: {}", columns.measure));
            assert!(known.starts <= layout.table.starts, "{name}");
            if let Some(list) = &columns.breakdown {
                assert!(breakdown(list).is_some(), "{name}: {list}");
                assert!(known.breakdowns.contains(list), "{name}: {list}");
                assert!(columns.parts_are_columns || columns.part_column.is_some());
            }
        }
    }
}

#[test]
fn every_file_of_the_folder_is_built_in() {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../reference/series-layouts"
    );
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let mut built_in: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
    built_in.sort_unstable();
    assert_eq!(files, built_in);
}

#[test]
fn a_name_may_mean_two_areas_at_two_times() {
    let all = layouts().unwrap();
    let layout = all
        .iter()
        .find(|one| one.named.name == "delayed-days-by-organisation");
    let named = &layout.unwrap().table.area.named;
    let on = |day: &str| {
        let day = day.parse().unwrap();
        let mut meant = named.iter().filter(|named| named.means("Dorset", day));
        let code = meant.next().map(|named| named.code.as_str());
        assert_eq!(meant.next(), None);
        code
    };
    assert_eq!(on("2013-06-01"), Some("E10000009"));
    assert_eq!(on("2019-05-01"), Some("E06000059"));
}
