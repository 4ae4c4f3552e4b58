//! Draws a business case of so many lines, with a tornado: `bench/appraisal/run.sh` runs it beside numpy.
//!
//! Usage: `stour-bench-appraisal LINES DRAWS THREADS`. Each line has three uncertain inputs with triangular
//! distributions, and there is one uncertain cost; the peer draws the same.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::num::NonZeroUsize;

use stour_appraisal::{Case, Draws, sensitivity, simulate};

const HEAD: &str = r#"
[case]
title = "Measured"
years = "financial"
base_year = 2026
last_year = 2035
price_base = 2026
[discount]
vintage = "green-book-2026"
basis = "standard"
[[partner]]
id = "all"
name = "All"
kind = "agency"
[[cohort]]
id = "people"
name = "People"
population = 1000
source = "made up"
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [lines, draws, threads] = words.as_slice() else {
        return Err("usage: stour-bench-appraisal LINES DRAWS THREADS".into());
    };
    let (lines, count): (u32, NonZeroUsize) = (lines.parse()?, draws.parse()?);
    let case = Case::read(&case(lines)?)?;
    let draws = Draws {
        count,
        seed: 7,
        threads: threads.parse()?,
    };
    let simulation = simulate(&case, draws, &|_| ());
    let spread = simulation.public_value.ok_or("an amount is too large")?;
    let tornado = sensitivity(&case, false).tornado;
    writeln!(
        std::io::stdout(),
        "p10 {} p50 {} p90 {} above nothing {:.4}; {} inputs in the tornado",
        spread.p10,
        spread.p50,
        spread.p90,
        spread.probability_above_zero,
        tornado.len()
    )?;
    Ok(())
}

fn case(lines: u32) -> Result<String, std::fmt::Error> {
    let mut text = HEAD.to_owned();
    writeln!(
        text,
        "[[line]]\nid = \"cost\"\nname = \"Cost\"\nside = \"cost\"\nlayer = \"fiscal\"\nintervention = \"one\"\nsource = \"made up\"\npaid_by = \"all\"\noptimism_bias = {{ percent = 10, source = \"made up\" }}\nprice_base = 2026\namounts = {{ 2026 = {} }}",
        u64::from(lines) * 24_000_000
    )?;
    triangular(&mut text, "cost.scale", [0.9, 1.0, 1.6])?;
    for line in 0..lines {
        let id = format!("line-{line}");
        writeln!(
            text,
            "[[line]]\nid = \"{id}\"\nname = \"{id}\"\nside = \"benefit\"\nlayer = \"fiscal\"\nintervention = \"one\"\nsource = \"made up\"\ngained_by = \"all\"\nclaims = \"{id}\"\nevidence = \"none\"\noptimism_bias = {{ percent = 15, source = \"made up\" }}\ncashable = 0\nprice_base = 2026\n[line.driver]\ncohort = \"people\"\nfirst_year = 2026\nlast_year = 2035\ntake_up = 0.3\nunit = \"units\"\nimpact = 50\nunit_value = 350\ndeadweight = 0.2\ndisplacement = 0.05\ndrop_off = 0.05\nlag = 0"
        )?;
        triangular(&mut text, &format!("{id}.take_up"), [0.1, 0.3, 0.4])?;
        triangular(&mut text, &format!("{id}.impact"), [20.0, 50.0, 90.0])?;
        triangular(
            &mut text,
            &format!("{id}.unit_value"),
            [250.0, 350.0, 500.0],
        )?;
    }
    Ok(text)
}

fn triangular(text: &mut String, input: &str, [low, mode, high]: [f64; 3]) -> std::fmt::Result {
    writeln!(
        text,
        "[[uncertain]]\ninput = \"{input}\"\ndistribution = \"triangular\"\nlow = {low}\nmode = {mode}\nhigh = {high}\nsource = \"made up\""
    )
}
