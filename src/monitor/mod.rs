//! TODO monitor
