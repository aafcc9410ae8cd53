//! Conditions the OCI form has no operator for, said in several that it has.

use oci_spec::runtime::{LinuxSeccompArg, LinuxSeccompArgBuilder, LinuxSeccompOperator as Op};

/// Returns alternatives, one of which holds exactly when the low 32 bits of an argument are
/// neither of two values.
///
/// The OCI form knows "some bits equal", but not "some bits differ". Two values agree in some
/// bits and differ in others. A third value is neither of them if it departs from what they
/// agree on in at least one bit, or if in the bits where they differ it shows neither one's
/// pattern. High bits are never looked at: the kernel truncates such arguments to 32 bits.
pub fn unless_low32_in(index: usize, [one, two]: [u32; 2]) -> Vec<LinuxSeccompArg> {
    let differing = one ^ two;
    let mut alternatives: Vec<LinuxSeccompArg> = (0..32)
        .map(|bit| 1u32 << bit)
        .filter(|bit| bit & differing == 0)
        .map(|bit| masked(index, bit, !one & bit))
        .collect();
    // The bits set in both values first: small ordinary values lack them, and one test decides.
    alternatives.sort_by_key(|arg| arg.value_two() != Some(0));
    alternatives.extend(
        subsets(differing)
            .filter(|pattern| *pattern != one & differing && *pattern != two & differing)
            .map(|pattern| masked(index, differing, pattern)),
    );
    alternatives
}

/// Every combination of a mask's bits.
fn subsets(mask: u32) -> impl Iterator<Item = u32> {
    let mut next = Some(0u32);
    std::iter::from_fn(move || {
        let now = next?;
        // Counting in the mask's bits only: fill the others so that carries run through them.
        let following = (now | !mask).wrapping_add(1) & mask;
        next = (following != 0).then_some(following);
        Some(now)
    })
}

/// "These bits have this value", the one operator that needs a second number.
pub fn masked(index: usize, mask: u32, value: u32) -> LinuxSeccompArg {
    argument(
        index,
        u64::from(mask),
        Some(u64::from(value)),
        Op::ScmpCmpMaskedEq,
    )
}

/// Makes one condition.
pub fn argument(index: usize, value: u64, value_two: Option<u64>, op: Op) -> LinuxSeccompArg {
    let builder = LinuxSeccompArgBuilder::default()
        .index(index)
        .value(value)
        .op(op);
    match value_two {
        Some(value_two) => builder.value_two(value_two),
        None => builder,
    }
    .build()
    .expect("every field has a default")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_but_two_passes() {
        for [one, two] in [[38, 40], [0x5412, 0x541c], [0, 1], [0x2000, 0x6000]] {
            let alternatives = unless_low32_in(0, [one, two]);
            let passes = |value: u64| {
                alternatives
                    .iter()
                    .any(|arg| value & arg.value() == arg.value_two().expect("always set"))
            };
            for high in [0u64, 1 << 32, 0xffff_ffff << 32] {
                assert!(!passes(high | u64::from(one)));
                assert!(!passes(high | u64::from(two)));
                for near in (0..0x1_0000u32).chain([u32::MAX, 0x8000_0000 | one]) {
                    let expected = near != one && near != two;
                    assert_eq!(passes(high | u64::from(near)), expected, "{near:#x}");
                }
            }
        }
    }
}
