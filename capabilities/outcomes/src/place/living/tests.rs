use super::*;
use stour_partnership::reference;

#[test]
fn the_people_of_places_add_up_to_everybody() {
    let reference = reference().unwrap();
    let whole = Living::of_whole(reference);
    let published: u32 = reference.lsoas.iter().map(|area| area.population).sum();
    assert_eq!(whole.total(), published);
    let elders: u32 = reference
        .lsoas
        .iter()
        .map(|area| area.population_65_plus)
        .sum();
    assert_eq!(whole.aged_from(65), elders);
    assert_eq!(whole.most_deprived(10).people, published);
    assert_eq!(usize::try_from(whole.areas()), Ok(reference.lsoas.len()));
    let localities = reference.localities.iter().map(|locality| {
        let place = Place::Locality(locality.code.clone());
        let living = Living::of_place(reference, &place).unwrap();
        assert_eq!(
            Some(living.people),
            reference.population_in(&place),
            "{place:?}"
        );
        living.total()
    });
    assert_eq!(localities.sum::<u32>(), published);
    assert_eq!(whole.councils.values().sum::<u32>(), published);
}

#[test]
fn a_place_without_small_areas_has_nobody_to_describe() {
    let elsewhere = Place::Council("E06000030".parse().unwrap());
    assert_eq!(Living::of_place(reference().unwrap(), &elsewhere), None);
}

#[test]
fn shares_are_said_as_people_say_them() {
    for (share, said) in [
        (24.4, "about one in four"),
        (28.6, "about three in ten"),
        (32.0, "about one in three"),
        (19.0, "about one in five"),
        (4.0, "4%"),
        (22.9, "23%"),
        (63.7, "64%"),
    ] {
        assert_eq!(fraction(share), said);
    }
}
