//! What long work tells whoever watches; only `cli` draws it.

/// One thing whose progress is shown, such as a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<'a> {
    /// A line about the whole work, such as "Trying to pull …".
    Note(&'a str),
    /// An object begins; `total` in bytes, 0 when unknown.
    Begin {
        id: &'a str,
        label: &'a str,
        total: u64,
    },
    /// So many more bytes of it are done.
    Advance { id: &'a str, bytes: u64 },
    /// It is complete; `skipped` when it was here already.
    Done { id: &'a str, skipped: bool },
    /// Something was lost or retried; one line for stderr.
    Warning(&'a str),
}

/// A sink of progress; shared by threads.
pub trait Progress: Sync {
    fn event(&self, event: Event<'_>);
}

/// Shows nothing.
pub struct Silent;

impl Progress for Silent {
    fn event(&self, _event: Event<'_>) {}
}
