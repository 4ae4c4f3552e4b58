mod noted;
mod pages;
mod seed;

use stour_web::testing::{Site, each_house};

use crate::capability;

fn each(test: impl Fn(Site)) {
    each_house(|| vec![capability()], test);
}
