//! Figures of a running server, for Prometheus: how long which page took and how it was answered, connections, and what a worker noted of the
//! database's safety. They name routes such as `/children/{child}`, and never a child, a person or an address. They are answered on a listener of
//! their own (`--metrics`), not beside the pages.

use crate::state::Site;
use actions::copies;
use actions::upkeep::{self, Figure};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Router, http::StatusCode};
use prometheus::{
    Counter, Encoder as _, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts,
    Registry, TextEncoder, core::Collector,
};
use std::time::Instant;

/// The buckets of how long a page takes, in seconds: what nobody notices, up to what nobody waits for.
const SECONDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
/// What is asked at an address that there is not.
const NOWHERE: &str = "none";

/// The figures of one server.
#[derive(Clone)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    took: HistogramVec,
    pub(crate) open: IntGauge,
    pub(crate) ousted: IntCounter,
    pub(crate) not_taken: IntCounter,
    decided: IntCounter,
    deciding: Counter,
    up: IntGauge,
    done: IntGaugeVec,
    faults: IntGaugeVec,
    one_copy: IntGaugeVec,
}

impl Metrics {
    /// All of them at nothing.
    ///
    /// # Errors
    /// If two have one name, which no caller can bring about.
    pub(crate) fn new() -> prometheus::Result<Metrics> {
        let registry = Registry::new();
        let took = HistogramOpts::new("whereabouts_request_seconds", "How long it took to answer, by route")
            .buckets(SECONDS.to_vec());
        let metrics = Metrics {
            requests: IntCounterVec::new(
                Opts::new("whereabouts_requests_total", "Answers, by method, route and status"),
                &["method", "route", "status"],
            )?,
            took: HistogramVec::new(took, &["route"])?,
            open: IntGauge::new("whereabouts_connections_open", "Connections that are open")?,
            ousted: IntCounter::new("whereabouts_connections_ousted_total", "Silent connections that had to give way")?,
            not_taken: IntCounter::new(
                "whereabouts_connections_not_taken_total",
                "Connections that were closed at once, because no silent one could give way",
            )?,
            decided: IntCounter::new("whereabouts_decisions_total", "How often it was decided who may what")?,
            deciding: Counter::new("whereabouts_decision_seconds_total", "How long those decisions took together")?,
            up: IntGauge::new("whereabouts_database_up", "Whether the database answers, and takes what is saved")?,
            done: IntGaugeVec::new(
                Opts::new(
                    "whereabouts_last_done_timestamp_seconds",
                    "When a worker last beat, verified, signed, backed up",
                ),
                &["what"],
            )?,
            faults: IntGaugeVec::new(
                Opts::new("whereabouts_fault", "Whether the last verify, checkpoint or backup found or met a fault"),
                &["what"],
            )?,
            one_copy: IntGaugeVec::new(
                Opts::new(
                    "whereabouts_one_copy",
                    "Where there is a follower: whether something has one copy only, for how many seconds, how many entries the follower is \
                     behind, whether it is away",
                ),
                &["what"],
            )?,
            registry: registry.clone(),
        };
        let all: [Box<dyn Collector>; 11] = [
            Box::new(metrics.requests.clone()),
            Box::new(metrics.took.clone()),
            Box::new(metrics.open.clone()),
            Box::new(metrics.ousted.clone()),
            Box::new(metrics.not_taken.clone()),
            Box::new(metrics.decided.clone()),
            Box::new(metrics.deciding.clone()),
            Box::new(metrics.up.clone()),
            Box::new(metrics.done.clone()),
            Box::new(metrics.faults.clone()),
            Box::new(metrics.one_copy.clone()),
        ];
        for one in all {
            registry.register(one)?;
        }
        Ok(metrics)
    }

    /// An answer was given.
    fn answered(&self, asked: &Asked, status: StatusCode) {
        self.requests.with_label_values(&[asked.method, asked.route.as_str(), status.as_str()]).inc();
        self.took.with_label_values(&[asked.route.as_str()]).observe(asked.at.elapsed().as_secs_f64());
    }

    async fn written(&self, site: &Site) -> Result<Vec<u8>, prometheus::Error> {
        let figures = upkeep::figures(&site.app).await;
        self.up.set(i64::from(figures.is_some()));
        for Figure { what, at_s, fault } in figures.unwrap_or_default() {
            self.done.with_label_values(&[what.as_str()]).set(at_s);
            self.faults.with_label_values(&[what.as_str()]).set(i64::from(fault));
        }
        if let Some(known) = copies::known(&site.app).await {
            let since = copies::alone_since(&known);
            let alone = i64::from(since.is_some() || !known.begun);
            let for_seconds = since.map_or(0, |since| (site.app.now().0 - since.0).max(0));
            let away = i64::from(known.away);
            for (what, is) in [("alone", alone), ("seconds", for_seconds), ("behind", known.behind), ("away", away)] {
                self.one_copy.with_label_values(&[what]).set(is);
            }
        }
        let (count, took) = upkeep::decisions(&site.app);
        self.decided.inc_by(count.saturating_sub(self.decided.get()));
        self.deciding.inc_by((took.as_secs_f64() - self.deciding.get()).max(0.0));
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(text)
    }
}

/// What is noted of a request: nothing by which anybody is known.
pub(crate) struct Asked {
    method: &'static str,
    route: String,
    at: Instant,
}

impl Asked {
    /// Of a request that is about to be answered.
    pub(crate) fn of(request: &Request) -> Asked {
        let route = request.extensions().get::<MatchedPath>().map_or(NOWHERE, MatchedPath::as_str).to_owned();
        // Whoever makes up methods makes up no figures.
        let known = ["GET", "POST", "HEAD"];
        let method = known.into_iter().find(|one| *one == request.method().as_str()).unwrap_or("other");
        Asked { method, route, at: Instant::now() }
    }

    /// Counts the answer, and says it in the log.
    pub(crate) fn answered(&self, site: &Site, status: StatusCode, reference: &str) {
        let ms = self.at.elapsed().as_millis() as u64;
        let (method, route, status_code) = (self.method, self.route.as_str(), status.as_u16());
        if status.is_server_error() {
            tracing::warn!(request = reference, method, route, status = status_code, ms, "answered");
        } else {
            tracing::info!(request = reference, method, route, status = status_code, ms, "answered");
        }
        if let Some(metrics) = &site.metrics {
            metrics.answered(self, status);
        }
    }
}

/// The service that answers with the figures, at `/metrics`.
pub fn metrics(site: Site) -> Router {
    Router::new().route("/metrics", get(show)).with_state(site)
}

async fn show(State(site): State<Site>) -> Response {
    let Some(metrics) = &site.metrics else {
        return (StatusCode::NOT_FOUND, "this server keeps no figures\n").into_response();
    };
    match metrics.written(&site).await {
        Ok(text) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "the figures cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
