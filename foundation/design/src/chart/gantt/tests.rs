use maud::Render as _;

use super::{CivilDay, GanttChart, GanttEnd, GanttRow};

fn row(label: &str, end: GanttEnd) -> GanttRow {
    GanttRow {
        label: label.to_owned(),
        href: None,
        from: CivilDay::new(2014, 1, 1),
        to: CivilDay::new(2014, 1, 31),
        end,
        was: None,
        critical: false,
        done: false,
        mark: String::new(),
        when: "January 2014".to_owned(),
        was_when: String::new(),
        notes: String::new(),
    }
}

fn chart(rows: Vec<GanttRow>) -> String {
    GanttChart::new("plan", "Message", "Measure", rows)
        .render()
        .0
}

#[test]
fn each_way_to_end_has_a_shape_of_its_own_and_a_line_in_the_key() {
    let ends = [
        GanttEnd::Days,
        GanttEnd::By,
        GanttEnd::Commencing,
        GanttEnd::Onwards,
        GanttEnd::Moment,
    ];
    let shapes: std::collections::BTreeSet<String> = ends
        .iter()
        .map(|end| super::super::gantt_drawing::shape(*end, (10.0, 20.0), (0.0, 10.0)))
        .collect();
    assert_eq!(shapes.len(), 5);
    let drawn = chart(ends.iter().map(|end| row("x", *end)).collect());
    assert!(ends.iter().all(|end| drawn.contains(end.words())));
    assert!(!chart(vec![row("x", GanttEnd::By)]).contains(GanttEnd::Onwards.words()));
}

#[test]
fn what_is_critical_done_or_moved_is_told_by_edge_and_word() {
    let plain = chart(vec![row("x", GanttEnd::By)]);
    for word in ["Critical", "Done", "Baseline"] {
        assert!(!plain.contains(word), "{word}");
    }
    let mut moved = row("x", GanttEnd::By);
    moved.critical = true;
    moved.mark = "critical".to_owned();
    moved.was = Some((CivilDay::new(2013, 1, 1), CivilDay::new(2013, 1, 31)));
    moved.was_when = "January 2013".to_owned();
    let mut done = row("y", GanttEnd::By);
    done.done = true;
    let drawn = GanttChart {
        was_word: "Baseline of May".to_owned(),
        ..GanttChart::new("plan", "Message", "Measure", vec![moved, done])
    };
    let drawn = drawn.render().0;
    for word in [
        "Critical: a day later",
        " Done",
        "Baseline of May",
        ">critical</text>",
        "<td>January 2013</td>",
        "stour-chart__was",
    ] {
        assert!(drawn.contains(word), "{word}");
    }
}

#[test]
fn today_is_drawn_only_within_the_time_of_the_rows() {
    let with = |day| {
        let chart = GanttChart {
            today: Some(day),
            ..GanttChart::new("plan", "Message", "Measure", vec![row("x", GanttEnd::By)])
        };
        chart.render().0.contains("Today")
    };
    assert!(with(CivilDay::new(2014, 1, 15)));
    assert!(!with(CivilDay::new(2014, 2, 1)));
}

#[test]
fn a_chart_without_rows_is_still_a_figure() {
    assert!(chart(Vec::new()).contains("<figure"));
}

#[test]
fn bars_stay_inside_the_drawing() {
    let mut rows = vec![row("x", GanttEnd::By), row("y", GanttEnd::Onwards)];
    rows[1].from = CivilDay::new(2016, 1, 1);
    rows[1].to = CivilDay::new(2016, 1, 31);
    let drawn = chart(rows);
    let wide = drawn.split("stour-chart__narrow").next().unwrap();
    for bar in wide.split("stour-chart__bar").skip(1) {
        let d = bar.split("d=\"").nth(1).unwrap().split('"').next().unwrap();
        let numbers = d.split(|letter: char| !(letter.is_ascii_digit() || ".-".contains(letter)));
        let numbers = numbers.filter_map(|number| number.parse::<f64>().ok());
        assert!(
            numbers
                .clone()
                .all(|number| (0.0..=960.0).contains(&number)),
            "{d}"
        );
    }
}
