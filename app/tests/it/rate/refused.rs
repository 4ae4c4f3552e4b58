//! Bad files: each mistake is found, told with its line, and what it touches is withheld.

use std::fmt::Write as _;

use super::Folder;

/// The reason that each row is withheld for, and what is told on standard error.
fn withheld(text: &str, words: &str) -> (Vec<String>, String) {
    let (rows, errors) = Folder::with(text).mistaken(words);
    let reasons = rows.iter().map(|row| row.get("withheld").to_owned());
    (reasons.collect(), errors)
}

#[test]
fn a_row_with_a_mistake_is_withheld_and_the_others_are_given() {
    let text =
        "area,x,n\nA,3,10\nB,-3,10\nC,11,10\nD,0,0\nE,,10\nF,1.5,10\nG,one,10\nH,1,10\nH,2,10\n";
    let expected = [
        "",
        "line 3: x is -3, and it cannot be negative",
        "line 4: 11 out of 10 is not a proportion",
        "line 5: there is no proportion of nobody",
        "line 6: x is blank",
        "line 7: x is 1.5, and a count is a whole number",
        "line 8: x is \"one\", which is no number",
        "line 9: H is also on line 10",
        "line 10: H is also on line 9",
    ];
    let (reasons, errors) = withheld(text, "proportion f.csv");
    assert_eq!(reasons.len(), expected.len());
    for (reason, expected) in reasons.iter().zip(expected) {
        assert!(reason.starts_with(expected), "{reason} {expected}");
        assert!(errors.contains(reason.as_str()), "{errors}");
    }
    assert!(errors.contains("what they touch is withheld"), "{errors}");
    let (reasons, _) = withheld("x,n\n3,0\n3,-1\n3,NA\n", "rate f.csv");
    assert_eq!(
        reasons,
        [
            "line 2: the population is 0: there is no rate of nobody",
            "line 3: n is -1, and it cannot be negative",
            "line 4: n is blank"
        ]
    );
}

#[test]
fn bands_that_are_missing_twice_there_or_empty_withhold_their_area_alone() {
    let head = "area,ageband,count,pop,esp2013\n";
    let good = "A,0-64,40,5000,80\nA,65+,60,1000,20\n";
    for (rows, expected) in [
        (
            "B,65+,60,1000,20\n",
            "line 4: the band 0-64 is missing (B, from line 4 on)",
        ),
        (
            "B,0-64,40,5000,80\nB,65+,60,1000,20\nB,65+,60,1000,20\n",
            "line 6: the band 65+ is also on line 5",
        ),
        (
            "B,0-64,40,0,80\nB,65+,60,1000,20\n",
            "line 4: pop is 0: there is no rate of nobody",
        ),
        (
            "B,0-64,-1,10,80\nB,65+,60,1000,20\n",
            "line 4: count is -1, and it cannot be negative",
        ),
        ("B,,4,10,80\nB,65+,60,1000,20\n", "line 4: ageband is blank"),
    ] {
        let (reasons, errors) = withheld(
            &format!("{head}{good}{rows}"),
            "dsr f.csv --standard-by esp2013",
        );
        assert_eq!(reasons, ["", expected], "{errors}");
        assert!(errors.contains(expected), "{errors}");
    }
    let gap = "ageband,count,pop,esp2013\n0-4,9,10,1\n10-14,9,10,1\n";
    let (reasons, _) = withheld(gap, "dsr f.csv --standard-by esp2013");
    assert_eq!(
        reasons,
        ["line 2: a band of ages 5 to 9 is missing (from line 2 on)"]
    );
    let (reasons, _) = withheld(
        "ageband,count,pop\n0-17,9,10\n",
        "dsr f.csv --standard esp2013",
    );
    assert!(
        reasons[0].contains("none of the standard population"),
        "{reasons:?}"
    );
    let (_, errors) = withheld(
        "ageband,count,pop\n0,9,10\n90,9,10\n",
        "dsr f.csv --standard esp2013",
    );
    assert!(
        errors.contains("the band from age 45 is missing (from line 2 on)"),
        "{errors}"
    );
    let odd = "ageband,eventfreq,count,pop,esp2013\n0+,1,20,500,1\n0+,2,2,600,1\n0+,2,2,500,1\n";
    let (_, errors) = withheld(odd, "dsr f.csv --standard-by esp2013");
    assert!(errors.contains("line 3: pop differs from that of the same band on line 2"));
    assert!(errors.contains("line 4: eventfreq 2 of this band is also on line 3"));
    let isr = "ageband,count,pop,refcount,refpop\n0+,20,500,10,0\n";
    let (reasons, _) = withheld(isr, "isr f.csv");
    assert_eq!(reasons, ["line 2: refpop is 0: there is no rate of nobody"]);
}

