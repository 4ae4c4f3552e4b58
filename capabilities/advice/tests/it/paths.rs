//! Paths of the shipped flows through the pages' own functions and through the pages.

use stour_advice::content::SHIPPED;
use stour_guidance::{Flow, Kind, Path, Question};
use stour_kernel::Date;

use crate::house::{answered, begun, page, with_advice};

/// The fields that a form sends for an answer.
fn fields(question: &Question, answer: &[String]) -> Vec<(String, String)> {
    let name = format!("answer_{}", question.id);
    match question.kind {
        Kind::Several => answer
            .iter()
            .map(|id| (format!("{name}_{id}"), "yes".to_owned()))
            .collect(),
        Kind::Date { .. } => {
            let date = answer.first().map(|text| text.parse::<Date>().unwrap());
            let parts = date.map(|date| {
                [
                    ("day", date.day().to_string()),
                    ("month", date.month().to_string()),
                    ("year", date.year().to_string()),
                ]
            });
            parts
                .into_iter()
                .flatten()
                .map(|(part, value)| (format!("date_{}-{part}", question.id), value))
                .collect()
        }
        _ => answer
            .iter()
            .map(|text| (name.clone(), text.clone()))
            .collect(),
    }
}

/// For each outcome of each flow, the first and the last path that ends there, as forms.
#[test]
fn paths_to_every_outcome_of_every_flow_lead_there_through_the_pages() {
    type Forms = Vec<(String, Vec<(String, String)>)>;
    let today: Date = "2026-11-24".parse().unwrap();
    let mut walks: Vec<(&str, String, Forms)> = Vec::new();
    for shipped in SHIPPED {
        let flow = Flow::read(shipped.text).unwrap();
        let forms = |path: &Path<'_>| -> Forms {
            let steps = path.steps.iter();
            steps
                .map(|step| {
                    (
                        step.question.id.clone(),
                        fields(step.question, &step.answer.written()),
                    )
                })
                .collect()
        };
        let mut ends: std::collections::BTreeMap<String, (Forms, Forms)> =
            std::collections::BTreeMap::new();
        flow.walk(today, 500_000, |path| {
            let found = ends.get_mut(&path.outcome.title);
            match found {
                None => {
                    ends.insert(path.outcome.title.clone(), (forms(path), Vec::new()));
                }
                // Only every so often: the last of these stands for the end.
                Some(both) if path.steps.len() > 1 && both.1.len() < path.steps.len() => {
                    both.1 = forms(path);
                }
                Some(_) => {}
            }
        })
        .unwrap();
        for (title, (first, last)) in ends {
            walks.push((shipped.id, title.clone(), first));
            if !last.is_empty() {
                walks.push((shipped.id, title, last));
            }
        }
    }
    assert!(walks.len() > 50, "{}", walks.len());
    with_advice(|site| {
        let mut anybody = site.stranger();
        for (flow, title, forms) in &walks {
            let draft = begun(&mut anybody, flow);
            for (question, form) in forms {
                let shown = page(&mut anybody, &format!("{draft}/question/{question}"));
                assert_eq!(shown.body.matches("<h1").count(), 1, "{flow} {question}");
                let form: Vec<(&str, &str)> = form
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect();
                answered(&mut anybody, &draft, question, &form);
            }
            let outcome = page(&mut anybody, &format!("{draft}/outcome"));
            assert!(
                outcome.shows(&title.replace('\'', "&#39;")) || outcome.shows(title),
                "{flow}: {title}"
            );
        }
    });
}
