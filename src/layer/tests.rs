//! Tables over whole archives.
