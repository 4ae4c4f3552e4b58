//! Names heard in England, from the reference data of the synthetic population, and a tail put together from parts.

use std::collections::HashMap;

use super::{Origin, Repeated, Words, given_curve, joined, split, surname_curve};

const FIRST_NAMES: &str = include_str!("../../../../reference/names/first_names.csv");
const SURNAMES: &str = include_str!("../../../../reference/names/surnames.csv");
const STREETS: &str = include_str!("../../../../reference/names/streets.csv");

/// What people of these names are called too: the name, then the others.
const NICKNAMES: &str = include_str!("nicknames.txt");

const FEMALE_STARTS: &str = "Ad Al Am An Ar Ath Aur Bel Ber Bri Cal Cam Car Cass Cel Cor Dal Dar Del Des Dor Ed El Em \
    Er Ev Fel Fer Flor Gal Gen Ger Gl Gwen Har Hel Hild Id Il Im Ir Is Jac Jan Jes Jo Jos Kar Kath Ker Kir Lar Laur Len \
    Lil Lor Lu Mad Mar Mel Mer Mir Mor Nad Nat Ner Nic Nor Od Ol Or Per Phil Pr Ros Sab Ser Sid Sib Sol Tam Ter Th Tr \
    Ul Val Ver Viv Wil Win Yas Zel";
const FEMALE_ENDS: &str = "a aine ala alie ana anda andra anne ara aria ary asia atha ea edith een ela ele elia elin ella \
    elle ena ene enna era erie essa eta eth etta ette ey ia iana ica icia ida ie iella ienne ifer ilda illa ima ina inda \
    ine inna iona ira isa ise isha issa ita itha iva ola olina ona onie ora oria orna osa otte ova oya uella una ura usha \
    ya yce yl ylla yn yna yra ys yssa";
const MALE_STARTS: &str = "Ab Ad Al Am An Ant Ar Aub Aug Bal Bar Ben Ber Bert Bran Bren Bry Cad Cal Cam Car Ced Clar \
    Clem Con Cor Dam Dar Den Der Dom Don Dun Ed Eg El Em Er Ern Ev Fab Fer Fin Gar Gav Ger Gil Glen God Greg Hal Har Hec \
    Her Hor Hub Ig Irv Iv Jar Jer Jos Jul Kel Ken Ker Lam Lan Laur Len Lin Lor Luc Mal Mar Maur Mil Mor Ned Nor Ol Or Os \
    Per Quen Ral Ran Reg Rod Rol Ron Ros Rup Sel Sid Sil Tad Ted Ter";
const MALE_ENDS: &str = "ad aire al ald am an ander ane ard aric as ast atio aun ave ay ed eem el ell em en ence ene er \
    eric ern ert ery es eth ett ey ian ic ice ick id ie iel ier in ine ing ion ip is ison ist ius ley lin low man mer \
    mond more mund nard nell ner ney o old on or oran ore os ot our ram ric rick ron son ston ton us vin vor ward way \
    wick win wood wyn y";
const SURNAME_STARTS: &str = "Al Am An Ar As At Av Bag Bal Ban Bar Bas Bat Bax Beck Bed Bel Ben Ber Bes Bick Bil Bin \
    Bir Blan Bod Bol Bor Bos Bow Box Brack Brad Bram Bran Bray Bren Bris Brock Brom Buck Bul Bur But Cad Cal Can Car \
    Cas Cat Chad Chal Chet Chil Chis Clay Cleve Clif Cob Col Con Cor Cot Cran Crof Crom Cul Dal Dar Den Der Dod Dor \
    Drake Dray Dun Dur East El Em En Er Es Fair Fal Far Fen Fin Flax Fos Frank Gad Gal Gar Gil Glas God Gol Gos Gran \
    Grim Gun Had Hal Ham Han Har Has Hat Hav Hay Hazel Hen Her Hex Hil Hol Hor Hough Hub Hun Hur In Ir Kel Ken Ket Kil \
    Kim Kin Kirk Lam Lan Las Lav Leck Leigh Len Lin Lis Lock Lor Lud Lul Lyn Mal Man Mar Mas Mel Mer Mid Mil Mor Nant \
    Nes New Nor Oak Or Os Ot Ox Pad Pal Par Pem Pen Per Pick Pol Pres Pul Rad Ran Rat Red Rip Rock Ros Row Rud Rush Sal \
    San Sed Sel Shel Ship Shor Sid Skel Smal Som Staf Stan Stat Stock Strat Sud Sut Swan Tad Tam Tar Tel Thorn Til Tor";
