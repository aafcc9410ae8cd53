//! CRC-64 as tar-split has it: ISO 3309, reflected; Go's `hash/crc64`, table `ISO`.
//!
//! It guards against accidents only; eight bytes are taken at a time.

const POLYNOMIAL: u64 = 0xd800_0000_0000_0000;
static TABLES: [[u64; 256]; 8] = tables();

const fn tables() -> [[u64; 256]; 8] {
    let mut tables = [[0; 256]; 8];
    let mut at = 0;
    while at < 256 {
        let mut value = at as u64;
        let mut bit = 0;
        while bit < 8 {
            let carry = value & 1 != 0;
            value >>= 1;
            if carry {
                value ^= POLYNOMIAL;
            }
            bit += 1;
        }
        tables[0][at] = value;
        at += 1;
    }
    let mut table = 1;
    while table < 8 {
        let mut at = 0;
        while at < 256 {
            let before: u64 = tables[table - 1][at];
            tables[table][at] = tables[0][(before & 0xff) as usize] ^ (before >> 8);
            at += 1;
        }
        table += 1;
    }
    tables
}

/// A sum in the making.
pub struct Crc(u64);

impl Default for Crc {
    fn default() -> Self {
        Self(!0)
    }
}

impl Crc {
    pub fn update(&mut self, bytes: &[u8]) {
        let mut sum = self.0;
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            let mixed = sum ^ u64::from_le_bytes(*word);
            let bytes = mixed.to_le_bytes();
            sum = (0..8).fold(0, |sum, at| sum ^ TABLES[7 - at][usize::from(bytes[at])]);
        }
        for byte in rest {
            sum = TABLES[0][usize::from(sum as u8 ^ byte)] ^ (sum >> 8);
        }
        self.0 = sum;
    }

    /// Returns the sum, first byte first as tar-split writes it.
    pub fn finish(self) -> [u8; 8] {
        (!self.0).to_be_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_go() {
        // The vectors of Go's own test of hash/crc64.
        for (text, sum) in [
            ("", 0_u64),
            ("a", 0x3420_0000_0000_0000),
            ("ab", 0x36c4_2000_0000_0000),
            ("abc", 0x3776_c420_0000_0000),
            ("abcd", 0x3367_76c4_2000_0000),
            ("abcde", 0x32d3_6776_c420_0000),
        ] {
            let mut crc = Crc::default();
            crc.update(text.as_bytes());
            assert_eq!(u64::from_be_bytes(crc.finish()), sum, "{text}");
        }
    }

    #[test]
    fn eight_at_a_time_are_the_same_as_one_by_one() {
        let bytes: Vec<u8> = (0..1003_u32).map(|n| ((n * n) >> 3) as u8).collect();
        let (mut fast, mut slow) = (Crc::default(), Crc::default());
        fast.update(&bytes);
        bytes.iter().for_each(|byte| slow.update(&[*byte]));
        assert_eq!(fast.finish(), slow.finish());
    }
}
