use stour_appraisal::{Case, appraise};

use crate::support::{
    REABLEMENT, but, form_of, found, house, latest, message, money, started, taken_up, text_of,
};

#[test]
fn what_is_tried_stands_beside_what_is_and_what_is_agreed() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let mut officer = site.browser("chief-officer");
        let action = format!("{case}/sign-off");
        let fields = form_of(&officer.get(&format!("{case}/versions")), &action);
        assert_eq!(
            officer
                .post(&action, &but(&fields, &[("read", "yes")]))
                .status,
            303
        );
        let text = taken_up("0.2");
        let next = [("base", "1"), ("text", text.as_str()), ("what", "x")];
        assert_eq!(finance.post(&format!("{case}/text"), &next).status, 303);
        let address = format!("{case}/what-if?bed-days.take_up=10%25&team.scale=1.5");
        let page = site.browser("analyst").get(&address);
        assert_eq!(page.status, 200, "{}", page.body);
        let now = Case::read(&text).unwrap();
        let then = now.what_if("bed-days.take_up", 0.1).unwrap();
        let then = appraise(&then.what_if("team.scale", 1.5).unwrap()).unwrap();
        let (agreed, now) = (found(REABLEMENT), found(&text));
        for of in [&agreed, &now, &then] {
            for partner in &of.partners {
                let amount = money(partner.public_value.net_present_value);
                assert!(page.shows(&amount), "{} {amount}", partner.name);
            }
        }
        assert!(page.shows("take-up 10% and not 20%"), "{}", page.body);
        assert!(
            !page.shows("Save as a new version"),
            "an analyst does not save"
        );
        assert!(page.shows("value=\"1.5\""), "what was typed is in the form");
        assert_eq!(latest(&mut finance, &case), 2);
    });
}

#[test]
fn values_that_cannot_be_are_told_at_their_fields() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        for (input, value) in [
            ("bed-days.take_up", "130"),
            ("bed-days.take_up", "-1"),
            ("bed-days.impact", "many"),
            ("bed-days.unit_value", "a+pound"),
            ("team.scale", "NaN"),
            ("over-75.population_scale", "1e300"),
        ] {
            let page = finance.get(&format!("{case}/what-if?{input}={value}"));
            assert_eq!(page.status, 422, "{input} {value}");
            assert!(!message(&page, input).is_empty());
            assert!(
                page.shows(&format!("value=\"{}\"", value.replace('+', " "))),
                "{value}"
            );
        }
        let page = finance.get(&format!("{case}/what-if?absent.impact=1"));
        assert_eq!(page.status, 422);
        assert!(page.shows("The case has no input absent.impact"));
        let page = finance.get(&format!("{case}/what-if?bed-days.take_up=30"));
        assert!(
            page.status == 200 && !page.shows("Keep it"),
            "it is as it was"
        );
        assert_eq!(latest(&mut finance, &case), 1);
    });
}

#[test]
fn what_was_tried_is_kept_with_its_reason() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let action = format!("{case}/what-if");
        let address = format!("{action}?bed-days.take_up=15&bed-days.unit_value=1,400.50");
        let page = finance.get(&address);
        let fields = form_of(&page, &action);
        assert!(fields.iter().any(|(name, _)| name == "what"), "{fields:?}");
        let blank = finance.post(&action, &but(&fields, &[("what", "")]));
        assert_eq!(blank.status, 422);
        assert_eq!(message(&blank, "what"), "Say what changes, and why");
        assert!(
            blank.shows("name=\"input-bed-days.take_up\" value=\"0.15\""),
            "it is still there"
        );
        assert_eq!(latest(&mut finance, &case), 1);
        let done = finance.post(&action, &but(&fields, &[("what", "As in June")]));
        assert_eq!(
            done.location(),
            format!("{case}/compare?from=1&to=2"),
            "{}",
            done.body
        );
        let wanted = taken_up("0.15").replace("£350.00", "£1,400.50");
        assert_eq!(text_of(&mut finance, &case, 2), wanted);
    });
}

#[test]
fn what_cannot_be_written_is_not_kept() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let action = format!("{case}/what-if");
        let page = finance.get(&format!("{action}?team.scale=2"));
        assert!(page.status == 200 && !page.shows("Save as a new version"));
        assert!(page.shows("To keep this, change the lines themselves"));
        for (input, value, status) in [
            ("input-team.scale", "2", 409),
            ("input-home-care.take_up", "0.5", 409),
            ("input-over-75.population_scale", "2", 409),
            ("input-absent.impact", "2", 409),
            ("input-bed-days.take_up", "0.3", 409),
            ("input-bed-days.take_up", "1.5", 422),
            ("input-bed-days.take_up", "inf", 400),
            ("input-bed-days.take_up", "many", 400),
            ("input-bed-days.unit_value", "1e300", 409),
        ] {
            let fields = [("base", "1"), ("what", "x"), (input, value)];
            let answer = finance.post(&action, &fields);
            assert_eq!(answer.status, status, "{input} {value} {}", answer.body);
        }
        assert_eq!(
            finance
                .post(&action, &[("base", "1"), ("what", "x")])
                .status,
            409
        );
        assert_eq!(
            finance
                .post(&action, &[("base", "x"), ("what", "x")])
                .status,
            400
        );
        assert_eq!(latest(&mut finance, &case), 1);
        let other = started(&mut finance, "agreement");
        assert_eq!(finance.get(&format!("{other}/what-if")).status, 404);
    });
}
