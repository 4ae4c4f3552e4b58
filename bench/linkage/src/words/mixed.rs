//! Households of several origins. In some of them few surnames serve many people, in some names are two letters long,
//! in some a surname has another form for women or is two words. Shares and weights are invented.

use std::collections::HashMap;

use super::{Origin, Repeated, Words, english, joined, split};

const CHINESE_SURNAMES: &str = "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo \
    Zheng Liang Xie Song Tang Deng Han Feng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Su Wei";
const CHINESE_STARTS: &str = "Ai Bo Chun Da Fang Guo Hai Hong Hui Jia Jian Jing Jun Lan Lei Li Mei Min Ming Na Ning Ping \
    Qiang Qing Rong Rui Shan Shu Tao Ting Wei Wen Xia Xin Xiu Yan Ying Yong Yu Yun Zhen Zhi";
const CHINESE_ENDS: &str = " bin bo fang fei hao hong hua hui jie jing juan jun lan lei li lin ling mei min ming na ping \
    qi qin rong shan tao ting wei wen xia xin yan yi ying yu yun zhen";
const SOUTH_ASIAN_STARTS: &str = "Ab Adn Am An Ar As Az Bal Bil Deep Div Fai Far Gur Har Has Im Jas Kam Kir Kul Man Mas \
    Meh Moh Nad Nav Nis Par Pra Raj Ram Rav Sab Saf Sam San Shab Sim Sul Tah Vik Yus Zah Zai";
const SOUTH_ASIAN_ENDS: &str = "aan ad ana ani ar ara deep een eem eena esh ha i ia ima in inder ir ish ita iya jeet \
    jit kumar mina mit na nan oor pal preet raf rin shan ul vinder wan ya";
const EUROPEAN_STARTS: &str = "Ad Al And Ant Bar Ber Bog Car Dan Dom Ed Em Fel Fer Gab Gon Hel Hug Isa Jan Jer Jul Kam \
    Kar Kor Lid Luc Mag Mar Mat Mil Nat Nel Pat Raf Ren Ric Rob Sal Ser Sil Tad Ter Val Ver Wal Wit Zuz";
const EUROPEAN_ENDS: &str = "a ana aldo ek el ela en ena eta ia ian ica iel iga ika ilia im ina io ira isa ita ito iusz \
    na nia o ola on ora osz ria sław ta wa ysz";
const POLISH_SURNAME_STARTS: &str = "Adam Bar Biel Bor Brzoz Chmiel Czar Dom Gaj Gór Jan Jar Jasi Kal Kar Kos Krak Kub \
    Leś Lip Maj Mal Mar Mich Mil Mor Nied Ol Os Pietr Raj Rat Ros Rud Sad Sik Sob Star Tom Urb Wal Wit Zab Zaj";
const POLISH_SURNAME_ENDS: &str = "owski ecki iński icki ewski owicz ak czyk ek arz";

/// A curve by Zipf's law with this exponent.
fn zipf(exponent: f64) -> impl Fn(f64) -> f64 {
    move |rank| (rank + 2.0).powf(-exponent)
}

/// The words of the vocabulary.
pub(super) fn words() -> Words {
    let origins = vec![
        english::origin(0.3),
        chinese(),
        south_asian(),
        polish(),
        portuguese(),
    ];
    Words::of(origins, english::nicknames(), english::streets())
}

/// Forty-odd surnames for all, and given names of one or two syllables that hardly tell the sex.
fn chinese() -> Origin {
    let mut ends = split(CHINESE_ENDS);
    ends.push("");
    let given = joined(&split(CHINESE_STARTS), &ends, 4);
    Origin {
        share: 0.15,
        female: Repeated::new(given.iter().cloned(), zipf(0.7)),
        male: Repeated::new(given.into_iter().rev(), zipf(0.7)),
        surnames: Repeated::new(
            split(CHINESE_SURNAMES).into_iter().map(str::to_owned),
            zipf(0.8),
        ),
        feminine: HashMap::new(),
    }
}

/// A few surnames for half of all; Singh is the surname of men whose daughters and wives are Kaur.
fn south_asian() -> Origin {
    let (surnames, _) = english::surnames("south-asian");
    let rare = joined(&split(SOUTH_ASIAN_STARTS), &split(SOUTH_ASIAN_ENDS), 5);
    let given = joined(&split(SOUTH_ASIAN_STARTS), &split(SOUTH_ASIAN_ENDS), 6);
    let with = |names: Vec<String>| names.into_iter().chain(given.iter().cloned());
    Origin {
        share: 0.25,
        female: Repeated::new(with(english::given("F", "south-asian")), zipf(0.9)),
        male: Repeated::new(with(english::given("M", "south-asian")), zipf(0.9)),
        surnames: Repeated::new(surnames.into_iter().chain(rare), zipf(1.2)),
        feminine: HashMap::from([("Singh".to_owned(), "Kaur".to_owned())]),
    }
}

/// Surnames with another form for women, and letters with marks.
fn polish() -> Origin {
    let (surnames, mut feminine) = english::surnames("polish");
    let rare = joined(
        &split(POLISH_SURNAME_STARTS),
        &split(POLISH_SURNAME_ENDS),
        7,
    );
    for name in &rare {
        if let Some(stem) = name.strip_suffix("ki") {
            feminine.insert(name.clone(), format!("{stem}ka"));
        }
    }
    Origin {
        share: 0.2,
        female: european("F", "polish", 8),
        male: european("M", "polish", 9),
        surnames: Repeated::new(surnames.into_iter().chain(rare), zipf(0.7)),
        feminine,
    }
}

/// Surnames of two words as often as of one.
fn portuguese() -> Origin {
    let (single, _) = english::surnames("portuguese");
    let first: Vec<&str> = single.iter().map(String::as_str).collect();
    let spaced: Vec<String> = single.iter().map(|name| format!(" {name}")).collect();
    let second: Vec<&str> = spaced.iter().map(String::as_str).collect();
    let double = joined(&first, &second, 10);
    Origin {
        share: 0.1,
        female: european("F", "portuguese", 11),
        male: european("M", "portuguese", 12),
        surnames: Repeated::new(single.iter().cloned().chain(double), zipf(0.6)),
        feminine: HashMap::new(),
    }
}

fn european(sex: &str, origin: &str, order: u64) -> Repeated {
    let rare = joined(&split(EUROPEAN_STARTS), &split(EUROPEAN_ENDS), order);
    Repeated::new(
        english::given(sex, origin).into_iter().chain(rare),
        zipf(0.9),
    )
}
