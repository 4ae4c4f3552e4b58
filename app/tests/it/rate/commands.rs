//! What each command gives for a good file.

use std::fmt::Write as _;

use super::{Folder, close};

#[test]
fn proportions_and_rates_take_columns_by_any_name() {
    let folder = Folder::with("area,sick,people\nA,3,10\nB,20,40\n");
    let found = folder.done("proportion f.csv --columns x=sick,n=people --multiplier 100");
    assert_eq!(found[1].get("area"), "B");
    close(found[1].number("value"), 50.0);
    assert_eq!(found[0].get("statistic"), "percentage");
    let found = folder.done("rate f.csv --columns x=sick,n=people --multiplier 1000");
    close(found[0].number("value"), 300.0);
    assert_eq!(
        (found[0].get("method"), found[1].get("method")),
        ("Exact", "Byars")
    );
    let found = folder.done("rate f.csv --columns x=sick,n=people --method exact");
    assert_eq!(found[1].get("method"), "Exact");
}

#[test]
fn means_percentiles_and_groups_keep_areas_apart() {
    let folder = Folder::with("area,x\nA,30\nB,1\nA,40\nA,50\nB,3\nA,60\n");
    let means = folder.done("mean f.csv --confidence 0.95,0.998");
    assert_eq!(
        (means[0].get("area"), means[0].get("value_count")),
        ("A", "4")
    );
    close(means[0].number("value"), 45.0);
    close(means[0].number("lower95_0cl"), 45.0 - 20.542_602_567_605_96);
    let medians = folder.done("percentile f.csv --at 0.5,1");
    let found: Vec<f64> = medians.iter().map(|row| row.number("value")).collect();
    assert_eq!(found, [45.0, 60.0, 2.0, 3.0]);
    let few = folder.done("quantile f.csv --columns value=x --groups 2 --first highest --by area");
    let found: Vec<&str> = few.iter().map(|row| row.get("quantile")).collect();
    assert_eq!(found, ["2", "2", "2", "1", "1", "1"]);
    let found = folder.done("quantile f.csv --columns value=x --groups 3 --first lowest --by area");
    let whole = folder.done("quantile f.csv --columns value=x --groups 2 --first highest");
    let all: Vec<&str> = whole.iter().map(|row| row.get("quantile")).collect();
    assert_eq!(all, ["2", "2", "1", "1", "2", "1"]);
    let why = found[1].get("withheld");
    assert_eq!(why, "there are 2 values: at least 3 are needed");
}

#[test]
fn an_indirect_ratio_is_against_the_reference() {
    let folder = Folder::with(
        "area,ageband,count,pop,refcount,refpop\nA,0-64,7,2000,10,10000\nA,65+,14,3000,40,10000\n",
    );
    let found = folder.done("isr f.csv --ratio --multiplier 100");
    close(found[0].number("expected"), 14.0);
    close(found[0].number("value"), 150.0);
    let found = folder.done("isr f.csv");
    close(found[0].number("ref_rate"), 250.0);
    close(found[0].number("value"), 375.0);
    assert!(
        found[0]
            .0
            .iter()
            .all(|(column, _)| !column.contains("rank"))
    );
}

#[test]
fn events_of_one_person_widen_the_interval() {
    let plain = "ageband,count,pop,esp2013\n0-64,40,5000,80\n65+,60,1000,20\n";
    let repeated = "ageband,eventfreq,count,pop,esp2013\n0-64,1,20,5000,80\n0-64,2,10,5000,80\n\
                    65+,1,30,1000,20\n65+,3,10,1000,20\n";
    let plain = Folder::with(plain).done("dsr f.csv --standard-by esp2013");
    let repeated = Folder::with(repeated).done("dsr f.csv --standard-by esp2013");
    assert_eq!(plain[0].get("total_count"), repeated[0].get("total_count"));
    close(plain[0].number("value"), repeated[0].number("value"));
    assert!(plain[0].number("uppercl") < repeated[0].number("uppercl"));
}

/// A life table: the ages in any order, some as 1-4 or 90 +.
fn life_table() -> String {
    let mut text = "startage,pops,deaths\n90 +,11936,1937\n1-4,35059,9\n0,7060,17\n".to_owned();
    let rest = [
        (46974, 4),
        (48489, 8),
        (43219, 20),
        (38561, 15),
        (46009, 24),
        (57208, 33),
        (61435, 50),
        (55601, 71),
        (50209, 100),
        (56416, 163),
        (46411, 263),
        (39820, 304),
        (37978, 536),
        (37039, 872),
        (33288, 1390),
        (23306, 1605),
        (11936, 1936),
    ];
    for (place, (people, deaths)) in rest.into_iter().enumerate() {
        writeln!(text, "{},{people},{deaths}", 5 + 5 * place).unwrap();
    }
    text
}