const SURNAME_ENDS: &str = "acott aby allack ander aney ard arrow ates aux away beck bell berry bert bey born bourne bow \
    bridge brook burn bury by caster cliffe combe cott croft cross dale den dent der dew dick don dow dred ell ell er \
    erley ers ery es ett ey field fold foot ford gate gill gin gold gomery grave greave gress grove hall ham hay head \
    hill hurst iker ill iman inger ings ingham ington irk ison kett kin kins land lane lard law leigh les ley lin ling \
    lock low man marsh mead mer mick mond more mott mouth nall ness nett ney nock nor ock on ope orne ough over pole \
    port rell rich rick ridge ris roe ron row sall say scott sell set shaw side smith som son stead stick stone stow \
    sworth tead ter thorpe tin ton tree try vell ver vey vin wade wald wall ward water way well wick win wold wood \
    worth yard yer";

/// The words of the vocabulary.
pub(super) fn words() -> Words {
    Words::of(vec![origin(1.0)], nicknames(), streets())
}

/// The names of households whose names have long been heard in England.
pub(super) fn origin(share: f64) -> Origin {
    let female = joined(&split(FEMALE_STARTS), &split(FEMALE_ENDS), 1);
    let male = joined(&split(MALE_STARTS), &split(MALE_ENDS), 2);
    let rare = joined(&split(SURNAME_STARTS), &split(SURNAME_ENDS), 3);
    let (surnames, feminine) = surnames("british");
    Origin {
        share,
        female: Repeated::new(
            given("F", "british").into_iter().chain(female).take(6_240),
            given_curve,
        ),
        male: Repeated::new(
            given("M", "british").into_iter().chain(male).take(6_240),
            given_curve,
        ),
        surnames: Repeated::new(surnames.into_iter().chain(rare).take(22_000), surname_curve),
        feminine,
    }
}

/// First names of a sex and an origin, the commonest first.
pub(super) fn given(sex: &str, origin: &str) -> Vec<String> {
    listed(FIRST_NAMES, 5, |row| {
        row.get(1) == Some(&sex) && row.get(2) == Some(&origin)
    })
}

/// Surnames of an origin, the commonest first, and the form that women use where it differs.
pub(super) fn surnames(origin: &str) -> (Vec<String>, HashMap<String, String>) {
    let names = listed(SURNAMES, 3, |row| row.get(2) == Some(&origin));
    let feminine = rows(SURNAMES)
        .filter_map(|row| Some((*row.first()?, *row.get(1)?)))
        .filter(|(_, form)| !form.is_empty())
        .map(|(name, form)| (name.to_owned(), form.to_owned()))
        .collect();
    (names, feminine)
}

/// What people of a name are called too.
pub(super) fn nicknames() -> HashMap<String, Vec<String>> {
    NICKNAMES
        .lines()
        .filter_map(|line| {
            let mut names = line.split_whitespace().map(str::to_owned);
            Some((names.next()?, names.collect()))
        })
        .collect()
}

/// Invented streets: each first part with one kind.
pub(super) fn streets() -> Vec<String> {
    let part = |position: &str| listed(STREETS, 2, |row| row.get(1) == Some(&position));
    part("first")
        .into_iter()
        .zip(part("kind").iter().cycle())
        .take(40)
        .map(|(first, kind)| format!("{first} {kind}"))
        .collect()
}

/// The first fields of the rows of a table that fit, by falling weight.
fn listed(table: &str, weight: usize, fits: impl Fn(&[&str]) -> bool) -> Vec<String> {
    let mut names: Vec<(u32, &str)> = rows(table)
        .filter(|row| fits(row))
        .filter_map(|row| Some((row.get(weight)?.parse().ok()?, *row.first()?)))
        .collect();
    names.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    names.into_iter().map(|(_, name)| name.to_owned()).collect()
}

/// The rows of a table of the reference data, none of whose fields is quoted.
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split(',').collect())
}