#[test]
fn life_tables_and_slopes_name_what_is_missing() {
    let mut life = "startage,pops,deaths\n".to_owned();
    for age in [0, 1].into_iter().chain((5..=85).step_by(5)) {
        writeln!(life, "{age},1000,10").unwrap();
    }
    let (reasons, _) = withheld(&life, "life-table f.csv --at 0");
    assert_eq!(
        reasons,
        ["line 2: the band from age 90 is missing (from line 2 on)"]
    );
    let (_, errors) = withheld(&format!("{life}90,100,200\n"), "life-table f.csv --at 0");
    assert!(
        errors.contains("line 21: more people died than lived in band 20"),
        "{errors}"
    );
    let (_, errors) = withheld(&format!("{life}7,100,20\n5,1,1\n"), "life-table f.csv");
    assert!(errors.contains("line 21: startage is \"7\""), "{errors}");
    assert!(
        errors.contains("line 22: the band 5 is also on line 4"),
        "{errors}"
    );
    // Nobody died in the last band: a rule of the method and no mistake.
    let none = Folder::with(format!("{life}90,100,0\n")).done("life-table f.csv --at 0");
    assert!(
        none[0]
            .get("withheld")
            .starts_with("nobody died in the last")
    );

    let slope = "quantile,population,value,se\n1,10,70,1\n2,10,71,1\n4,10,72,1\n4,10,73,1\n5,0,74,1\n6,10,75,1\n";
    let (_, errors) = withheld(slope, "sii f.csv --kind other --draws 1000");
    assert!(
        errors.contains("line 5: group 4 is also on line 4"),
        "{errors}"
    );
    assert!(errors.contains("group 3 is missing"), "{errors}");
    let few = "quantile,population,value,se\n1,10,70,1\n2,10,71,1\n";
    let found = Folder::with(few).done("sii f.csv --kind other --draws 1000");
    assert_eq!(
        found[0].get("withheld"),
        "there are 2 groups: a slope index needs 5 to 100"
    );
}

#[test]
fn a_table_with_a_mistake_is_not_published_at_all() {
    let refused = |text: &str| {
        let run = Folder::with(text).run("publish f.csv --threshold 5");
        assert_eq!((run.code, run.said.as_str()), (1, ""));
        run.errors
    };
    let twice = refused("row,column,count\nA,a,1\nA,a,2\nB,all,-1\n");
    assert!(
        twice.contains("line 3: this cell is also on line 2"),
        "{twice}"
    );
    assert!(
        twice.contains("line 4: \"all\" is the name of totals"),
        "{twice}"
    );
    assert!(twice.contains("line 4: count is -1"), "{twice}");
    let absent = refused("row,column,count\nA,a,1\nB,b,2\n");
    assert!(absent.contains("there is no count of A, b"), "{absent}");
}

