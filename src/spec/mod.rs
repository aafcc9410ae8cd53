//! TODO spec
