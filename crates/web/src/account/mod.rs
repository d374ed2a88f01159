//! One's own account: ways to sign in, sessions, and in which post one works.

mod confirm;
mod password;
mod session;
mod show;
mod ways;

pub use confirm::{by_passkey as confirm_by_passkey, check as confirm, show as ask_to_confirm};
pub use password::{change as change_password, show as password};
pub use session::{awake, end as end_session, lock, seen, work_as};
pub use show::show;
pub use ways::{add_passkey, ask_to_add_passkey, begin_codes, finish_codes, remove_codes, remove_passkey};
