//! Alerts.

use super::Store;
use crate::error::Result;
use crate::model::{Alert, Scope};

impl Store {
    /// Raises the reminders and overdue alerts whose moment has come and returns those that this call raised: each is returned once, to
    /// one caller only. Refresh first what `children_to_refresh` names, so that nothing is raised that time has settled.
    /// What is due in the minute in which it came up counts as late after `grace_us`.
    pub async fn raise_alerts(&self, now_us: i64, grace_us: i64, limit: i64) -> Result<Vec<Alert>> {
        if !read!(self, alerts::any_come(now_us, grace_us))? {
            return Ok(Vec::new());
        }
        transact!(self, alerts::raise(now_us, grace_us, limit))
    }

    /// The alerts of these roles: those that wait first, the newest first, then those acknowledged last.
    pub async fn alerts_for(&self, who: &Scope, roles: &[String], limit: i64) -> Result<Vec<Alert>> {
        read!(self, alerts::alerts_for(who, roles, limit))
    }

    /// How many alerts of these roles wait to be acknowledged; 100 for a hundred or more.
    pub async fn alerts_waiting(&self, who: &Scope, roles: &[String]) -> Result<i64> {
        read!(self, alerts::alerts_waiting(who, roles))
    }

    /// An alert.
    pub async fn alert(&self, id: i64) -> Result<Option<Alert>> {
        read!(self, alerts::alert(id))
    }

    /// Notes that a person has seen an alert. False if somebody had before; that one stays noted.
    pub async fn acknowledge(&self, alert: i64, person: &str, now_us: i64) -> Result<bool> {
        let person = person.to_owned();
        transact!(self, alerts::acknowledge(alert, &person, now_us))
    }
}