#[test]
fn a_life_table_takes_its_bands_in_any_order() {
    let folder = Folder::with(life_table());
    let found = folder.done("life-table f.csv --at 0,65");
    assert_eq!(found.len(), 2);
    // As published, with ten significant figures.
    assert!((found[0].number("value") - 80.169_608_13).abs() < 6e-9);
    assert!((found[1].number("value") - 18.768_568_52).abs() < 6e-9);
    assert_eq!(found[1].get("statistic"), "life expectancy at 65");
    assert_eq!(folder.done("life-table f.csv").len(), 20);
}

#[test]
fn a_slope_is_the_same_for_the_same_seed() {
    let mut text = "quantile,population,value,se\n".to_owned();
    for tenth in (1..=10).rev() {
        writeln!(text, "{tenth},1000,{},0.5", 70 + tenth).unwrap();
    }
    let folder = Folder::with(text);
    let words =
        "sii f.csv --kind other --draws 2000 --seed 7 --confidence 0.95,0.998 --reliability";
    let (one, other) = (folder.run(words), folder.run(words));
    assert_eq!((one.code, &one.said), (0, &other.said));
    let found = folder.done(words);
    // Ten equal steps of 1 from the middle of one group to the next: 10 from end to end, from 70.5.
    close(found[0].number("sii"), 10.0);
    close(found[0].number("rii"), 80.5 / 70.5);
    close(found[0].number("intercept"), 70.5);
    assert!(found[0].number("sii_lower99_8cl") < found[0].number("sii_lower95_0cl"));
    assert!(found[0].number("sii_mad_95") > 0.0);
}

#[test]
fn a_table_is_published_without_what_is_small() {
    let folder = Folder::with(
        "ward,why,n\nA,fall,3\nA,other,20\nB,fall,30\nB,other,41\nC,fall,50\nC,other,9\n",
    );
    let words = "publish f.csv --columns row=ward,column=why,count=n --threshold 7";
    let found = folder.done(words);
    let cells: Vec<String> = found
        .iter()
        .map(|row| {
            format!(
                "{} {} {}",
                row.get("row"),
                row.get("column"),
                row.get("count")
            )
        })
        .collect();
    assert_eq!(
        cells,
        [
            "A fall *",
            "A other *",
            "A all 23",
            "B fall 30",
            "B other 41",
            "B all 71",
            "C fall *",
            "C other *",
            "C all 59",
            "all fall 83",
            "all other 70",
            "all all 153",
        ]
    );
    let json = folder.run(&format!("{words} --round 5 --json"));
    let json: serde_json::Value = serde_json::from_str(&json.said).unwrap();
    assert_eq!(json["rows"][2]["count"], 25);
    assert_eq!(json["rows"][0]["count"], "*");
    let list = folder.done("publish f.csv --columns row=n,count=n --threshold 2");
    assert_eq!(list.last().unwrap().get("count"), "153");
}

#[test]
fn the_examples_of_the_guide_are_as_it_says() {
    let text = |name: &str| {
        let path = crate::workspace::root().join("docs/statistics").join(name);
        std::fs::read_to_string(path).unwrap()
    };
    let (rates, errors) =
        Folder::with(text("deaths.csv")).mistaken("dsr f.csv --standard-by esp2013");
    close(rates[0].number("value"), 108.0 + 26_500.0 / 150.0 + 585.0);
    assert_eq!(format!("{:.2}", rates[0].number("lowercl")), "696.20");
    assert_eq!(format!("{:.2}", rates[0].number("uppercl")), "1072.96");
    assert!(rates[1].get("withheld").contains("the total count is 9"));
    assert!(errors.contains("line 9: count is -3"), "{errors}");
    let words = "publish f.csv --columns row=ward,column=reason,count=people --threshold 7";
    let table = Folder::with(text("admissions.csv")).done(words);
    let counts: Vec<&str> = table.iter().map(|row| row.get("count")).collect();
    let guide = [
        "*", "*", "23", "30", "41", "71", "*", "*", "59", "83", "70", "153",
    ];
    assert_eq!(counts, guide);
}
