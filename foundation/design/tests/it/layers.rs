use proptest::prelude::*;
use stour_design::Render as _;
use stour_design::chart::{Layer, LayerBox, LayersMap};

fn layer(heading: &str, labels: &[&str]) -> Layer {
    Layer {
        heading: heading.to_owned(),
        boxes: labels
            .iter()
            .map(|&label| LayerBox {
                label: label.to_owned(),
                note: String::new(),
            })
            .collect(),
    }
}

fn map(layers: Vec<Layer>, links: Vec<((usize, usize), (usize, usize))>) -> String {
    LayersMap {
        id: "map".to_owned(),
        title: "What leads to what".to_owned(),
        subtitle: "Outputs, outcomes and benefits".to_owned(),
        layers,
        links,
        description: "Two boxes and a link".to_owned(),
    }
    .render()
    .0
}

#[test]
fn every_box_has_its_words_and_every_link_its_arrow() {
    let layers = vec![
        layer("Outputs", &["A shared <system>"]),
        layer("Outcomes", &["Simpler access"]),
    ];
    let drawn = map(layers, vec![((0, 0), (1, 0)), ((0, 0), (1, 7))]);
    assert_eq!(drawn.matches("<rect").count(), 2);
    // A line and its head; the link to a box that is not there is not drawn.
    assert_eq!(drawn.matches("<path").count(), 2);
    assert!(drawn.contains("A shared &lt;system&gt;") && drawn.contains("Outcomes"));
    assert!(drawn.contains("<title id=\"map-heard\">Two boxes and a link</title>"));
}

/// A number of an attribute.
fn number(tag: &str, name: &str) -> f64 {
    let value = tag.split(&format!(" {name}=\"")).nth(1).unwrap();
    value.split('"').next().unwrap().parse().unwrap()
}

proptest! {
    #[test]
    fn boxes_never_overlap_and_stay_in_the_drawing(
        layers in prop::collection::vec(prop::collection::vec("[a-z ]{0,80}", 0..7), 1..5)
    ) {
        let layers = layers.iter().map(|labels| {
            let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            layer("Layer", &labels)
        });
        let drawn = map(layers.collect(), Vec::new());
        let boxes: Vec<[f64; 4]> = drawn
            .split("<rect")
            .skip(1)
            .map(|tag| ["x", "y", "width", "height"].map(|name| number(tag, name)))
            .collect();
        let high = drawn.split("viewBox=\"0 0 960 ").nth(1).unwrap();
        let high: f64 = high.split('"').next().unwrap().parse().unwrap();
        for (place, [x, y, width, height]) in boxes.iter().enumerate() {
            prop_assert!(*x >= 0.0 && x + width <= 960.1 && *y >= 0.0 && y + height <= high);
            for [other_x, other_y, other_width, other_height] in boxes.iter().skip(place + 1) {
                let apart = x + width <= *other_x
                    || other_x + other_width <= *x
                    || y + height <= *other_y
                    || other_y + other_height <= *y;
                prop_assert!(apart);
            }
        }
    }
}
