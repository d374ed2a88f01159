//! That somebody has seen an alert.

use crate::flash::Flash;
use crate::frame::{Answer, on_to_saying};
use crate::posted::Posted;
use crate::visit::Member;
use actions::alert;
use axum::extract::Path;

/// `POST /alerts/{alert}/acknowledge`.
pub async fn acknowledge(member: Member, Path(id): Path<String>, _: Posted) -> Answer {
    alert::acknowledge(member.app(), &member.actor, &id).await?;
    Ok(on_to_saying("/alerts", Flash::success("Acknowledged")))
}
