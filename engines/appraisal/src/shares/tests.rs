use stour_kernel::Pence;

use super::guarantee::{BILLION, FeeFunction, FeeStep, Guarantee};
use super::split::{Member, split};
use crate::random::Stream;

const CASES: u64 = 1_000_000;

/// A source of whole numbers for one case.
struct Numbers(Stream, u64);

impl Numbers {
    fn below(&mut self, bound: f64) -> i64 {
        self.1 += 1;
        crate::number::whole((self.0.unit(self.1) * bound).floor()).unwrap()
    }
}

fn guarantee(numbers: &mut Numbers) -> Guarantee {
    let function = match numbers.below(3.0) {
        0 => FeeFunction::Linear,
        1 => FeeFunction::OneToOne,
        _ => FeeFunction::Step,
    };
    // Small fees, at which a penny is much, and large ones.
    let size = [20.0, 1_000.0, 1e9][usize::try_from(numbers.below(3.0)).unwrap()];
    let steps = [(0, 0), (500_000_000, 400_000_000), (BILLION, BILLION)];
    Guarantee {
        fee: Pence::new(1 + numbers.below(size)),
        benefit: Pence::new(1 + numbers.below(size)),
        function,
        steps: steps
            .map(|(reached, payable)| FeeStep { reached, payable })
            .to_vec(),
        cap: (numbers.below(4.0) == 0).then(|| Pence::new(numbers.below(size))),
        counts: Vec::new(),
        sustained_weeks: 0,
        signed_by: Vec::new(),
    }
}

fn members(numbers: &mut Numbers, caps: bool) -> Vec<Member> {
    let size = [10.0, 1_000.0, 1e9][usize::try_from(numbers.below(3.0)).unwrap()];
    (0..2 + numbers.below(7.0))
        .map(|_| Member {
            benefit: Pence::new(numbers.below(size) - numbers.below(3.0) / 2 * numbers.below(size)),
            weight: i128::from(1 + numbers.below(1e9)),
            cap: (caps && numbers.below(3.0) == 0).then(|| Pence::new(numbers.below(size))),
        })
        .collect()
}

fn total(members: &[Member]) -> Pence {
    Pence::checked_sum(members.iter().map(|member| member.benefit)).unwrap()
}

#[test]
fn a_million_agreements_sum_exactly_and_stay_within_the_fee() {
    for case in 0..CASES {
        let mut numbers = Numbers(Stream::new(case, "sums"), 0);
        let guarantee = guarantee(&mut numbers);
        let members = members(&mut numbers, true);
        let payable = guarantee.payable(total(&members));
        let (fees, beyond) = split(&payable, &members).unwrap();
        let sum = Pence::checked_sum(fees.iter().copied()).unwrap();
        assert_eq!(sum.checked_add(beyond), Some(payable.amount), "case {case}");
        assert!(payable.amount <= guarantee.fee, "case {case}");
        assert!(
            guarantee.cap.is_none_or(|cap| payable.amount <= cap),
            "case {case}"
        );
        for (fee, member) in fees.iter().zip(&members) {
            assert!(!fee.is_negative(), "case {case}");
            assert!(member.cap.is_none_or(|cap| *fee <= cap), "case {case}");
        }
        let gains: i128 = members
            .iter()
            .map(|one| i128::from(one.gain().as_i64()))
            .sum();
        let capped = members.iter().any(|one| one.cap.is_some());
        if gains > 0 && !capped {
            let (over, under) = payable.exact;
            for (fee, member) in fees.iter().zip(&members) {
                // Within a penny of the exact part: |fee × under × gains − over × gain| < under × gains.
                let exact = over * i128::from(member.gain().as_i64());
                let given = i128::from(fee.as_i64()) * under * gains;
                assert!((given - exact).abs() < under * gains, "case {case}");
            }
        }
    }
}

#[test]
fn in_a_million_agreements_more_benefit_never_lowers_ones_own_share() {
    for case in 0..CASES {
        let mut numbers = Numbers(Stream::new(case, "monotone"), 0);
        let guarantee = guarantee(&mut numbers);
        let before = members(&mut numbers, false);
        let mut after = before.clone();
        let who = usize::try_from(numbers.below(crate::number::count(before.len()))).unwrap();
        let size = [3.0, 100.0, 1e8][usize::try_from(numbers.below(3.0)).unwrap()];
        let more = 1 + numbers.below(size);
        after[who].benefit = after[who].benefit.checked_add(Pence::new(more)).unwrap();
        let own = |payable, members: &[Member]| split(&payable, members).unwrap().0[who].as_i64();
        let payable = guarantee.payable(total(&before));
        let gains = |members: &[Member]| members.iter().any(|one| one.gain() > Pence::ZERO);
        if !gains(&before) {
            continue;
        }
        assert!(
            own(payable, &after) >= own(payable, &before),
            "of one fee, case {case}"
        );
        let grown = guarantee.payable(total(&after));
        assert!(grown.amount >= payable.amount, "case {case}");
        let has_losses = before.iter().any(|one| one.benefit.is_negative());
        let is_exact = guarantee.function != FeeFunction::Step && guarantee.cap.is_none();
        // Where others' exact parts move with the fee, a rounding may take back a penny, not more.
        let slack = i64::from(has_losses || !is_exact);
        assert!(
            own(grown, &after) + slack >= own(payable, &before),
            "of a growing fee, case {case}"
        );
    }
}

#[test]
fn the_published_example_is_paid_to_the_penny() {
    // Fee £10m, guarantee £12.54m, measured £9.405m: three quarters.
    let guarantee = Guarantee {
        fee: Pence::new(1_000_000_000),
        benefit: Pence::new(1_254_000_000),
        function: FeeFunction::Linear,
        steps: Vec::new(),
        cap: None,
        counts: Vec::new(),
        sustained_weeks: 0,
        signed_by: Vec::new(),
    };
    assert_eq!(
        guarantee.payable(Pence::new(940_500_000)).amount,
        Pence::new(750_000_000)
    );
    assert_eq!(
        guarantee.payable(Pence::new(1_287_000_000)).amount,
        guarantee.fee
    );
    assert_eq!(guarantee.payable(Pence::new(-5)).amount, Pence::ZERO);
}
