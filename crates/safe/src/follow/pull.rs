//! The follower's side: asks again and again, keeps what comes, and says by its next question up to where it has everything. What is refused ends
//! it, after the server was told; what is merely cut or away is asked for again.

use super::{Begins, News, NowUs, Refuses, Token};
use reqwest::{Certificate, Client, Response, StatusCode};
use serde::Serialize;
use std::time::{Duration, Instant};
use store::{Copying, StoreError, Taken};
use tokio::sync::mpsc::{Sender, channel};

/// A server that cannot be reached is tried again after so long.
const PAUSE: Duration = Duration::from_secs(1);
/// How everything stands is compared when the follower starts, and after so long.
const COMPARED: Duration = Duration::from_hours(1);
/// So long for a connection, and between two parts of an answer: a server has something to say every 20 seconds.
const CONNECT: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_mins(2);
/// So many lines are on their way at once.
const AHEAD: usize = 256;

/// Whom a follower asks, and as whom.
pub struct Pulling {
    /// The server's address for followers: `https://...`, or `http://` on this machine, where a tunnel ends.
    pub from: String,
    /// The token.
    pub token: Token,
    /// A certificate authority of one's own, in PEM.
    pub authority: Option<Vec<u8>>,
    /// What names this follower, if it has no copy yet: chance.
    pub name: String,
    /// The time.
    pub now_us: NowUs,
}

/// What a follower has to say while it works.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    /// It begins its first copy.
    Begins,
    /// It has its first copy.
    Begun(Taken),
    /// It has everything that the server has, and this is how everything stands there too.
    Compared(Taken),
    /// The server cannot be reached, or its answer was cut: it is asked again.
    Away(String),
    /// It answers again.
    Back,
}

/// Why a follower ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ended {
    /// What was sent does not continue what is here, or the server turned it away. Nothing was kept; somebody has to look.
    Refused(String),
    /// It cannot begin: a token, a certificate.
    Unfit(String),
}

/// One try.
enum Try {
    Again(String),
    Ends(Ended),
}

/// Follows until it cannot go on.
pub async fn pull(pulling: &Pulling, copy: &mut Copying, say: impl Fn(Said)) -> Ended {
    let client = match client(pulling) {
        Ok(client) => client,
        Err(says) => return Ended::Unfit(says),
    };
    let (mut compared, mut away) = (None::<Instant>, false);
    loop {
        match once(&client, pulling, copy, compared.is_none_or(|at| at.elapsed() > COMPARED), &say).await {
            Ok(taken) => {
                if std::mem::take(&mut away) {
                    say(Said::Back);
                }
                if taken.compared {
                    compared = Some(Instant::now());
                    say(Said::Compared(taken));
                }
            }
            Err(Try::Ends(ended)) => return ended,
            Err(Try::Again(says)) => {
                if !std::mem::replace(&mut away, true) {
                    say(Said::Away(says));
                }
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// # Errors
/// Why nothing can be asked: an address in the open, a certificate that is none.
fn client(pulling: &Pulling) -> Result<Client, String> {
    let address =
        reqwest::Url::parse(&pulling.from).map_err(|e| format!("`{}` is not an address: {e}", pulling.from))?;
    let host = address.host_str().unwrap_or_default();
    let here = host == "localhost"
        || host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    if address.scheme() != "https" && !(address.scheme() == "http" && here) {
        return Err(format!(
            "{} is another machine, and children's records would come from there for all to read: write `https://`, or let a tunnel end on this \
             machine and write `http://127.0.0.1:PORT`",
            pulling.from
        ));
    }
    let mut builder = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        // A proxy of the environment would stand between the two.
        .no_proxy()
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE);
    if let Some(pem) = &pulling.authority {
        let authority =
            Certificate::from_pem(pem).map_err(|e| format!("the certificate of the authority cannot be read: {e}"))?;
        builder = builder.add_root_certificate(authority);
    }
    builder.build().map_err(|e| format!("nothing can be asked over the network: {e}"))
}

async fn once(
    client: &Client,
    pulling: &Pulling,
    copy: &mut Copying,
    whole: bool,
    say: &impl Fn(Said),
) -> Result<Taken, Try> {
    let now_us = (pulling.now_us)();
    let Some(asked) = copy.stands().await.map_err(|error| tried(&error))? else {
        say(Said::Begins);
        let answer = ask(client, pulling, "copy", &Begins { follower: pulling.name.clone() }).await?;
        let (to, lines) = channel(AHEAD);
        let (read, taken) = tokio::join!(read(answer, to), copy.first(&pulling.name, lines, now_us));
        let taken = ended(read, taken)?;
        say(Said::Begun(taken.clone()));
        return Ok(taken);
    };
    let follower = asked.follower.clone();
    let answer = ask(client, pulling, "news", &News { asked, whole }).await?;
    let (to, lines) = channel(AHEAD);
    let (read, taken) = tokio::join!(read(answer, to), copy.take(lines, now_us));
    let taken = ended(read, taken);
    if let Err(Try::Ends(Ended::Refused(says))) = &taken {
        // Whoever keeps the server is to hear of it too; where it cannot be told, it notices that nothing is confirmed.
        let _ = ask(client, pulling, "refused", &Refuses { follower, says: says.clone() }).await;
    }
    taken
}

/// What came of an answer: where it was cut, that is why nothing was taken.
fn ended(read: Result<(), String>, taken: store::Result<Taken>) -> Result<Taken, Try> {
    match (taken, read) {
        (Ok(taken), _) => Ok(taken),
        (Err(StoreError::Unavailable(_)), Err(cut)) => Err(Try::Again(cut)),
        (Err(error), _) => Err(tried(&error)),
    }
}

fn tried(error: &StoreError) -> Try {
    match error {
        StoreError::Refused(says) => Try::Ends(Ended::Refused(says.clone())),
        // A disk that is full, a server of another version: it goes on by itself when that is mended.
        other => Try::Again(other.to_string()),
    }
}

async fn ask(client: &Client, pulling: &Pulling, what: &str, body: &impl Serialize) -> Result<Response, Try> {
    let address = format!("{}/follow/{what}", pulling.from.trim_end_matches('/'));
    let body = serde_json::to_vec(body).map_err(|e| Try::Again(e.to_string()))?;
    let request = client.post(address).header("authorization", pulling.token.bearer()).body(body);
    let answer =
        request.send().await.map_err(|e| Try::Again(format!("the server cannot be reached: {}", cause(&e))))?;
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let says = answer.text().await.unwrap_or_default().trim().to_owned();
    match status {
        StatusCode::CONFLICT => Err(Try::Ends(Ended::Refused(says))),
        StatusCode::UNAUTHORIZED => {
            Err(Try::Ends(Ended::Unfit(format!("the server does not take this token: {says}"))))
        }
        _ => Err(Try::Again(format!("the server answered {status}: {says}"))),
    }
}

/// The last cause, which says most.
fn cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

/// Passes on the lines of an answer.
async fn read(mut answer: Response, to: Sender<String>) -> Result<(), String> {
    let mut part: Vec<u8> = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|e| format!("the server's answer was cut: {}", cause(&e)))? {
        part.extend_from_slice(&chunk);
        let Some(end) = part.iter().rposition(|byte| *byte == b'\n') else { continue };
        let rest = part.split_off(end + 1);
        let lines = String::from_utf8(std::mem::replace(&mut part, rest))
            .map_err(|_| "the server's answer is no text".to_owned())?;
        for line in lines.lines() {
            // Whoever takes them has stopped, and says why.
            if to.send(line.to_owned()).await.is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}
