//! That somebody has seen an alert.

use crate::flash::Flash;
use crate::frame::{Answer, on_to_saying};
use crate::posted::Posted;
use crate::visit::Member;
use actions::{alert, area, silence};
use axum::extract::Path;

/// `POST /alerts/{alert}/acknowledge`.
pub async fn acknowledge(member: Member, Path(id): Path<String>, _: Posted) -> Answer {
    alert::acknowledge(member.app(), &member.actor, &id).await?;
    Ok(on_to_saying("/alerts", Flash::success("Acknowledged")))
}

/// `POST /alerts/silence`: somebody sees to it that nothing has been recorded.
pub async fn silence_seen(member: Member, posted: Posted) -> Answer {
    silence::seen(member.app(), &member.actor, posted.get("child"), posted.get("episode")).await?;
    let said = Flash::success("Noted: you are seeing to it")
        .text("It is said again when something has been recorded and then nothing for long.");
    Ok(on_to_saying("/alerts", said))
}

/// `POST /alerts/panel`: somebody has seen that what a panel agreed is overdue.
pub async fn panel_seen(member: Member, posted: Posted) -> Answer {
    area::seen(member.app(), &member.actor, posted.get("book"), posted.get("action")).await?;
    Ok(on_to_saying("/alerts", Flash::success("Acknowledged")))
}
