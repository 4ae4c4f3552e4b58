//! What a flow tells: reasons, text, the graph, how hard it reads.

use stour_guidance::{At, Block, Flow, Inline, LightText, NodeKind, reading_age};

use crate::{answers, shipped, today};

fn care() -> Flow {
    Flow::read(&shipped("care-and-support")).unwrap()
}

#[test]
fn reasons_are_made_of_what_was_answered() {
    let flow = care();
    let given = answers(&[
        ("now", &["no"]),
        ("health", &["yes"]),
        ("care", &["food"]),
        ("home", &["clean", "safe"]),
        ("life", &["none"]),
        ("why", &["danger"]),
        ("impact", &["lot"]),
    ]);
    let position = flow.position(&given, today()).unwrap();
    let said = flow.conclude(&position).unwrap();
    assert_eq!(said.outcome.id, "likely");
    let reasons: Vec<String> = said.reasons.iter().map(LightText::plain).collect();
    assert_eq!(
        reasons,
        [
            "You told us that you need help because of your health.",
            "In looking after yourself, these are hard: making food and eating.",
            "At home, these are hard: being safe at home and keeping your home fit to live in.",
            "The rules name ten parts of daily life. Two or more must be hard. You named 3.",
            "You told us why: they are not safe.",
            "You told us that it changes your life a lot.",
        ]
    );
}

#[test]
fn a_position_for_any_answers_and_a_place_for_each_question_on_the_way() {
    let flow = care();
    let nothing = answers(&[]);
    assert!(
        matches!(flow.position(&nothing, today()).unwrap().at, At::Question(one) if one.id == "now")
    );
    let odd = answers(&[
        ("now", &["no", "life"]),
        ("health", &["yes"]),
        ("other", &["x"]),
    ]);
    assert!(
        matches!(flow.position(&odd, today()).unwrap().at, At::Question(one) if one.id == "now")
    );
    let some = answers(&[("now", &["no"]), ("health", &["yes"])]);
    let place = flow.place(&some, today(), "health").unwrap();
    assert_eq!(place.before.unwrap().id, "now");
    assert_eq!(place.offered.len(), 4);
    assert!(flow.place(&some, today(), "care").is_some());
    assert!(flow.place(&some, today(), "home").is_none());
    assert!(flow.place(&some, today(), "nothing").is_none());
    // An urgent answer ends the way, whatever else was answered.
    let urgent = answers(&[("now", &["life"]), ("health", &["yes"])]);
    assert!(matches!(flow.position(&urgent, today()).unwrap().at, At::Outcome(one) if one.urgent));
    assert!(flow.place(&urgent, today(), "health").is_none());
}

#[test]
fn light_text_has_paragraphs_lists_links_and_places() {
    let text = "One\nline.\n\n- a point\n- [a link](/advice) and {name}\nAfter.";
    let read = LightText::read(text).unwrap();
    let words = |text: &str| Inline::Words(text.to_owned());
    assert_eq!(
        read.0,
        [
            Block::Paragraph(vec![words("One line.")]),
            Block::List(vec![
                vec![words("a point")],
                vec![
                    Inline::Link {
                        words: "a link".to_owned(),
                        to: "/advice".to_owned()
                    },
                    words(" and "),
                    Inline::Answer("name".to_owned()),
                ],
            ]),
            Block::Paragraph(vec![words("After.")]),
        ]
    );
    for wrong in [
        "[x](//evil)",
        "[x](http://a.b)",
        "[](/x)",
        "[x](/a\"b)",
        "{open",
        "[x",
        "[x](tel:abc)",
        "[x](https://)",
    ] {
        assert!(LightText::read(wrong).is_err(), "{wrong}");
    }
    assert!(LightText::read("[x](tel:116123) [y](https://example.org/a?b=c)").is_ok());
}

#[test]
fn the_graph_has_every_way_and_stands_in_rows_that_go_down() {
    let flow = care();
    let graph = flow.graph();
    assert_eq!(
        graph.nodes.len(),
        flow.questions.len() + flow.outcomes.len()
    );
    assert_eq!(
        graph
            .nodes
            .iter()
            .filter(|node| node.kind == NodeKind::Urgent)
            .count(),
        3
    );
    let place = |id: &str| {
        let node = graph.nodes.iter().find(|node| node.id == id).unwrap();
        (node.column, node.row)
    };
    for edge in &graph.edges {
        assert!(place(&edge.from) < place(&edge.to), "{edge:?}");
    }
    let mut places: Vec<_> = graph
        .nodes
        .iter()
        .map(|node| (node.row, node.column))
        .collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), graph.nodes.len(), "no two stand in one place");
    let dot = graph.dot("a \"name\"");
    assert!(dot.starts_with("digraph \"a \\\"name\\\"\" {"));
    assert!(
        dot.contains(
            "\"impact\" -> \"likely\" [label=\"unmet >= 2 and unable and impact is lot\"];"
        )
    );
    assert!(dot.contains("\"now\" -> \"call-999\""));
}

#[test]
fn hard_words_are_pointed_out() {
    let hard = "Notwithstanding the aforementioned considerations, eligibility determinations necessitate comprehensive multidisciplinary evaluation of individual circumstances, capabilities and environmental dependencies, including accommodation.";
    let plain = "You can ask for help. We will call you. Tell us what you need. It is free. You do not have to pay for it at all. We are here to help.";
    assert!(reading_age([hard, hard]).unwrap().tenths > 180);
    assert!(reading_age([plain]).unwrap().tenths < 80);
    assert_eq!(reading_age(["Too few words."]), None);
    let text = shipped("care-and-support").replacen("From what you told us, your needs look like those that the council must help with. This is not a decision.", &[hard; 3].join("\n\n"), 1);
    let flow = Flow::read(&text).unwrap();
    let warnings = flow.warnings();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(
        warnings[0]
            .reason
            .contains("the outcome \"likely\" reads as for the age of")
    );
}

#[test]
fn the_example_of_the_guide_is_a_flow_with_the_paths_that_it_says() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/advice");
    let flow = Flow::read(&std::fs::read_to_string(folder.join("example.toml")).unwrap()).unwrap();
    assert!(flow.warnings().is_empty(), "{:?}", flow.warnings());
    let paths = flow.walk(today(), 1_000, |_| {}).unwrap();
    assert!(paths.never_taken.is_empty());
    let guide = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let said = format!(
        "{} questions, {} outcomes, {} paths of at most {} questions",
        flow.questions.len(),
        flow.outcomes.len(),
        paths.count,
        paths.longest
    );
    assert!(guide.contains(&said), "{said}");
    for (outcome, count) in &paths.by_outcome {
        assert!(
            guide.contains(&format!("{count:>9} end in {outcome}")),
            "{count} {outcome}"
        );
    }
}
