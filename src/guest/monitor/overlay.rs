//! Mounting the layers: overlay in the user namespace, with as many layers as the kernel takes.
//!
//! Linux 6.8 takes each layer by a call of its own (`lowerdir+`). Older kernels take one
//! page of text: there the layers get one-to-three-digit names in a scratch tmpfs, so that
//! 500 of them fit (facts tried on 6.1 and 6.18).

use core::ffi::CStr;

use crate::act_mount::fsconfig;
use crate::act_mount::fsmount;
use crate::act_mount::fsopen;
use crate::machine::Machine;
use crate::plan::Cursor;
use crate::raw;
use crate::raw::*;
use crate::wire;

/// Bits of the options word.
const VOLATILE: u64 = 1;
const READ_ONLY: u64 = 2;

/// What mount(2) takes as data on every architecture with 4 KiB pages.
const PAGE: usize = 4096;

pub fn step(m: &mut Machine, list: &mut Cursor) -> raw::Result<()> {
    let (reg, staging) = (list.word(), list.text());
    let (upper, work, options) = (list.text(), list.text(), list.word());
    let data = list.text();
    let (count, lowers) = list.texts();
    if count == 0 || count > wire::MAX_LOWERS {
        return Err(EINVAL);
    }
    let layers = Layers { upper, work, options, data, count, lowers };
    let mounted = match one_by_one(&layers) {
        // Kernels with data-only layers take each layer by a call of its own.
        Err(EINVAL) if data.is_empty() => on_a_page(&layers, staging)?,
        other => other?,
    };
    m.set(reg, mounted);
    Ok(())
}

struct Layers {
    /// Empty for a view of the lower layers alone.
    upper: &'static CStr,
    work: &'static CStr,
    options: u64,
    /// Data-only layer; empty without one.
    data: &'static CStr,
    count: usize,
    /// Topmost first, as overlay wants them.
    lowers: Cursor,
}

fn one_by_one(layers: &Layers) -> raw::Result<i32> {
    let context = fsopen(c"overlay")?;
    let mounted = configure(context, layers).and_then(|()| fsmount(context, 0));
    close(context);
    mounted
}

fn configure(context: i32, layers: &Layers) -> raw::Result<()> {
    let mut lowers = layers.lowers;
    fsconfig(context, c"source", c"overlay")?;
    for _ in 0..layers.count {
        fsconfig(context, c"lowerdir+", lowers.text())?;
    }
    if !layers.data.is_empty() {
        fsconfig(context, c"datadir+", layers.data)?;
    }
    if !layers.upper.is_empty() {
        let mut buffer = [0; ESCAPED_MAX];
        fsconfig(context, c"upperdir", escaped(layers.upper, &mut buffer)?)?;
        fsconfig(context, c"workdir", escaped(layers.work, &mut buffer)?)?;
    }
    fsconfig(context, c"userxattr", c"")?;
    if layers.options & VOLATILE != 0 {
        fsconfig(context, c"volatile", c"")?;
    }
    if layers.options & READ_ONLY != 0 {
        fsconfig(context, c"ro", c"")?;
    }
    Ok(())
}

/// Twice PATH_MAX.
const ESCAPED_MAX: usize = 8192;

/// Doubles backslashes: overlay takes them as escapes in these two options even when each is
/// set by a call of its own, but not in `lowerdir+` (fs/overlayfs/params.c, ovl_mount_dir).
fn escaped<'a>(path: &CStr, buffer: &'a mut [u8; ESCAPED_MAX]) -> raw::Result<&'a CStr> {
    let mut used = 0;
    for byte in path.to_bytes() {
        let count = if *byte == b'\\' { 2 } else { 1 };
        let end = used + count;
        // The last byte stays the NUL it is.
        if end >= ESCAPED_MAX {
            return Err(E2BIG);
        }
        buffer[used..end].fill(*byte);
        used = end;
    }
    buffer[used] = 0;
    CStr::from_bytes_until_nul(&buffer[..]).map_err(|_| EINVAL)
}

fn on_a_page(layers: &Layers, staging: &CStr) -> raw::Result<i32> {
    let scratch = fsmount(fsopen(c"tmpfs")?, 0)?;
    let place = openat(AT_FDCWD, staging, O_PATH | O_DIRECTORY | O_CLOEXEC, 0)?;
    call!(MOVE_MOUNT, scratch, c"".as_ptr(), place, c"".as_ptr(), 0x44)?;
    call!(FCHDIR, scratch)?;
    let tree = mount_from_links(layers, scratch);
    let _ = call!(CHDIR, c"/".as_ptr());
    let _ = call!(UMOUNT2, staging.as_ptr(), 2);
    close(place);
    close(scratch);
    tree
}

fn mount_from_links(layers: &Layers, scratch: i32) -> raw::Result<i32> {
    let mut page = Page { bytes: [0; PAGE], used: 0 };
    page.push(b"userxattr,lowerdir=")?;
    let mut lowers = layers.lowers;
    for index in 0..layers.count {
        let mut digits = [0u8; 8];
        let name = number(index, &mut digits);
        call!(SYMLINKAT, lowers.text().as_ptr(), scratch, name.as_ptr())?;
        page.push(if index == 0 { b"" } else { b":" })?;
        page.push(name.to_bytes())?;
    }
    if !layers.upper.is_empty() {
        call!(SYMLINKAT, layers.upper.as_ptr(), scratch, c"u".as_ptr())?;
        call!(SYMLINKAT, layers.work.as_ptr(), scratch, c"w".as_ptr())?;
        page.push(b",upperdir=u,workdir=w")?;
    }
    if layers.options & VOLATILE != 0 {
        page.push(b",volatile")?;
    }
    call!(MKDIRAT, scratch, c"m".as_ptr(), 0o700)?;
    const MS_RDONLY: usize = 1;
    let flags = if layers.options & READ_ONLY != 0 { MS_RDONLY } else { 0 };
    let overlay = c"overlay".as_ptr();
    call!(MOUNT, overlay, c"m".as_ptr(), overlay, flags, page.bytes.as_ptr())?;
    const CLONE: usize = 1;
    call!(OPEN_TREE, scratch, c"m".as_ptr(), CLONE | O_CLOEXEC).map(|fd| fd as i32)
}

/// Mount data being written; always ends with a NUL.
struct Page {
    bytes: [u8; PAGE],
    used: usize,
}

impl Page {
    fn push(&mut self, text: &[u8]) -> raw::Result<()> {
        let end = self.used + text.len();
        if end >= PAGE {
            return Err(E2BIG);
        }
        self.bytes[self.used..end].copy_from_slice(text);
        self.used = end;
        Ok(())
    }
}

/// Writes a number in decimal.
fn number(value: usize, digits: &mut [u8; 8]) -> &CStr {
    let mut at = digits.len() - 1;
    let mut rest = value;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 || at == 0 {
            break;
        }
    }
    CStr::from_bytes_until_nul(&digits[at..]).unwrap_or(c"0")
}
