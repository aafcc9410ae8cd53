//! Where large files are cut: at the same bytes whatever comes before them.
//!
//! bup's rolling sum over 64 bytes (lib/bup/bupsplit.c), as containers/storage uses it: a part
//! ends where the low 16 bits of the second sum are all ones, every 64 KiB in the mean. The same
//! cuts as everybody's, so that parts are found again in what others have written.

const WINDOW: usize = 64;
const OFFSET: u32 = 31;
const MASK: u32 = (1 << 16) - 1;

/// The sum of the last 64 bytes of one file.
pub struct Rolling {
    first: u32,
    second: u32,
    window: [u8; WINDOW],
    at: usize,
}

impl Default for Rolling {
    fn default() -> Self {
        let window = WINDOW as u32;
        Self {
            first: window * OFFSET,
            second: window * (window - 1) * OFFSET,
            window: [0; WINDOW],
            at: 0,
        }
    }
}

impl Rolling {
    /// Takes bytes up to and with the one after which to cut; returns how many, and whether.
    pub fn take(&mut self, bytes: &[u8]) -> (usize, bool) {
        let (mut first, mut second, mut at) = (self.first, self.second, self.at);
        let mut taken = bytes.len();
        let mut cut = false;
        for (index, byte) in bytes.iter().enumerate() {
            let slot = &mut self.window[at];
            let dropped = u32::from(std::mem::replace(slot, *byte));
            at = (at + 1) % WINDOW;
            first = first.wrapping_add(u32::from(*byte)).wrapping_sub(dropped);
            second = second
                .wrapping_add(first)
                .wrapping_sub(WINDOW as u32 * (dropped + OFFSET));
            if second & MASK == MASK {
                (taken, cut) = (index + 1, true);
                break;
            }
        }
        (self.first, self.second, self.at) = (first, second, at);
        (taken, cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(bytes: &[u8], step: usize) -> Vec<usize> {
        let mut rolling = Rolling::default();
        let mut found = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let end = bytes.len().min(at.saturating_add(step));
            let (taken, cut) = rolling.take(&bytes[at..end]);
            at += taken;
            if cut {
                found.push(at);
            }
        }
        found
    }

    #[test]
    fn cuts_do_not_depend_on_how_bytes_arrive_and_return_after_a_change() {
        let mut seed: u64 = 9;
        let noise = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 56) as u8
        });
        let bytes: Vec<u8> = noise.take(2 << 20).collect();
        let whole = cuts(&bytes, usize::MAX);
        assert!(whole.len() > 10 && whole.len() < 100, "{}", whole.len());
        assert_eq!(cuts(&bytes, 1000), whole);
        let longer = [b"something in front".as_slice(), &bytes].concat();
        let moved: Vec<usize> = cuts(&longer, 4096).iter().map(|cut| cut - 18).collect();
        assert_eq!(moved[moved.len() - 8..], whole[whole.len() - 8..]);
    }
}
