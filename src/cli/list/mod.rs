//! `ps`: containers in columns, by filters, in an order.

pub mod filter;
