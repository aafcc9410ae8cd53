//! Newlines: finding the next one, and copying up to it, several bytes at a time.
//!
//! A container may write gigabytes in short lines: here is where the monitor's own time goes.

/// Bytes that one step of [`copy`] looks at and writes.
pub const STEP: usize = 16;

/// Copies a line with its newline to the beginning of `to`; returns its bytes, 0 when it does
/// not end within `from` or does not fit.
///
/// What lies in `to` behind the line may be overwritten.
pub fn copy(from: &[u8], to: &mut [u8]) -> usize {
    let most = from.len().min(to.len());
    let (from, to) = (&from[..most], &mut to[..most]);
    let mut at = 0;
    for (from, to) in from.chunks_exact(STEP).zip(to.chunks_exact_mut(STEP)) {
        to.copy_from_slice(from);
        if let Some(found) = newline_in(from) {
            return at + found + 1;
        }
        at += STEP;
    }
    while at < most {
        to[at] = from[at];
        at += 1;
        if from[at - 1] == b'\n' {
            return at;
        }
    }
    0
}

/// Finds a newline among [`STEP`] bytes, with the vectors that every x86_64 has.
#[cfg(target_arch = "x86_64")]
fn newline_in(step: &[u8]) -> Option<usize> {
    use core::arch::x86_64::{_mm_cmpeq_epi8, _mm_loadu_si128, _mm_movemask_epi8, _mm_set1_epi8};
    let step: &[u8; STEP] = step.try_into().ok()?;
    // SAFETY: sixteen bytes are read from an array of that length, aligned or not.
    let bytes = unsafe { _mm_loadu_si128(step.as_ptr().cast()) };
    #[allow(
        unused_unsafe,
        reason = "newer compilers know that these are safe here"
    )]
    // SAFETY: SSE2 is part of x86_64.
    let found = unsafe { _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'\n' as i8))) };
    (found != 0).then_some(found.trailing_zeros() as usize)
}

#[cfg(not(target_arch = "x86_64"))]
fn newline_in(step: &[u8]) -> Option<usize> {
    find(step)
}

/// Finds a newline, eight bytes at a time.
pub fn find(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut at = 0;
    while let Some(word) = bytes.get(at..at + 8) {
        let word = [
            word[0], word[1], word[2], word[3], word[4], word[5], word[6], word[7],
        ];
        let different = u64::from_le_bytes(word) ^ (ONES * b'\n' as u64);
        // A byte that is zero now borrows into its high bit.
        let found = different.wrapping_sub(ONES) & !different & HIGH;
        if found != 0 {
            return Some(at + (found.trailing_zeros() / 8) as usize);
        }
        at += 8;
    }
    while at < bytes.len() {
        if bytes[at] == b'\n' {
            return Some(at);
        }
        at += 1;
    }
    None
}