#[test]
fn files_and_options_that_cannot_be_used_are_refused() {
    for (text, words, expected) in [
        (
            "x,m\n1,2\n",
            "rate f.csv",
            "n is needed: name its column with --columns n=COLUMN",
        ),
        ("x,n\n", "rate f.csv", "has a heading and no rows"),
        (
            "x,n\n1\n",
            "rate f.csv",
            "line 2: it has 1 field, and the heading has 2",
        ),
        (
            "x,n,n\n1,2,3\n",
            "rate f.csv",
            "line 1: the heading has two columns \"n\"",
        ),
        (
            "x,n\n1,2\n",
            "rate f.csv --by ward",
            "line 1: the heading has no column \"ward\", which --by names; it has x, n",
        ),
        (
            "x,n\n1,2\n",
            "rate other.csv",
            "other.csv cannot be used:\n  it cannot be opened: No such file",
        ),
        (
            "quantile,population,value\n1,2,3\n",
            "sii f.csv --kind other",
            "needs the columns lower_cl",
        ),
        (
            "value,quantile\n1,2\n",
            "quantile f.csv --groups 2 --first highest",
            "has a column quantile already",
        ),
    ] {
        let run = Folder::with(text).run(words);
        assert_eq!((run.code, run.said.as_str()), (1, ""), "{words}");
        assert!(run.errors.contains(expected), "{}", run.errors);
    }
    let latin = Folder::with(b"x,n\n\xE9,2\n").run("rate f.csv");
    assert!(
        latin.errors.contains("line 2: it is not in UTF-8"),
        "{}",
        latin.errors
    );
    let folder = Folder::with("x,n\n1,2\n");
    for words in [
        "rate",
        "rate f.csv --confidence 0",
        "rate f.csv --confidence 0.9,0.95,0.99",
        "rate f.csv --multiplier -1",
        "rate f.csv --columns x",
        "rate f.csv --method other",
        "percentile f.csv --at 2",
        "quantile f.csv --first highest --groups 1",
        "quantile f.csv --first highest",
        "quantile f.csv --groups 2",
        "percentile f.csv",
        "dsr f.csv",
        "dsr f.csv --standard esp2013 --standard-by n",
        "sii f.csv --draws 1000",
        "sii f.csv --kind other --transform",
        "publish f.csv --threshold 2 --lowest 3",
        "publish f.csv --threshold 2 --by x",
        "rate f.csv --columns y=x",
        "rate f.csv --columns x=n,x=n",
        "rate f.csv --columns x=",
        "rate f.csv --by x,x",
        "rate f.csv --confidence 0.05",
        "rate f.csv --confidence 0.95,95",
        "life-table f.csv --at 7",
        "sii f.csv --kind other --draws 10",
        "publish f.csv",
    ] {
        assert_eq!(folder.run(words).code, 2, "{words}");
    }
}

#[test]
fn results_beyond_numbers_and_standards_that_differ_are_withheld() {
    let beyond = "the result or its limits are beyond the numbers that can be worked with";
    let found = Folder::with("x,n\n9,1e-305\n").done("rate f.csv");
    assert_eq!(found[0].get("withheld"), beyond);
    let (reasons, _) = withheld("x,n\n-0,5\n1e400,5\n9007199254740994,5\n", "rate f.csv");
    assert_eq!(
        reasons,
        [
            "",
            "line 3: x is \"1e400\", which is no number that can be worked with",
            "line 4: x is 9007199254740994, and a count is at most 9007199254740992"
        ]
    );
    let rows = "A,0-64,40,500,70\nA,65+,60,100,30\nB,0-64,40,500,80\nB,65+,60,100,30\n";
    let text = format!("area,ageband,count,pop,std\n{rows}");
    let (reasons, _) = withheld(&text, "dsr f.csv --standard-by std");
    assert_eq!(
        reasons,
        ["", "line 4: std of the band 0-64 is 80, and 70 on line 2"]
    );
    let slope = "quantile,population,value,lower_cl,upper_cl\n0,10,70,69,71\n1,10,70,71,72\n";
    let (_, errors) = withheld(slope, "sii f.csv --kind other");
    assert!(errors.contains("line 2: group 0 is none"), "{errors}");
    let slope = slope.replace("\n0,", "\n2,");
    let (_, errors) = withheld(&slope, "sii f.csv --kind other");
    assert!(
        errors.contains("line 3: the value 70 is not within its limits, 71 to 72"),
        "{errors}"
    );
    let blank = Folder::with("area,x,n\nA,1,5\n,2,5\n").run("rate f.csv");
    assert_eq!((blank.code, blank.said.as_str()), (1, ""));
    assert!(blank.errors.contains("line 3: area is blank"));
    let many = (0..201).map(|band| format!("b{band},9,9,9\n"));
    let text = format!("ageband,count,pop,std\n{}", many.collect::<String>());
    let bands = Folder::with(text).run("dsr f.csv --standard-by std");
    assert!(
        bands.errors.contains("201 different values"),
        "{}",
        bands.errors
    );
    let cells = (0..20_001).map(|row| format!("r{row},9\n"));
    let text = format!("row,count\n{}", cells.collect::<String>());
    let table = Folder::with(text).run("publish f.csv --threshold 5");
    assert!(
        table.errors.contains("more than the 20000 cells"),
        "{}",
        table.errors
    );
}
