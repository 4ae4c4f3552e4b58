use super::*;

/// The first three values of the published algorithm's reference program for the seed 1234567.
#[test]
fn the_seeded_sequence_is_the_published_one() {
    let random = SeededRandomness::new(1_234_567);
    let first: Vec<u64> = (0..3).map(|_| random.next_u64()).collect();
    assert_eq!(
        first,
        [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423
        ]
    );
}

#[test]
fn bytes_are_the_numbers_in_little_endian_order() {
    let numbers = SeededRandomness::new(7);
    let expected: Vec<u8> = [numbers.next_u64(), numbers.next_u64()]
        .iter()
        .flat_map(|n| n.to_le_bytes())
        .collect();
    let mut bytes = [0; 11];
    SeededRandomness::new(7).fill(&mut bytes);
    assert_eq!(bytes[..], expected[..11]);
}

#[test]
fn the_system_fills_every_byte() {
    let mut seen = [0_u8; 64];
    for _ in 0..8 {
        let mut bytes = [0; 64];
        SystemRandomness.fill(&mut bytes);
        for (seen, byte) in seen.iter_mut().zip(bytes) {
            *seen |= byte;
        }
    }
    assert!(seen.iter().all(|byte| *byte != 0));
}
